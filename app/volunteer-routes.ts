// Where are the pages on which support persons say what they take on, and on which they are written to?
import type { Route } from './core/page.tsx'
import { ownLimitsPage, volunteerLimitsPage } from './volunteers/limits/limits.page.tsx'
import { messagePage, messagesPage, newMessagePage } from './volunteers/message/messages.page.tsx'
import { ownMessagePage, ownMessagesPage } from './volunteers/message/own.page.tsx'
import { messageTemplatePage, newTemplatePage } from './volunteers/message/templates.page.tsx'

export const volunteerRoutes: Route[] = [
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
