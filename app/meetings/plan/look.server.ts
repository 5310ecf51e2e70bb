// How does whoever is not of the network read what is to be done in a case: for a reason, for some minutes?
import type { z } from 'zod'
import { CaseId } from '../../cases/case.ts'
import { aboutCase, type CaseHead, caseHead } from '../../cases/case-file.server.ts'
import { sealReason, startLook } from '../../cases/identity/reveal.server.ts'
import { longText } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { actionsOf } from './actions.server.ts'

export const LookPlan = CaseId.extend({
  reason: longText({ label: 'meetings.plan.lookReason', hint: 'meetings.plan.lookHint', max: 500 }),
})

export const openLookPlan = query(
  'case.plan.look.ask',
  { roles: ['coordinator'], input: CaseId, about: aboutCase },
  async (db, { id }, me) => ({ head: await caseHead(db, me, id), minutes: (await settingsOn(db)).planLookMinutes }),
)

/** The actions with their words; the look is written down with its reason. */
export const lookPlan = command(
  'case.plan.look',
  {
    roles: ['coordinator'],
    input: LookPlan,
    about: (input: z.output<typeof LookPlan>, output: { head: CaseHead }) => ({
      ...aboutCase(input, output),
      reason: sealReason(input.reason),
    }),
  },
  async (db, { id, reason }, me) => {
    const head = await caseHead(db, me, id)
    const until = await startLook(db, me, {
      caseId: head.id,
      networkId: head.networkId,
      what: 'plan',
      item: head.id,
      purpose: reason,
    })
    return { head, until, actions: await actionsOf(db, head.id, true) }
  },
)
