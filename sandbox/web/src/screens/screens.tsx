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
const Deliveries = screen(async () => (await import('./deliveries/deliveries-screen.tsx')).DeliveriesScreen)
const Delivery = screen(async () => (await import('./delivery/delivery-screen.tsx')).DeliveryScreen)
const Compare = screen(async () => (await import('./compare/compare-screen.tsx')).CompareScreen)
const Send = screen(async () => (await import('./send/send-screen.tsx')).SendScreen)
const Applications = screen(async () => (await import('./applications/applications-screen.tsx')).ApplicationsScreen)
const Application = screen(async () => (await import('./applications/application-screen.tsx')).ApplicationScreen)
const Outbox = screen(async () => (await import('./outbox/outbox-screen.tsx')).OutboxScreen)
const Faults = screen(async () => (await import('./faults/faults-screen.tsx')).FaultsScreen)
const Settings = screen(async () => (await import('./settings/settings-screen.tsx')).SettingsScreen)
const OwnTenants = screen(async () => (await import('./tenant/own-tenants-screen.tsx')).OwnTenantsScreen)
const Reference = screen(async () => (await import('./reference/reference-screen.tsx')).ReferenceScreen)

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
      <Route path="/deliveries" component={Deliveries} />
      <Route path="/deliveries/:id" component={Delivery} />
      <Route path="/compare" component={Compare} />
      <Route path="/send" component={Send} />
      <Route path="/applications" component={Applications} />
      <Route path="/applications/:id" component={Application} />
      <Route path="/outbox" component={Outbox} />
      <Route path="/faults" component={Faults} />
      <Route path="/settings" component={Settings} />
      <Route path="/reference" component={Reference} />
      <Route component={NotFoundScreen} />
    </Switch>
  )
}

/** What administrators of tenants see: their own dashboards, and nothing else. */
export function TenantScreens() {
  return (
    <Switch>
      <Route path="/" component={OwnTenants} />
      <Route path="/tenants/:service/:tenant" component={Tenant} />
      <Route component={NotFoundScreen} />
    </Switch>
  )
}
