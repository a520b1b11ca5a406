import { type ComponentType, lazy } from 'react'
import { Route, Switch } from 'wouter'
import { NotFoundScreen } from './not-found-screen.tsx'

type Loader<TProps> = () => Promise<ComponentType<TProps>>

function screen<TProps extends object>(load: Loader<TProps>) {
  return lazy(async () => ({ default: await load() }))
}

const Overview = screen(async () => (await import('./overview/overview-screen.tsx')).OverviewScreen)

/** Each screen at its address; its code is loaded when it is first shown. */
export function Screens() {
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route component={NotFoundScreen} />
    </Switch>
  )
}
