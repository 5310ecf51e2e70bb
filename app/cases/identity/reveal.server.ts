// How is one sealed value shown to somebody who says why, for some minutes, and written down for good?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { mustBeFresh } from '../../access/fresh.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound, TooMany } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault, sealForProcess } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person, Role } from '../../core/user.ts'
import { aboutCase, type CaseHead, caseHead } from '../case-file.server.ts'
import { type Compartment, Reveal, RevealPlace, reasonFrom } from './reveal.ts'

const askers: readonly Role[] = ['lead', 'member', 'coordinator']

export type Look = { caseId: string; networkId: string; what: Compartment | 'plan'; item: string; purpose: string }

/** Why somebody looked, closed for the process: the log keeps it longer than the key of the case may live. */
export const sealReason = (reason: string): Buffer => sealForProcess('reason', reason)

/** So many looks a day and no more (security.md §3.4); the database counts, and one person's looks one after another. */
async function mayLookAgain(db: Db): Promise<void> {
  const { rows } = await sql<{ left: number; seconds: number }>`select auth_reveals_left() as left,
    ceil(extract(epoch from date_trunc('day', now(), 'Europe/Tallinn') + interval '1 day' - now()))::int as seconds`.execute(
    db,
  )
  const { left = 0, seconds = 0 } = rows[0] ?? {}
  if (left <= 0) throw new TooMany({ key: 'cases.reveal.tooMany' }, seconds)
}

/**
 * Writes the look down under one's own name; from then on, for the minutes of the setting, the database shows this one
 * row. Returns until when. The policies say who may ask for what.
 */
export async function startLook(db: Db, me: Person, look: Look): Promise<Date> {
  mustBeFresh(me)
  await mayLookAgain(db)
  const { revealMinutes, planLookMinutes } = await settingsOn(db)
  // A value is copied off; a plan is read.
  const minutes = look.what === 'plan' ? planLookMinutes : revealMinutes
  const { until } = await db
    .insertInto('reveal')
    .values({
      id: randomUUID(),
      networkId: look.networkId,
      caseId: look.caseId,
      personId: me.id,
      what: look.what,
      itemId: look.item,
      purposeSealed: sealReason(look.purpose),
      until: sql<Date>`now() + make_interval(mins => ${minutes})`,
    })
    .returning('until')
    .executeTakeFirstOrThrow()
  return until
}

/** One value of the whereabouts, opened after `startLook`. */
export async function openPlace(db: Db, caseId: string, item: string): Promise<{ kind: string; value: string }> {
  const row = await db
    .selectFrom('caseWhereabouts')
    .select(['kind', 'valueSealed'])
    .where('caseId', '=', caseId)
    .where('id', '=', item)
    .executeTakeFirstOrThrow()
  const vault = await openVault(db, caseId)
  const place = { table: 'case_whereabouts', column: 'value_sealed', row: item }
  return { kind: row.kind, value: vault.open(place, row.valueSealed) }
}

/** One identity, while a look at it lasts; what was never told is `null`. */
export async function findIdentity(db: Db, caseId: string, item: string) {
  const row = await db
    .selectFrom('casePerson')
    .select(['kind', 'givenNameSealed', 'familyNameSealed', 'personalCodeSealed', 'relationSealed', 'birthYear', 'sex'])
    .select(['formerNamesSealed', 'riskSealed'])
    .where('caseId', '=', caseId)
    .where('id', '=', item)
    .executeTakeFirst()
  if (!row) return null
  const vault = await openVault(db, caseId)
  const open = (column: string, sealed: Buffer | null) =>
    sealed ? vault.open({ table: 'case_person', column, row: item }, sealed) : null
  return {
    kind: row.kind,
    givenName: open('given_name_sealed', row.givenNameSealed),
    familyName: open('family_name_sealed', row.familyNameSealed),
    formerNames: open('former_names_sealed', row.formerNamesSealed),
    nationalId: open('personal_code_sealed', row.personalCodeSealed),
    relation: open('relation_sealed', row.relationSealed),
    atRisk: open('risk_sealed', row.riskSealed),
    birthYear: row.birthYear,
    sex: row.sex,
  }
}
export type Identity = NonNullable<Awaited<ReturnType<typeof findIdentity>>>

/** The same after `startLook`: then there is one. */
export async function openIdentity(db: Db, caseId: string, item: string): Promise<Identity> {
  const identity = await findIdentity(db, caseId, item)
  if (!identity) throw new NotFound()
  return identity
}

/** What is about to be shown, without it: for the page that asks for the purpose. */
export const openReveal = query(
  'case.reveal.ask',
  { roles: askers, input: RevealPlace, about: aboutCase },
  async (db, { id, what, item }, me) => {
    const head = await caseHead(db, me, id)
    const listed =
      what === 'identity'
        ? sql`select id, kind from people_of(${id}::uuid)`
        : sql`select id, kind from whereabouts_of(${id}::uuid)`
    const { rows } = await sql<{ kind: string }>`select kind from (${listed}) listed where id = ${item}`.execute(db)
    if (!rows[0]) throw new NotFound()
    return { head, what, kind: rows[0].kind, minutes: (await settingsOn(db)).revealMinutes }
  },
)

/** The network gives a purpose from the list; whoever is not of the network says in words why (R12). */
function purposeOf(input: Reveal, own: boolean): string {
  const said = input.reason?.trim() ?? ''
  if ((!own || input.purpose === 'other') && said.length < reasonFrom) {
    throw new Invalid({ reason: { key: 'cases.reveal.reasonNeeded', args: { min: reasonFrom } } })
  }
  if (own && !input.purpose) throw new Invalid({ purpose: { key: 'core.error.choose' } })
  return [input.purpose, said].filter(Boolean).join(': ')
}

export const revealValue = command(
  'case.reveal',
  {
    roles: askers,
    input: Reveal,
    about: (input: Reveal, output: { head: CaseHead; purpose: string }) => ({
      kind: `case-${input.what}`,
      id: input.item,
      caseId: input.id,
      networkId: output.head.networkId,
      reason: sealReason(output.purpose),
    }),
  },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const purpose = purposeOf(input, head.own)
    const look = { caseId: head.id, networkId: head.networkId, what: input.what, item: input.item, purpose }
    const until = await startLook(db, me, look)
    const identity = input.what === 'identity' ? await openIdentity(db, head.id, input.item) : null
    const place = input.what === 'whereabouts' ? await openPlace(db, head.id, input.item) : null
    return { head, purpose, until, identity, place }
  },
)
