// Does any order of steps in the life of a case skip a rule of closing or of consent?
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { ending, givenBare, notOffered } from '../../../test/closing.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { giveConsent, withdrawConsent } from '../basis/basis.server.ts'
import { type Ground, groundAfter } from '../basis/basis.ts'
import { openCase } from '../case-file.server.ts'
import { closeNeed, offerSupport } from '../need/needs.server.ts'
import { explainNotOffered } from '../need/not-offered.server.ts'
import { finishTask } from '../tasks.server.ts'
import { closeCase, gapsOf, reopenCase } from './closing.server.ts'
import { blocking, type ClosingReason, closingReasons, gapKinds } from './closing.ts'

vi.setConfig({ testTimeout: 180_000 })
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

type Step =
  | { do: 'open' | 'resolve'; gap: (typeof gapKinds)[number] }
  | { do: 'close'; reason: ClosingReason }
  | { do: 'reopen' | 'consent' | 'withdraw' }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('open' as const, 'resolve' as const), gap: fc.constantFrom(...gapKinds) }),
  fc.record({ do: fc.constant('close' as const), reason: fc.constantFrom(...closingReasons) }),
  fc.record({ do: fc.constantFrom('reopen' as const, 'consent' as const, 'withdraw' as const) }),
)

test('20,000 walks over what stands in the way: a case is closed over nothing but the risk and the offer to somebody who has died, and the people of a case that is none', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let status: 'open' | 'closed' = 'open'
      let ground: Ground = 'consent'
      const gaps = new Set<string>(['risk-none', 'offer'])
      for (const one of steps) {
        if (one.do === 'close' && status === 'open') {
          const left = blocking(
            [...gaps].map((kind) => ({ kind })),
            one.reason,
          )
          if (left.length > 0) continue
          const { reason } = one
          const waived = (kind: string) =>
            kind.startsWith('risk-') || kind === 'offer' || (kind === 'plan-people' && reason === 'mistake')
          const over = [...gaps]
          expect(over.length === 0 || reason === 'died' || reason === 'mistake').toBe(true)
          expect(over.every(waived)).toBe(true)
          status = 'closed'
        } else if (one.do === 'reopen') status = 'open'
        else if (one.do === 'withdraw') ground = groundAfter(ground, { kind: 'withdrawn', goesOn: 'ends' }) ?? ground
        else if (one.do === 'consent' && status === 'open') ground = groundAfter(ground, { kind: 'consent' }) ?? ground
        // What is closed is no longer written.
        else if (status === 'open' && one.do === 'open') gaps.add(one.gap)
        else if (status === 'open' && one.do === 'resolve') gaps.delete(one.gap)
        expect(['consent', 'none']).toContain(ground)
      }
    }),
    { numRuns: 20_000 },
  )
})

const deeds = ['offer', 'explain', 'drop-need', 'close', 'reopen', 'withdraw', 'consent', 'tell'] as const
type Deed = (typeof deeds)[number]

// Each deed as somebody would do it at that moment; what the rules refuse is refused with a word, never with a fault.
async function attempt(id: string, deed: Deed): Promise<boolean> {
  const { head } = await openCase.run(cast.lea, { id })
  const open = await asPerson('read', cast.lea.claim, (db) =>
    db.selectFrom('need').select('id').where('caseId', '=', id).where('status', '=', 'open').executeTakeFirst(),
  )
  const offer = {
    id,
    offeredOn: today(),
    answer: 'accepted',
    language: 'ru',
    wantedSex: 'F',
    fromOn: today(),
    months: '8',
  }
  const nothing = crypto.randomUUID()
  const deedOf: Record<Deed, () => Promise<unknown>> = {
    offer: () => offerSupport.run(cast.lea, offer),
    explain: () => explainNotOffered.run(cast.lea, { id, why: notOffered }),
    'drop-need': () => closeNeed.run(cast.lea, { id, need: open?.id ?? nothing, reason: 'mistake' }),
    close: () => closeCase.run(cast.lea, { id, ...ending }),
    reopen: () => reopenCase.run(cast.lea, { id, why: 'Näidis' }),
    withdraw: () => withdrawConsent.run(cast.lea, { id, on: today(), way: 'spoken', goesOn: 'ends' }),
    consent: () => giveConsent.run(cast.lea, { id, on: today(), way: 'spoken' }),
    tell: () =>
      finishTask.run(cast.lea, { id, task: head.tasks.find((one) => one.kind === 'tell-recipients')?.id ?? nothing }),
  }
  return deedOf[deed]().then(
    () => true,
    (error: unknown) => {
      if (error instanceof Conflict || error instanceof Invalid || error instanceof NotFound) return false
      throw error
    },
  )
}

test('12 walks of ten steps through the operations: the database never holds what the rules forbid', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...deeds), { minLength: 10, maxLength: 10 }), async (walk) => {
      const id = await givenBare(cast, today())
      const answered = new Set<Deed>()
      for (const deed of walk) {
        const before = await asPerson('read', cast.lea.claim, (db) => gapsOf(db, id))
        const was = (await openCase.run(cast.lea, { id })).head
        const did = await attempt(id, deed)
        const now = (await openCase.run(cast.lea, { id })).head
        if (did) answered.add(deed)
        if (deed === 'close' && did) expect([was.status, before]).toEqual(['open', []])
        // Somebody was offered, or it was said why not, or there is no ground to offer anything on.
        if (deed === 'close' && did)
          expect(answered.has('offer') || answered.has('explain') || was.legalBasis === 'none').toBe(true)
        if (was.status === 'closed' && did) expect(['reopen', 'withdraw', 'tell']).toContain(deed)
        if (now.legalBasis === 'none') expect(['closed', null]).toContain(now.needStatus)
        if (deed === 'offer' && did) expect(now.legalBasis).toBe('consent')
      }
    }),
    { numRuns: 12 },
  )
})
