// How is a place of a case written down or set aside, and what is the support person told of the case?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { adultsOf } from '../adults/insert-adult.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, oneCase, openHead, type PlaceLine } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { comparePlace } from '../links/case-keys.server.ts'
import { Brief, Place } from './safety.ts'

type CaseKey = { networkId: string; caseId: string }

/** The places that hold now, by kind and day, without their values. */
export async function placesOf(db: Db, caseId: string): Promise<PlaceLine[]> {
  const { rows } = await sql<PlaceLine>`select w.*, a.nth from whereabouts_of(${caseId}::uuid) w
    left join adults_of(${caseId}::uuid) a on a.id = w.id order by w.kind, a.nth, w.recorded_at`.execute(db)
  return rows
}

export const openPlaces = query(
  'case.places',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    return { head, places: await placesOf(db, head.id), adults: await numbersOf(db, head.id) }
  },
)

/** The numbers of the adults in danger, whose contacts may be written down. */
async function numbersOf(db: Db, caseId: string): Promise<number[]> {
  return (await adultsOf(db, caseId)).filter((one) => !one.place).map((one) => one.nth)
}

/** A contact is somebody's: of an adult in danger who is in the case. */
async function whoseOf(db: Db, input: z.output<typeof Place>): Promise<number | null> {
  if (input.kind !== 'adult_contact') return null
  const numbers = await numbersOf(db, input.id)
  const nth = input.adult ?? (numbers.length === 1 ? numbers[0] : undefined)
  if (!nth || !numbers.includes(nth)) throw new Invalid({ adult: { key: 'core.error.choose' } })
  return nth
}

export const addPlace = command(
  'case.place.add',
  { roles: keepers, input: Place, about: aboutCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    const of = { networkId: head.networkId, caseId: head.id }
    const listed = await placesOf(db, head.id)
    const old = listed.find((place) => place.id === input.replaces)
    const nth = await whoseOf(db, input)
    if (input.replaces && (old?.kind !== input.kind || (old.nth ?? null) !== nth))
      throw new Invalid({ replaces: { key: 'cases.place.otherKind' } })
    const row = randomUUID()
    const vault = await openVault(db, head.id)
    const valueSealed = vault.seal({ table: 'case_whereabouts', column: 'value_sealed', row }, input.value)
    await db
      .insertInto('caseWhereabouts')
      .values({ ...of, id: row, kind: input.kind, adultNth: nth, valueSealed, recordedBy: me.id })
      .execute()
    await comparePlace(db, { caseId: head.id, item: row, kind: input.kind, value: input.value })
    if (input.replaces) await setAside(db, input.replaces)
    if (input.kind === 'safe_contact') await renewBrief(db, me, of)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

/** A place that is no longer true; its value stays sealed in the history. */
export const dropPlace = command(
  'case.place.drop',
  { roles: keepers, input: z.object({ id: id(), place: id() }), about: aboutCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    if (!(await placesOf(db, head.id)).some((place) => place.id === input.place)) throw new NotFound()
    await setAside(db, input.place)
    await renewBrief(db, me, { networkId: head.networkId, caseId: head.id })
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

async function setAside(db: Db, place: string): Promise<void> {
  const { rows } = await sql<{ done: boolean }>`select supersede_whereabouts(${place}::uuid) as done`.execute(db)
  if (!rows[0]?.done) throw new NotFound()
}

/** What the support person is told now, for the form that changes it. */
export const openBrief = query(
  'case.brief.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const { id, words } = await briefNow(db, head.id)
    return { head, version: id, brief: words }
  },
)

export const saveBrief = command(
  'case.brief',
  { roles: keepers, input: Brief, about: aboutCase, oneByOne: oneCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    const { id: _, seen: read, ...words } = input
    mustHaveRead(read, (await briefNow(db, head.id)).id)
    await renewBrief(db, me, { networkId: head.networkId, caseId: head.id }, words)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

type BriefWords = Partial<Omit<Brief, 'id' | 'seen'>>

export async function briefNow(
  db: Db,
  caseId: string,
): Promise<{ id: string | null; words: BriefWords; opened: string[] }> {
  const row = await db
    .selectFrom('caseBrief')
    .select(['id', 'givenNameSealed', 'safetyNoteSealed', 'tasksSealed', 'whereaboutsIds'])
    .where('caseId', '=', caseId)
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  if (!row) return { id: null, words: {}, opened: [] }
  const vault = await openVault(db, caseId)
  const open = (column: string, sealed: Buffer | null) =>
    sealed ? vault.open({ table: 'case_brief', column, row: row.id }, sealed) : undefined
  const words = {
    givenName: open('given_name_sealed', row.givenNameSealed),
    safetyNote: open('safety_note_sealed', row.safetyNoteSealed),
    agreedTasks: open('tasks_sealed', row.tasksSealed),
  }
  return { id: row.id, words, opened: row.whereaboutsIds }
}

/**
 * A new brief takes the place of the old one: with new words, or with the same where only the places have changed. The
 * support person may ask for every safe contact, and for what her supervisor has opened, as long as it holds (R11);
 * `opened` says anew which those are.
 */
export async function renewBrief(
  db: Db,
  me: Person,
  of: CaseKey,
  changed?: BriefWords,
  opened?: readonly string[],
): Promise<void> {
  const old = await briefNow(db, of.caseId)
  const words = changed ?? old.words
  const places = await placesOf(db, of.caseId)
  const whereaboutsIds = places
    .filter((place) => place.kind === 'safe_contact' || (opened ?? old.opened).includes(place.id))
    .map((place) => place.id)
  if (old.id) {
    await db.updateTable('caseBrief').set({ supersededAt: sql<Date>`now()` }).where('id', '=', old.id).execute()
  }
  const row = randomUUID()
  const vault = await openVault(db, of.caseId)
  const seal = (column: string, text: string | undefined) =>
    text ? vault.seal({ table: 'case_brief', column, row }, text) : null
  await db
    .insertInto('caseBrief')
    .values({
      ...of,
      id: row,
      givenNameSealed: seal('given_name_sealed', words.givenName),
      safetyNoteSealed: seal('safety_note_sealed', words.safetyNote),
      tasksSealed: seal('tasks_sealed', words.agreedTasks),
      whereaboutsIds,
      recordedBy: me.id,
    })
    .execute()
}
