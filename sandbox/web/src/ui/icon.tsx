const paths = {
  overview: 'M3 12h4l3-8 4 16 3-8h4',
  deliveries: 'M3 7l9-4 9 4-9 4-9-4zm0 5l9 4 9-4M3 17l9 4 9-4',
  send: 'M4 12l16-8-6 16-3-7-7-1z',
  applications: 'M8 4h8l4 4v12H4V4h4zm0 9h8M8 17h5M15 4v5h5',
  services: 'M4 5h16v5H4zm0 9h16v5H4zm3-6.5h.01M7 16.5h.01',
  conformance: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6l7-3zm-3 9l2 2 4-4',
  faults: 'M12 4L2.5 20h19L12 4zm0 6v4m0 3v.01',
  reference: 'M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3V4zm0 13a3 3 0 013-3h11',
  settings: 'M4 7h10m4 0h2M4 17h2m4 0h10M14 5v4M6 15v4',
  outbox: 'M4 13v6h16v-6M12 15V4M8 8l4-4 4 4',
  tenant: 'M3 20h18M5 20V9l7-5 7 5v11M9 20v-6h6v6',
  search: 'M11 4a7 7 0 100 14 7 7 0 000-14zm5 12l4 4',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M7 7l10 10M17 7L7 17',
  dash: 'M6 12h12',
  clock: 'M12 4a8 8 0 100 16 8 8 0 000-16zm0 4v4l3 2',
  retry: 'M4 12a8 8 0 018-8c2.5 0 4.6 1.1 6 2.8M20 4v4h-4m4 4a8 8 0 01-14 5.2M4 20v-4h4',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  download: 'M12 4v11m-4-4l4 4 4-4M5 20h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  menu: 'M4 7h16M4 12h16M4 17h16',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zm0-5v2m0 14v2M3 12h2m14 0h2M5.6 5.6L7 7m10 10l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4',
  moon: 'M20 14.5A8 8 0 119.5 4a6.5 6.5 0 0010.5 10.5z',
  system: 'M4 5h16v11H4zm5 15h6m-3-4v4',
  table: 'M4 5h16v14H4zm0 5h16M10 5v14',
  chart: 'M4 20V4m0 16h16M8 16v-4m4 4V8m4 8v-6',
  external: 'M14 4h6v6m0-6L10 14M18 14v6H4V6h6',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  print: 'M7 8V4h10v4M7 17H4V9h16v8h-3M7 14h10v6H7z',
  edit: 'M4 20h4L19 9l-4-4L4 16v4zm9-13l4 4',
  compare: 'M9 4v16M15 4v16M9 8H4m0 0l2-2M4 8l2 2m9 6h5m0 0l-2-2m2 2l-2 2',
  keyboard: 'M3 6h18v12H3zm4 4h.01M11 10h.01M15 10h.01M8 14h8',
  key: 'M14 10a4 4 0 10-4 4c.7 0 1.400-.2 2-.5L13.500 15H16v2.500h2.500V20H21v-3l-7-6.500',
  stop: 'M7 7h10v10H7z',
  play: 'M8 5l11 7-11 7z',
  language: 'M12 3a9 9 0 100 18 9 9 0 000-18zm-9 9h18M12 3c3 3 3 15 0 18-3-3-3-15 0-18z',
  plus: 'M12 5v14M5 12h14',
  trash: 'M5 7h14M10 7V4h4v3m-7 0l1 13h8l1-13',
  user: 'M12 4a4 4 0 100 8 4 4 0 000-8zm-8 16c1-4 4-5 8-5s7 1 8 5',
  logout: 'M10 4H5v16h5m4-12l4 4-4 4m4-4H9',
} as const

/** Name of an icon. */
export type IconName = keyof typeof paths

/** A line icon; always beside words, or inside of something that is named. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
