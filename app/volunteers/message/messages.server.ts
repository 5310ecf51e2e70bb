// What did the coordinator write to support persons, to whom would a message go, and how is it sent?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Locale } from '../../i18n/i18n.ts'
import { placesIn } from '../../partners/places.server.ts'
import { mailTo } from '../../process/mail.server.ts'
import { ListVolunteers, namesOf } from '../volunteers.server.ts'
import { type Audience, faultsOf, NewMessage, OneMessage, SendMessage, type Words, wordsOf } from './message.ts'
import { templatesIn } from './templates.server.ts'

const coordinator = { roles: ['coordinator'] } as const

type Reached = { id: string; code: string; name: string; personId: string; locale: Locale }
type Audible = { reached: Reached[]; missed: { id: string; code: string; name: string }[] }

/** Who of those meant has an account that is open, and who has none, so that they have to be told otherwise. */
async function audible(db: Db, { county, language, status }: Audience): Promise<Audible> {
  const wanted = ListVolunteers.parse({ county, language, status: status === 'all' ? undefined : status })
  const meant = await namesOf(db, wanted).execute()
  const { rows } = await sql<{ id: string; personId: string; locale: Locale }>`
    select v.id, p.id as person_id, p.locale from volunteer v join person p on p.id = v.person_id
    where p.status = 'active' and v.id = any(${meant.map((one) => one.id)}::uuid[]) and exists (
      select from person_role r where r.person_id = p.id and r.role = 'volunteer' and ${today()}::date between r.valid_from and r.valid_to)`.execute(
    db,
  )
  const accounts = new Map(rows.map((row) => [row.id, row]))
  const found: Audible = { reached: [], missed: [] }
  for (const { id, code, name } of meant) {
    const account = accounts.get(id)
    if (account) found.reached.push({ ...account, id, code, name })
    else found.missed.push({ id, code, name })
  }
  return found
}

const localesOf = (reached: readonly Reached[]): Locale[] => [...new Set(reached.map((one) => one.locale))]

/** Below this no number is told; those above it in steps of it (`message_reads`). */
const few = async (db: Db): Promise<number> => (await settingsOn(db)).smallCount

async function sent(db: Db) {
  const { rows: reads } = await sql<{ messageId: string; read: number }>`select * from message_reads()`.execute(db)
  const rows = await db
    .selectFrom('message')
    .innerJoin('person', 'person.id', 'message.sentBy')
    .select(['message.id', 'message.words', 'message.sentAt', 'message.countyCode', 'message.language'])
    .select(['message.status', 'person.name as by'])
    .select((row) =>
      row
        .selectFrom('messageCopy')
        .select(({ fn }) => fn.countAll<number>().as('copies'))
        .whereRef('messageCopy.messageId', '=', 'message.id')
        .as('copies'),
    )
    .orderBy('message.sentAt', 'desc')
    .limit(200)
    .execute()
  const read = new Map(reads.map((one) => [one.messageId, one.read]))
  return rows.map((row) => ({
    ...row,
    words: row.words as Words,
    copies: Number(row.copies),
    read: read.get(row.id) ?? null,
  }))
}
export type Sent = Awaited<ReturnType<typeof sent>>[number]

export const listMessages = query(
  'volunteer.message.list',
  {
    ...coordinator,
    input: z.object({}),
    about: (_: unknown, found: { sent: Sent[] }) => ({ hits: found.sent.length }),
  },
  async (db) => ({
    sent: await sent(db),
    few: await few(db),
    templates: await templatesIn(db),
    counties: (await placesIn(db)).counties,
  }),
)

/** Whom a message would reach, and the words of a template to begin with. */
export const openNewMessage = query(
  'volunteer.message.new',
  { ...coordinator, input: NewMessage, about: (_: unknown, { reached }: Audible) => ({ hits: reached.length }) },
  async (db, wanted) => {
    const templates = await templatesIn(db)
    const words: Words = templates.find(({ template }) => template === wanted.template)?.words ?? {}
    const { counties } = await placesIn(db)
    return { wanted, ...(await audible(db, wanted)), words, templates, counties }
  },
)
export type Draft = Awaited<ReturnType<typeof openNewMessage.run>>

/** Each gets it in her own language, on her own page; the e-mail says that there is a message and no more. */
export const sendMessage = command(
  'volunteer.message.send',
  {
    ...coordinator,
    input: SendMessage,
    about: (_: unknown, { count }: { count: number }) => ({ kind: 'message', hits: count }),
  },
  async (db, input, me) => {
    const { reached } = await audible(db, input)
    const needed = localesOf(reached)
    const faults = faultsOf(input, { needed, filled: true })
    if (Object.keys(faults).length > 0) throw new Invalid(faults)
    if (reached.length === 0) throw new Conflict({ key: 'volunteers.message.nobody' })
    if (reached.length !== input.count) throw new Conflict({ key: 'volunteers.message.changed' })
    const words = wordsOf(input, needed)
    const id = await write(db, input, words, me)
    for (const { id: volunteerId, personId, locale } of reached) {
      const { title = '', body = '' } = words[locale] ?? {}
      await db
        .insertInto('messageCopy')
        .values({ messageId: id, volunteerId, locale, title, body, sentBy: me.id })
        .execute()
      await mailTo(db, personId, 'message')
    }
    return { id, count: reached.length }
  },
)

async function write(db: Db, input: z.output<typeof SendMessage>, words: Words, me: Person): Promise<string> {
  const id = randomUUID()
  const { county, language, status, template } = input
  const from = template ? (await templatesIn(db)).find((one) => one.template === template) : undefined
  await db
    .insertInto('message')
    .values({
      ...{ id, countyCode: county ?? null, language: language ?? null, status, words: JSON.stringify(words) },
      ...{ template: from?.template ?? null, templateVersion: from?.version ?? null, sentBy: me.id },
    })
    .execute()
  return id
}

/** What went, and to whom; who of them has read it nobody is told. */
export const openMessage = query(
  'volunteer.message.open',
  { ...coordinator, input: OneMessage, about: ({ message }) => ({ kind: 'message', id: message }) },
  async (db, { message }) => {
    const row = await db
      .selectFrom('message')
      .innerJoin('person', 'person.id', 'message.sentBy')
      .select(['message.id', 'message.words', 'message.sentAt', 'person.name as by'])
      .where('message.id', '=', message)
      .executeTakeFirstOrThrow()
    const copies = await db
      .selectFrom('messageCopy')
      .innerJoin('volunteer', 'volunteer.id', 'messageCopy.volunteerId')
      .select(['volunteer.id', 'volunteer.code', 'volunteer.name', 'messageCopy.locale'])
      .where('messageId', '=', message)
      .orderBy('volunteer.name')
      .execute()
    const { rows } = await sql<{ read: number }>`
      select read from message_reads() where message_id = ${message}::uuid`.execute(db)
    return { ...row, words: row.words as Words, copies, read: rows[0]?.read ?? null, few: await few(db) }
  },
)
