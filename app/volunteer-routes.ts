// Where are the pages on which support persons say what they take on, on which they are written to, and on which their papers and standing are kept?
import type { Route } from './core/page.tsx'
import { ownLimitsPage, volunteerLimitsPage } from './volunteers/limits/limits.page.tsx'
import { messagePage, messagesPage, newMessagePage } from './volunteers/message/messages.page.tsx'
import { ownMessagePage, ownMessagesPage } from './volunteers/message/own.page.tsx'
import { messageTemplatePage, newTemplatePage } from './volunteers/message/templates.page.tsx'
import {
  correctEvidencePage,
  newEvidencePage,
  volunteerStatusPage,
  withdrawEvidencePage,
} from './volunteers/papers/papers.page.tsx'

export const volunteerRoutes: Route[] = [
  ['/volunteers/:id/status', volunteerStatusPage],
  ['/volunteers/:id/evidence/:kind/new', newEvidencePage],
  ['/volunteers/:id/evidence/:kind/:evidence/correct', correctEvidencePage],
  ['/volunteers/:id/evidence/:kind/:evidence/withdraw', withdrawEvidencePage],
  ['/volunteers/:id/limits', volunteerLimitsPage],
  ['/my-limits', ownLimitsPage],
  ['/messages', messagesPage],
  ['/messages/new', newMessagePage],
  ['/messages/templates/new', newTemplatePage],
  ['/messages/templates/:wording', messageTemplatePage],
  ['/messages/:message', messagePage],
  ['/my-messages', ownMessagesPage],
  ['/my-messages/:message', ownMessagePage],
]
