declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  /** Draws a document into an element. */
  const SwaggerUi: (options: {
    readonly domNode: HTMLElement
    readonly spec: unknown
    readonly defaultModelsExpandDepth: number
    readonly deepLinking: boolean
    readonly displayOperationId: boolean
    readonly filter: boolean
    readonly supportedSubmitMethods: readonly string[]
    readonly validatorUrl: null
  }) => unknown
  // biome-ignore lint/style/noDefaultExport: this is what the library exports
  export default SwaggerUi
}
