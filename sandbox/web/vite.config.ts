import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const MODERN = ['chrome123', 'edge123', 'firefox125', 'safari17.5']

/** Builds the page into the package; `npm run page:dev` serves it from source beside a running simulator. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['mt-paas-source', 'module', 'browser', 'production'] },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2024',
    cssTarget: MODERN,
    // A strict Content-Security-Policy allows neither inlined scripts nor styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
  },
  server: {
    port: 9100,
    proxy: { '/console/trpc': { target: process.env.MT_SIMULATOR_URL ?? 'http://127.0.0.1:9000' } },
  },
})
