// What always happens around everything that can be done: role, input, one transaction as one person, audit.
import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { type Access, asPerson, type Db } from './db.server.ts'
import { NotFound, Refused, StandsStill, TooMany, Unavailable } from './errors.ts'
import { invalid } from './form/fields.ts'
import { raiseAlarm } from './keys/alarm.server.ts'
import { log } from './log.server.ts'
import { openForProcess, sealForProcess } from './seal.server.ts'
import { countsAs, type TurnKind, takeTurn } from './turn/turns.server.ts'
import type { Person, Role } from './user.ts'

/** What the audit should know of one run, beside the operation's name and the names of the fields. */
export type About = {
  kind?: string
  id?: string
  caseId?: string
  networkId?: string
  hits?: number
  reason?: Buffer
}

/** Which cases a list showed: SHA-256 over their sorted ids. It names none, and proves to whoever has the cases of a day whether one of them was there. */
export const casesShown = (ids: readonly string[]): Pick<About, 'id'> => ({
  id: createHash('sha256')
    .update([...new Set(ids)].toSorted().join())
    .digest('hex'),
})

type Rule<S extends z.ZodType, O, F> = {
  roles: readonly Role[]
  input: S
  /** Done by nobody but the person themselves: not by whoever stands in for them. */
  inPerson?: boolean
  about?: (input: z.output<S>, output: O) => About
  /** What the work stands on, one row or none: asked in the same statement that takes the key of the form, so that it costs no trip of its own. */
  stands?: (input: z.output<S>, me: Person) => RawBuilder<F>
  /** What somebody who owes keys needs in order to come in with them; everything else waits until then. */
  beforeKeys?: boolean | ((me: Person) => boolean)
  /** Done before what came is read, where reading it costs much: so it counts also where nothing comes of it. */
  ahead?: (me: Person, raw: unknown) => Promise<unknown>
  /**
   * What it is done to, where what comes of it depends on what somebody else may do to the same: of two at once the second waits until the first is
   * through, and then finds what that one has made of it.
   */
  oneByOne?: (input: z.output<S>) => string
  /** May be done only so often: what it is counted together with, and when, where not always. */
  turn?: TurnKind
  turnWhen?: (input: z.output<S>) => boolean
}

export type Operation<S extends z.ZodType = z.ZodType, O = unknown> = {
  name: string
  access: Access
  roles: readonly Role[]
  inPerson: boolean
  input: S
  /** Runs as `me`; `once` is the key of a form that must have its effect a single time. */
  run: (me: Person, raw: unknown, once?: string) => Promise<O>
}

// As the database reads one: what only looks alike, thirty-six dashes, would be a fault of ours there.
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

/** The key of a form that must have its effect a single time. */
export function onceOf(values: Record<string, unknown>): string | undefined {
  return isId(values._once) ? values._once : undefined
}

type Work<S extends z.ZodType, O, F> = (db: Db, input: z.output<S>, me: Person, stand: F | null) => Promise<O>

const registry = new Map<string, Operation>()

/** Something that is looked at: it can write nothing but its audit event. */
export function query<S extends z.ZodType, O, F>(
  name: string,
  rule: Rule<S, O, F>,
  work: Work<S, O, F>,
): Operation<S, O> {
  return register({ name, access: 'read', inPerson: false, ...rule }, rule, work)
}

/** Something that is done. */
export function command<S extends z.ZodType, O, F>(
  name: string,
  rule: Rule<S, O, F>,
  work: Work<S, O, F>,
): Operation<S, O> {
  return register({ name, access: 'write', inPerson: false, ...rule }, rule, work)
}

/** Every operation there is, by name: for the access table and the tests that try each of them. */
export function allOperations(): Operation[] {
  return [...registry.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

type Asker = Pick<Person, 'roles' | 'standsInFor'>
export type Trial = Pick<Operation, 'roles' | 'inPerson'>

/** May this person try it? The screen offers by the same list. */
export const mayTry = (me: Asker, { roles, inPerson }: Trial): boolean =>
  hasOneOf(roles, me) && !(inPerson && me.standsInFor)

const goesBefore = ({ beforeKeys = false }: Pick<Rule<z.ZodType, never, never>, 'beforeKeys'>, me: Person): boolean =>
  typeof beforeKeys === 'function' ? beforeKeys(me) : beforeKeys

/** What is said to somebody who owes a key or card. */
export const owing = ({ roles }: Person): Refused =>
  new Refused({ key: roles.includes('admin') ? 'access.keys.first' : 'access.keys.firstHelper' })

const hasOneOf = (roles: readonly Role[], me: Asker): boolean => roles.some((role) => me.roles.includes(role))

/** What is said to somebody who may not: nothing where the role does not fit, and why where only the person themselves may. */
export function refusal(me: Asker, { roles, inPerson }: Trial): Refused | null {
  if (!hasOneOf(roles, me)) return new Refused()
  if (!inPerson || !me.standsInFor) return null
  return new Refused({ key: 'core.error.inPerson', args: { name: me.standsInFor.name } })
}

function register<S extends z.ZodType, O, F>(
  head: { name: string; access: Access; input: S } & Trial,
  rule: Rule<S, O, F>,
  work: Work<S, O, F>,
): Operation<S, O> {
  if (registry.has(head.name)) throw new Error(`two operations are called ${head.name}`)
  if (rule.turn) countsAs(rule.turn, head.name)
  const operation: Operation<S, O> = {
    name: head.name,
    access: head.access,
    roles: head.roles,
    inPerson: head.inPerson,
    input: head.input,
    run: async (me, raw, once) => {
      const refused = me.owes !== null && !goesBefore(rule, me) ? owing(me) : refusal(me, head)
      if (refused) {
        await auditRefusal(me, head.name)
        throw refused
      }
      await rule.ahead?.(me, raw)
      const parsed = await rule.input.safeParseAsync(raw)
      if (!parsed.success) throw invalid(parsed.error)
      return asPerson(head.access, me.claim, async (db) => {
        const { told, stand } = await begun(db, me, { once, name: head.name, stands: rule.stands?.(parsed.data, me) })
        if (told) return told.result as O
        if (rule.oneByOne) await waitFor(db, rule.oneByOne(parsed.data))
        if (rule.turn && (rule.turnWhen?.(parsed.data) ?? true)) await takeTurn(db, rule.turn)
        const output = await work(db, parsed.data, me, stand)
        await audit(
          db,
          head.name,
          parsed.data,
          rule.about?.(parsed.data, output) ?? {},
          output,
          remembered(me, once, output),
        )
        return output
      }).catch(async (error: unknown) => {
        if (error instanceof NotFound) await auditDenial(me, head.name, parsed.data)
        // Whoever wants more than a day allows may be gathering: that is worth knowing.
        if (error instanceof TooMany && !(error instanceof StandsStill)) await auditRefusal(me, head.name)
        return raiseAlarm(me, error)
      })
    },
  }
  registry.set(head.name, operation as unknown as Operation)
  return operation
}

/** Of two who come to the same thing at once the second waits here until the first is through. */
export const waitFor = (db: Db, what: string) => sql`select one_by_one(${what})`.execute(db)

type Beginning<F> = { once?: string; name: string; stands?: RawBuilder<F> }

// Two of the same form at once: the second waits here for the first one's commit and then hears its result.
async function begun<F>(db: Db, me: Person, { once, name, stands }: Beginning<F>) {
  if (once === undefined && !stands) return { stand: null }
  const taken =
    once === undefined
      ? sql`select true`
      : sql`insert into once (person_id, key, name) values (${me.id}, ${once}, ${name}) on conflict do nothing returning true`
  // Names that no row of a subject has: of two columns called alike only one would arrive.
  const { rows } = await sql<
    F & { onceTaken: true | null; standFound: true | null }
  >`with taken (once_taken) as (${taken})
    select stand.*, taken.once_taken from (select) one left join taken on true left join (select true as stand_found, s.* from (${stands ?? sql`select`}) s) stand on true`.execute(
    db,
  )
  const [row] = rows
  if (row?.onceTaken || once === undefined) return { stand: row?.standFound ? row : null }
  const told = await keptOf(db, me, once).executeTakeFirst()
  const kept = told?.resultSealed
  return { told: { result: kept ? JSON.parse(openForProcess(useOf(me, once), kept)) : null }, stand: null }
}

const keptOf = (db: Db, me: Person, once: string) =>
  db.selectFrom('once').select('resultSealed').where('personId', '=', me.id).where('key', '=', once)

/** Has this form of theirs had its effect? */
export const wasKept = async (me: Person, once: string | undefined): Promise<boolean> =>
  once !== undefined &&
  (await asPerson('write', me.claim, (db) => keptOf(db, me, once).executeTakeFirst())) !== undefined

const useOf = (me: Person, once: string) => `once/${me.id}/${once}`

// The result is kept in the same statement that writes the event; closed, for it may tell what only the one who did it may read.
function remembered(me: Person, once: string | undefined, output: unknown): RawBuilder<unknown> {
  if (once === undefined) return sql``
  const sealed = sealForProcess(useOf(me, once), JSON.stringify(output ?? null))
  return sql`with kept as (update once set result_sealed = ${sealed} where person_id = ${me.id} and key = ${once}) `
}

async function audit(db: Db, action: string, input: unknown, about: About, output: unknown, kept: RawBuilder<unknown>) {
  const named = (input ?? {}) as Record<string, unknown>
  const id = about.id ?? (typeof named.id === 'string' ? named.id : undefined)
  const hits = about.hits ?? (Array.isArray(output) ? output.length : null)
  const fields = Object.keys(named).filter((name) => named[name] !== undefined)
  await sql`${kept}select audit_append(${action}, ${about.kind ?? null}, ${id ?? null}::text, ${about.caseId ?? null}::uuid,
    ${about.networkId ?? null}::uuid, 'done', ${fields}::text[], ${hits}::int, ${about.reason ?? null}::bytea)`
    .execute(db)
    .catch(unaudited)
}

/** What cannot be written down does not happen, and is not shown: whatever the reason, the person is asked to try later. */
export function unaudited(error: unknown): never {
  log('audit-failed', { error })
  throw new Unavailable(error)
}

// The refused attempt has no transaction of its own to ride on, so it gets one.
async function auditRefusal(me: Person, action: string) {
  await asPerson('write', me.claim, (db) =>
    sql`select audit_append(${action}, null, null, null, null, 'refused', '{}', null, null)`
      .execute(db)
      .catch(unaudited),
  )
}

// What may not be seen does not exist, but that somebody asked for it does.
async function auditDenial(me: Person, action: string, input: unknown) {
  const named = Object.entries((input ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined)
  const asked = named.map(([, value]) => value).filter(isId)
  if (asked.length === 0) return
  await asPerson('write', me.claim, (db) =>
    sql`select audit_denied(${action}, ${asked}::uuid[], ${named.map(([name]) => name)}::text[])`
      .execute(db)
      .catch(unaudited),
  )
}
