// Every address of finding and taking in volunteers: a chapter of routes.ts. The first ones are for people without an account.
import type { Route } from './core/page.tsx'
import { applyFormPage, applyPage, applyThanksPage, callPage } from './recruitment/apply/apply.page.tsx'
import { campaignPage, editCampaignPage } from './recruitment/campaign/campaign.page.tsx'
import { campaignsPage, newCampaignPage } from './recruitment/campaign/campaigns.page.tsx'
import { recruitmentFiguresPage } from './recruitment/figures/figures.page.tsx'
import { editGuidePage, guidePage, interviewPage } from './recruitment/interview/interview.page.tsx'
import { applicantPage } from './recruitment/pipeline/applicant.page.tsx'
import { pipelinePage } from './recruitment/pipeline/board.page.tsx'
import { knownPage, movePage, refusePage, stepPage, takePage } from './recruitment/pipeline/steps.page.tsx'
import { askReferencePage, revokeReferenceAction, sendAgainAction } from './recruitment/reference/ask.page.tsx'
import { referenceLinkPage, referencePage, referenceThanksPage } from './recruitment/reference/reference.page.tsx'
import { newTargetPage, targetPage, targetsPage } from './recruitment/target/targets.page.tsx'

export const publicRoutes: Route[] = [
  ['/apply', applyPage],
  ['/apply/c/:code', callPage],
  ['/apply/form', applyFormPage],
  ['/apply/thanks', applyThanksPage],
  ['/reference', referencePage],
  ['/reference/thanks', referenceThanksPage],
  ['/reference/:token', referenceLinkPage],
]

export const recruitmentRoutes: Route[] = [
  ['/recruitment', pipelinePage],
  ['/recruitment/campaigns', campaignsPage],
  ['/recruitment/campaigns/new', newCampaignPage],
  ['/recruitment/campaigns/:id', campaignPage],
  ['/recruitment/campaigns/:id/edit', editCampaignPage],
  ['/recruitment/figures', recruitmentFiguresPage],
  ['/recruitment/guide', guidePage],
  ['/recruitment/guide/edit', editGuidePage],
  ['/recruitment/targets', targetsPage],
  ['/recruitment/targets/new', newTargetPage],
  ['/recruitment/targets/:id', targetPage],
  ['/recruitment/:id', applicantPage],
  ['/recruitment/:id/take', takePage],
  ['/recruitment/:id/known', knownPage],
  ['/recruitment/:id/interview', interviewPage],
  ['/recruitment/:id/step', stepPage],
  ['/recruitment/:id/move', movePage],
  ['/recruitment/:id/refuse', refusePage],
  ['/recruitment/:id/references/new', askReferencePage],
  ['/recruitment/:id/references/:reference/again', sendAgainAction],
  ['/recruitment/:id/references/:reference/revoke', revokeReferenceAction],
]
