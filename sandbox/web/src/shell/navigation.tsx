import { Link, useLocation } from 'wouter'
import { useText } from '../text/use-text.ts'
import { Icon } from '../ui/icon.tsx'
import { navigation } from './navigation-entries.ts'
import { shellText } from './shell-text.ts'

/** Links to all screens; the present one is marked. */
export function Navigation({ label }: { readonly label: string }) {
  const text = useText(shellText)
  const [location] = useLocation()
  return (
    <nav className="nav" aria-label={label}>
      {navigation.map((group) => (
        <ul key={group[0]?.screen} className="nav-group">
          {group.map(({ screen, path, icon }) => (
            <li key={screen}>
              <Link href={path} className="nav-link" aria-current={isWithin(location, path) ? 'page' : undefined}>
                <Icon name={icon} size={17} />
                {text.screens[screen]}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  )
}

function isWithin(location: string, path: string): boolean {
  return location === path || (path !== '/' && location.startsWith(`${path}/`))
}
