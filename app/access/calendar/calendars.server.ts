// Who has a link to a calendar of their own, and what does a calendar program get that brings it?
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { knock } from '../../core/db.server.ts'
import { Conflict } from '../../core/errors.ts'
import { yes } from '../../core/form/fields.ts'
import { command, query, unaudited } from '../../core/operation.server.ts'
import { isLocale, translator } from '../../i18n/i18n.ts'
import { everybody } from '../access.ts'
import { mustBeFresh } from '../fresh.ts'
import { calendarText } from './ics.ts'

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const nothing = z.object({})

/** What a day in the calendar may say: one word for all of them, or, where its owner wants it, of what kind it is. */
export const CalendarWords = z.object({
  kinds: yes({ label: 'access.calendar.kinds', hint: 'access.calendar.kindsHint' }),
})

export const openCalendar = query(
  'calendar.open',
  { roles: everybody, inPerson: true, input: nothing },
  async (db, _input, me) => {
    const feed = await db
      .selectFrom('calendarFeed')
      .select(['createdAt', 'readAt', 'saysKind'])
      .where('personId', '=', me.id)
      .executeTakeFirst()
    return { feed: feed ?? null }
  },
)

/** A new link of 256 bits, told once; the one before it ends. Whoever has it sees the days without signing in, so it is made in person. */
export const makeCalendar = command(
  'calendar.make',
  { roles: everybody, inPerson: true, input: CalendarWords, turn: 'keys' },
  async (db, { kinds }, me) => {
    mustBeFresh(me)
    const token = randomBytes(32).toString('base64url')
    await db.deleteFrom('calendarFeed').where('personId', '=', me.id).execute()
    await db
      .insertInto('calendarFeed')
      .values({ personId: me.id, tokenHash: hashOf(token), saysKind: kinds })
      .execute()
    return { path: `/calendar/${token}` }
  },
)

export const endCalendar = command('calendar.end', { roles: everybody, input: nothing }, async (db, _input, me) => {
  const { numDeletedRows } = await db.deleteFrom('calendarFeed').where('personId', '=', me.id).executeTakeFirst()
  if (numDeletedRows === 0n) throw new Conflict({ key: 'access.calendar.none' })
})

type Line = {
  id: string | null
  kind: 'any' | 'meeting' | 'action' | 'report' | 'session' | 'contact' | 'away'
  on_date: string
  starts_at: string | null
}
type Told = Line & { changed_at: Date; locale: string }

/** The calendar behind a link, in the language of its owner; null where there is no such link. */
export async function calendarBehind(token: string): Promise<string | null> {
  if (!/^[\w-]{43}$/.test(token)) return null
  const [first, ...rows] = await knock<Told>('door_calendar', [hashOf(token)]).catch(unaudited)
  if (!first) return null
  const t = translator(isLocale(first.locale) ? first.locale : 'et')
  return calendarText(
    t('access.calendar.name'),
    rows.map((row) => ({
      ...{ id: row.id ?? '', on: row.on_date, startsAt: row.starts_at, changedAt: row.changed_at },
      title: t(`access.calendar.event.${row.kind}`),
    })),
  )
}
