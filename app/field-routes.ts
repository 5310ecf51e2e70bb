// Every address of the page that works without network, and of the devices that keep it: a chapter of the table of contents in routes.ts.
import type { Route } from './core/page.tsx'
import { cardPage, newDevicePage, rulesPage, sendEntriesPage, standsPage, statePage } from './field/data.page.ts'
import { devicesPage, ownDevicesPage, revokeDevicePage } from './field/devices.page.tsx'
import { fieldPage, iconPage, installPage, workerPage } from './field/field.page.tsx'

/** What is kept on a device, and what it asks before anybody has signed in: nothing here is about anybody. */
export const openFieldRoutes: Route[] = [
  ['/field', fieldPage],
  ['/field/worker.js', workerPage],
  ['/field/app.webmanifest', installPage],
  ['/field/icon.svg', iconPage],
  ['/field/stands', standsPage],
]

/** Addresses for people who have signed in. */
export const fieldRoutes: Route[] = [
  ['/field/rules', rulesPage],
  ['/field/devices', newDevicePage],
  ['/field/state/:device', statePage],
  ['/field/cards/:device/:assignment', cardPage],
  ['/field/entries/:device', sendEntriesPage],
  ['/my-devices', ownDevicesPage],
  ['/devices', devicesPage],
  ['/devices/:device/revoke', revokeDevicePage],
]
