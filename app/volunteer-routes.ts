// Where are the pages on which support persons say what they take on, and on which they are written to?
import type { Route } from './core/page.tsx'
import { ownLimitsPage, volunteerLimitsPage } from './volunteers/limits/limits.page.tsx'

export const volunteerRoutes: Route[] = [
  ['/volunteers/:id/limits', volunteerLimitsPage],
  ['/my-limits', ownLimitsPage],
]
