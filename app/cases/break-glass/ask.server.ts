// How does somebody ask to be let into a case that is not theirs, and end it again?
import { sql } from 'kysely'
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, type Message, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Role } from '../../core/user.ts'
import { sealReason } from '../identity/reveal.server.ts'
import { AskGlass, GlassId, type OwnGlass } from './glass.ts'

export const askers: readonly Role[] = ['lead', 'member', 'supervisor']

/** The working day by whose end a use that begins today has to be judged. */
export async function reviewDueOn(db: Db): Promise<string> {
  return addWorkingDays(today(), (await settingsOn(db)).glassReviewDays)
}

export async function ownGlass(db: Db): Promise<OwnGlass[]> {
  return (await sql<OwnGlass>`select * from glass_mine() order by asked_at desc limit 20`.execute(db)).rows
}

/** What one is told before one asks: the limits of today. */
export const openAskGlass = query('glass.ask.open', { roles: askers, input: z.object({}) }, async (db, _input, me) => {
  const { glassMinutes, glassUses, glassDays, glassGuidedDays } = await settingsOn(db)
  const guidedDays = me.roles.includes('supervisor') ? glassGuidedDays : null
  return { minutes: glassMinutes, uses: glassUses, days: glassDays, guidedDays }
})

const refusals: Record<string, Message> = {
  paused: { key: 'cases.glass.paused' },
  'used-up': { key: 'cases.glass.usedUp' },
  open: { key: 'cases.glass.openAlready' },
}
const wrongNumber: Record<string, Message> = {
  seen: { key: 'cases.glass.seenAnyway' },
  none: { key: 'cases.glass.notYours' },
}

/** The answer is the same whether the number is that of another network's case, of one behind a wall, or of none. */
export const askGlass = command(
  'glass.ask',
  {
    roles: askers,
    input: AskGlass,
    about: (input: z.output<typeof AskGlass>) => ({ kind: 'glass', reason: sealReason(input.words) }),
  },
  async (db, { number, ground, words }, me) => {
    mustBeFresh(me)
    const due = await reviewDueOn(db)
    const { rows } = await sql<{
      told: string
    }>`select glass_ask(${number}, ${ground}, ${sealReason(words)}::bytea, ${due}::date) as told`.execute(db)
    const told = rows[0]?.told ?? 'none'
    if (refusals[told]) throw new Conflict(refusals[told])
    if (wrongNumber[told]) throw new Invalid({ number: wrongNumber[told] })
    return { opened: told === 'opened' }
  },
)

export const endGlass = command(
  'glass.end',
  { roles: askers, input: GlassId, about: ({ id }: { id: string }) => ({ kind: 'glass', id }) },
  async (db, { id }) => {
    if (!(await ownGlass(db)).some((one) => one.id === id)) throw new NotFound()
    // That the time ran out in the meantime is all the same to whoever ends it.
    await sql`select glass_end(${id}::uuid)`.execute(db)
  },
)
