/** What the page shows and loads; addresses are relative to the page. */
export interface DocsPageOptions {
  readonly title: string
  /** Folder of swagger-ui's files. */
  readonly library: string
  /** Address of {@link docsScript}. */
  readonly script: string
}

/** The page at `<prefix>/docs`, without any script or style of its own. */
export function docsPage({ title, library, script }: DocsPageOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" type="image/png" href="${library}/favicon-32x32.png">
<link rel="stylesheet" href="${library}/index.css">
<link rel="stylesheet" href="${library}/swagger-ui.css">
<script defer src="${library}/swagger-ui-bundle.js"></script>
<script defer src="${script}"></script>
</head>
<body>
<main id="docs"></main>
<noscript>This page needs JavaScript. The document itself is at <a href="openapi.json">openapi.json</a>.</noscript>
</body>
</html>
`
}

/** Starts swagger-ui on the document beside the page; nothing is sent to a validator or kept in the browser. */
export const docsScript = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayOperationId: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: false,
  validatorUrl: null,
})
`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
