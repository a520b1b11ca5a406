import { type ComponentType, lazy } from 'react'
import { Route, Switch } from 'wouter'
import { NotFoundScreen } from './not-found-screen.tsx'

type Loader<TProps> = () => Promise<ComponentType<TProps>>

function screen<TProps extends object>(load: Loader<TProps>) {
  return lazy(async () => ({ default: await load() }))
}

const Overview = screen(async () => (await import('./overview/overview-screen.tsx')).OverviewScreen)
const Services = screen(async () => (await import('./services/services-screen.tsx')).ServicesScreen)
const Service = screen(async () => (await import('./services/service-screen.tsx')).ServiceScreen)
const Subscriptions = screen(async () => (await import('./subscriptions/subscriptions-screen.tsx')).SubscriptionsScreen)
const Tenant = screen(async () => (await import('./tenant/tenant-screen.tsx')).TenantScreen)
const Conformance = screen(async () => (await import('./conformance/conformance-screen.tsx')).ConformanceScreen)
const ConformanceRun = screen(async () => (await import('./conformance/run-screen.tsx')).RunScreen)

/** Each screen at its address; its code is loaded when it is first shown. */
export function Screens() {
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/services" component={Services} />
      <Route path="/services/:slug" component={Service} />
      <Route path="/tenants" component={Subscriptions} />
      <Route path="/tenants/:service/:tenant" component={Tenant} />
      <Route path="/conformance" component={Conformance} />
      <Route path="/conformance/runs/:id" component={ConformanceRun} />
      <Route component={NotFoundScreen} />
    </Switch>
  )
}
