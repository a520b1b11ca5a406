import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiContext, openPageApi } from './api/page-api.ts'
import { App } from './app.tsx'
import { openPreferences } from './preference/preference-store.ts'
import { PreferenceContext } from './preference/use-preference.ts'
import './style/tokens.css'
import './style/base.css'
import './style/button.css'
import './style/badge.css'
import './style/panel.css'
import './style/state.css'
import './style/field.css'
import './style/dialog.css'
import './style/tabs.css'
import './style/code.css'
import './style/filters.css'
import './style/form.css'
import './style/table.css'
import './style/shell.css'
import './style/print.css'
import { isRetried } from './api/is-retried.ts'

const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: isRetried, staleTime: 30_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})

const root = document.getElementById('root')
if (!root) throw new Error('The document has no #root')

createRoot(root).render(
  <StrictMode>
    <PreferenceContext value={openPreferences()}>
      <ApiContext value={openPageApi()}>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </ApiContext>
    </PreferenceContext>
  </StrictMode>,
)
