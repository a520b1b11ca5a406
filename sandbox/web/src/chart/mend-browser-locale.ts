/**
 * Gives the browser a language tag that `Intl` takes when its own is none, as `en-US@posix` of a Chromium started
 * without a locale: uPlot makes a number format of it as it loads, and would not load.
 */
export function mendBrowserLocale(): void {
  try {
    Intl.getCanonicalLocales(navigator.language)
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en', configurable: true })
  }
}
