// Every address of the reports to the project manager and the steering group: a chapter of the table of contents in routes.ts.
import type { Route } from './core/page.tsx'
import { capacityDocumentPage, capacityFactsPage, capacityPage } from './reports/capacity/capacity.page.tsx'
import { comparePage, figurePage } from './reports/pages/figure.page.tsx'
import { newReportPage, reportsPage } from './reports/pages/list.page.tsx'
import { reportDocumentPage, reportPage } from './reports/pages/report.page.tsx'
import { acceptReportPage, reportTextPage, returnReportPage, submitReportPage } from './reports/pages/steps.page.tsx'

/** Addresses for people who have signed in. */
export const reportRoutes: Route[] = [
  ['/reports', reportsPage],
  ['/reports/new', newReportPage],
  ['/reports/:id', reportPage],
  ['/reports/:id/text', reportTextPage],
  ['/reports/:id/submit', submitReportPage],
  ['/reports/:id/return', returnReportPage],
  ['/reports/:id/accept', acceptReportPage],
  ['/reports/:id/compare', comparePage],
  ['/reports/:id/figures/:figure', figurePage],
  ['/reports/:id/documents/:kind', reportDocumentPage],
  ['/reach/capacity', capacityPage],
  ['/reach/capacity/:measure', capacityFactsPage],
  ['/reach/capacity/documents/:kind', capacityDocumentPage],
]
