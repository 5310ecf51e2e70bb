// Every address of the product on one page: the table of contents.
import type { Page } from './core/page.tsx'

export type Route = readonly [address: string, page: Page]

/** Addresses for people who have not signed in. */
export const openRoutes: Route[] = []

/** Addresses for people who have. */
export const routes: Route[] = []
