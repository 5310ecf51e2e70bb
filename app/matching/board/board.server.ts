// Who should support whom among all open needs, and what speaks for and against each volunteer?
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import { casesShown, query } from '../../core/operation.server.ts'
import { type Facts, factsNow, type NeedLine, volunteerById } from '../facts.server.ts'
import { NeedId, Pair } from '../links/need-id.ts'
import { explained, hashOf, oneNeedIn, soon } from '../solution.server.ts'

const coordinator = { roles: ['coordinator'] as const }

async function boardOf(db: Db) {
  const facts = await factsNow(db)
  return { ...plain(facts), hash: hashOf(facts.world), found: await soon(explained(facts.world)) }
}
export type Board = Awaited<ReturnType<typeof boardOf>>

/** All open needs solved together; `found` is empty while it is still being reckoned. */
export const openBoard = query(
  'matching.open',
  {
    ...coordinator,
    input: z.object({}),
    about: (_, { needs }: Board) => ({
      ...{ kind: 'need', hits: needs.length },
      ...casesShown(needs.map(({ caseId }) => caseId)),
    }),
  },
  boardOf,
)

const plain = ({ world, needs, volunteers, counties }: Facts) => ({
  today: world.today,
  needs: [...needs.values()],
  volunteers: [...volunteers.values()],
  counties,
})

const aboutNeed = ({ need }: { need: NeedLine }) => ({
  kind: 'need',
  id: need.id,
  caseId: need.caseId,
  networkId: need.networkId,
})

async function matchOf(db: Db, input: z.output<typeof NeedId>) {
  const facts = await factsNow(db)
  const need = await stillOpen(db, facts, input.need)
  return { ...plain(facts), need, found: await soon(oneNeedIn(facts.world, need.number)) }
}
export type Match = Awaited<ReturnType<typeof matchOf>>

/** One open need: every volunteer, with each reason or with what choosing her would cost. */
export const openMatch = query(
  'matching.need',
  { ...coordinator, input: NeedId, about: (_, output: Match) => aboutNeed(output) },
  matchOf,
)

/** One need and one volunteer within the best matching. */
async function pairIn(db: Db, input: z.output<typeof Pair>) {
  const facts = await factsNow(db)
  const need = await stillOpen(db, facts, input.need)
  const volunteer = volunteerById(facts, input.volunteer)
  const { plan, options, alternative } = await oneNeedIn(facts.world, need.number)
  const option = options.find((one) => one.volunteer === volunteer.code)
  const row = plan.rows.find((one) => one.need === need.number)
  if (!option || !row) throw new NotFound()
  const link = facts.links.find((one) => one.caseId === need.caseId && one.volunteerId === volunteer.id) ?? null
  return { ...plain(facts), need, volunteer, option, row, alternative, link, proven: plan.violations.length === 0 }
}

export type Why = Awaited<ReturnType<typeof pairIn>>

/** Why this volunteer was not chosen for this need, and what would follow if she were. */
export const openWhy = query(
  'matching.why',
  { ...coordinator, input: Pair, about: (_, output: Why) => aboutNeed(output) },
  pairIn,
)

/** The need, if somebody is still being looked for; otherwise it is said that somebody else was faster. */
async function stillOpen(db: Db, facts: Facts, needId: string): Promise<NeedLine> {
  const need = [...facts.needs.values()].find((one) => one.id === needId)
  if (need) return need
  await db.selectFrom('need').select('id').where('id', '=', needId).executeTakeFirstOrThrow()
  throw new Conflict({ key: 'matching.assign.taken' })
}
