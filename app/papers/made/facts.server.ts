// What is filled into a paper, from facts that are kept already?
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { formatDate, formatHours } from '../../i18n/format.ts'
import { type Locale, translator } from '../../i18n/i18n.ts'
import { inOrder, type Status } from '../../volunteers/volunteer.ts'
import type { Filling } from '../template/template.ts'

/** Somebody's time as a volunteer, from the first day as an active one to the last, and what was done in it. */
export type Service = { from: string; to: string; minutes: number; contacts: number }

/** Nothing for whoever was never active. */
export async function serviceOf(db: Db, volunteerId: string): Promise<Service | null> {
  const lines = await db
    .selectFrom('volunteerStatus')
    .select(['status', 'fromOn', 'untilOn', 'recordedAt'])
    .where('volunteerId', '=', volunteerId)
    .execute()
  const history = inOrder(lines.map((line) => ({ ...line, status: line.status as Status })))
  const from = history.find(({ status }) => status === 'active')?.fromOn
  if (!from) return null
  const last = history.at(-1)
  const { rows } = await sql<{ minutes: number; contacts: number }>`
    select coalesce(sum(minutes), 0)::int as minutes, coalesce(sum(contacts), 0)::int as contacts
    from visit where volunteer_id = ${volunteerId} and superseded_at is null`.execute(db)
  const { minutes = 0, contacts = 0 } = rows[0] ?? {}
  return { from, to: last?.status === 'ended' ? last.fromOn : today(), minutes, contacts }
}

type Known = {
  locale: Locale
  name: string
  code: string
  by: string
  validFrom: string | null
  validTo: string | null
  service: Service | null
}

/** As it will be read; a contract without an end says so in the language of the paper. */
export function factsFor({ locale, name, code, by, validFrom, validTo, service }: Known): Filling {
  const none = translator(locale)('papers.make.noEnd')
  return {
    ...{ nimi: name, kood: code, koordinaator: by, kuupäev: formatDate(today()) },
    ...(validFrom ? { algus: formatDate(validFrom), lõpp: validTo ? formatDate(validTo) : none } : {}),
    ...(service ? { tunnid: formatHours(service.minutes), kohtumised: String(service.contacts) } : {}),
  }
}
