// Every address of the papers that are made with volunteers: a chapter of routes.ts.
import type { Route } from './core/page.tsx'
import { papersPage } from './papers/due/due.page.tsx'
import { exitTalkPage } from './papers/exit/exit.page.tsx'
import {
  approveExpenseAction,
  expensePage,
  expensesPage,
  paymentsFilePage,
  paymentsPage,
  receiptPage,
  returnExpensePage,
} from './papers/expense/expenses.page.tsx'
import { claimPage, ownExpensesPage, withdrawExpenseAction } from './papers/expense/own.page.tsx'
import { newPaperPage, ownPapersPage, paperFilePage, volunteerPapersPage } from './papers/made/papers.page.tsx'
import { dropPaperPage, paperPage, signedFilePage, signPaperPage } from './papers/signed/paper.page.tsx'
import { editTemplatePage, templatePage, templatesPage } from './papers/template/templates.page.tsx'

export const paperRoutes: Route[] = [
  ['/papers', papersPage],
  ['/papers/templates', templatesPage],
  ['/papers/templates/:template', templatePage],
  ['/papers/templates/:template/edit', editTemplatePage],
  ['/papers/:paper', paperPage],
  ['/papers/:paper/documents/:kind', paperFilePage],
  ['/papers/:paper/sign', signPaperPage],
  ['/papers/:paper/signed', signedFilePage],
  ['/papers/:paper/drop', dropPaperPage],
  ['/volunteers/:id/papers', volunteerPapersPage],
  ['/volunteers/:id/papers/:template', newPaperPage],
  ['/volunteers/:id/exit', exitTalkPage],
  ['/my-papers', ownPapersPage],
  ['/my-expenses', ownExpensesPage],
  ['/my-expenses/new', claimPage],
  ['/my-expenses/:expense/withdraw', withdrawExpenseAction],
  ['/expenses', expensesPage],
  ['/expenses/payments', paymentsPage],
  ['/expenses/payments/document', paymentsFilePage],
  ['/expenses/:expense', expensePage],
  ['/expenses/:expense/receipt', receiptPage],
  ['/expenses/:expense/approve', approveExpenseAction],
  ['/expenses/:expense/return', returnExpensePage],
]
