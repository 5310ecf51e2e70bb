// Which volunteers are there, and what does one look for among them?
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { id } from '../core/form/fields.ts'
import { query } from '../core/operation.server.ts'
import { savedFilters } from '../core/saved/saved-filters.server.ts'
import type { Settings } from '../core/setting.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { searchWords } from '../i18n/search-name.ts'
import { placesIn } from '../partners/places.server.ts'
import { type Standing, standingsOf } from './standing.server.ts'
import { languages, statuses } from './volunteer.ts'

/** Those who keep, guide, pay for, check and work beside volunteers; which rows each sees is said in the policies. */
export const readers = ['coordinator', 'manager', 'supervisor', 'lead', 'auditor'] as const

// What a filter does not understand it leaves out: an address may be old or typed by hand.
const oneOf = <const V extends string>(values: readonly V[]) => z.enum(values).optional().catch(undefined)
const place = z
  .string()
  .regex(/^00\d\d$/)
  .optional()
  .catch(undefined)

export const ListVolunteers = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  county: place,
  language: oneOf(languages),
  status: oneOf([...statuses, 'all']),
  /** `yes` may be assigned today and has room; `no` is active and may not. */
  ready: oneOf(['yes', 'no']),
  children: oneOf(['yes', 'no', 'undecided']),
  supervisor: id().or(z.literal('none')).optional().catch(undefined),
  lapsing: oneOf(['yes']),
  unused: oneOf(['yes']),
  /** A pause that is over, or that nobody knows the end of for too long. */
  pause: oneOf(['yes']),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
})
export type Wanted = z.output<typeof ListVolunteers>

export const perPage = 50

async function list(db: Db, wanted: Wanted, me: Person) {
  const settings = await settingsOn(db)
  const { page, rows, total, standings } = await chosen(db, wanted, settings)
  return {
    wanted: { ...wanted, page },
    total,
    rows: rows.flatMap((row) => {
      const standing = standings.get(row.id)
      return standing ? [{ ...row, standing }] : []
    }),
    counties: (await placesIn(db)).counties,
    supervisors: await supervisorsIn(db),
    warnDays: settings.evidenceWarnDays,
    unusedMonths: settings.unusedMonths,
    pauseStepDays: settings.pauseStepDays,
    saved: await savedFilters(db, me, 'volunteers'),
  }
}

// Whether somebody may be assigned is judged from all that is known of them; for every other question the database turns the pages.
async function chosen(db: Db, wanted: Wanted, settings: Settings): Promise<Chosen> {
  if (!(wanted.ready || wanted.lapsing || wanted.unused || wanted.pause)) {
    const rows = await onePage(namesOf(db, wanted), wanted.page).execute()
    // An old address may name a page that is no more.
    if (rows.length === 0 && wanted.page > 1) return chosen(db, { ...wanted, page: 1 }, settings)
    return { page: wanted.page, rows, total: rows[0]?.total ?? 0, standings: await standingsOf(db, rows, settings) }
  }
  const all = await namesOf(db, wanted).execute()
  const standings = await standingsOf(db, all, settings)
  const fitting = all.filter((row) => fits(standings.get(row.id), wanted))
  const from = (wanted.page - 1) * perPage
  return { page: wanted.page, rows: fitting.slice(from, from + perPage), total: fitting.length, standings }
}

type Row = Awaited<ReturnType<ReturnType<typeof namesOf>['execute']>>[number]
type Chosen = { page: number; rows: Row[]; total: number; standings: Map<string, Standing> }

const onePage = (names: ReturnType<typeof namesOf>, page: number) =>
  names
    .select(sql<number>`count(*) over ()::int`.as('total'))
    .limit(perPage)
    .offset((page - 1) * perPage)

export type Found = Awaited<ReturnType<typeof list>>

export const listVolunteers = query(
  'volunteer.list',
  {
    roles: readers,
    input: ListVolunteers,
    about: (_, found: Found) => ({ kind: 'volunteer', hits: found.rows.length }),
    turn: 'search',
    turnWhen: ({ q }) => q !== undefined,
  },
  list,
)

export type Listed = Found['rows'][number]

function fits(standing: Standing | undefined, { ready, lapsing, unused, pause }: Wanted): boolean {
  if (!standing) return false
  const { readiness, now } = standing
  if (ready === 'yes' && !(readiness.mayBeAssigned && standing.hasRoom)) return false
  if (ready === 'no' && (readiness.mayBeAssigned || now.status !== 'active')) return false
  if (lapsing && !lapsesSoon(standing)) return false
  if (pause && standing.pause === null) return false
  return !unused || standing.forgotten
}

/** Something that this volunteer works by ends within the warning time. */
export function lapsesSoon({ now, papers, needed }: Standing): boolean {
  return (now.status === 'active' || now.status === 'paused') && needed.some((kind) => papers[kind].state === 'soon')
}

/** Those whom a filter means, by name. */
export function namesOf(db: Db, wanted: Wanted) {
  let rows = db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'countyCode', 'languages', 'childContact', 'maxCases', 'remoteOnly'])
    .select(
      sql<string[]>`array(select distinct county_code from volunteer_area where volunteer_id = volunteer.id)`.as(
        'also',
      ),
    )
  for (const condition of conditions(wanted)) rows = rows.where(condition)
  return rows.orderBy(sql`name collate "et-x-icu"`).orderBy('code')
}

function* conditions(wanted: Wanted) {
  const { q, county, language, children, supervisor } = wanted
  // Who looks for somebody by name finds them even where they have left.
  const status = wanted.status ?? (q ? 'all' : undefined)
  if (status === undefined) yield sql<SqlBool>`status <> 'ended'`
  else if (status !== 'all') yield sql<SqlBool>`status_on(status, paused_until, ${today()}::date) = ${status}`
  if (county)
    yield sql<SqlBool>`(county_code = ${county} or id = any (array(select volunteer_id from volunteer_area where county_code = ${county})))`
  if (language) yield sql<SqlBool>`${language} = any (languages)`
  if (children === 'undecided') yield sql<SqlBool>`child_contact is null`
  else if (children) yield sql<SqlBool>`child_contact = ${children === 'yes'}`
  if (supervisor === 'none') yield sql<SqlBool>`supervisor_id is null`
  else if (supervisor) yield sql<SqlBool>`supervisor_id = ${supervisor}`
  if (q) yield named(q)
}

/** Words of the name in either spelling, their beginnings, and names one slip of the pen away; or the code of a volunteer. */
function named(q: string) {
  const code = /^ti-?(\d{1,6})$/i.exec(q)?.[1]
  if (code) return sql<SqlBool>`code = ${`TI-${code.padStart(3, '0')}`}`
  // The longest word leaves the fewest names.
  const words = searchWords(q).toSorted((a, b) => b.sound.length - a.sound.length)
  // Nothing but signs: no name has them.
  if (words.length === 0) return sql<SqlBool>`false`
  const beginnings = words.map(({ plain, sound }) => begins([plain, sound]))
  const sounds = words.map(({ sound }) => sound)
  return sql<SqlBool>`id = any (array(select volunteer_named(${beginnings}::text[], ${sounds}::text[])))`
}

const begins = (words: string[]) => `(^|[ -])(${[...new Set(words)].join('|')})`

const alphabet = new Intl.Collator('et')

/** Everybody who guides volunteers today, by name. */
export async function supervisorsIn(db: Db): Promise<{ id: string; name: string }[]> {
  // Who they are is asked first: joined, all people would be read for the few of them.
  const guides = db
    .selectFrom('personRole')
    .select('personId')
    // Said outright: the index of all roles but that of volunteers, who are many, serves no role that is told only afterwards.
    .where('role', '=', sql.lit('supervisor'))
    .where('validFrom', '<=', today())
    .where('validTo', '>=', today())
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where(sql<SqlBool>`id = any (array(${guides}))`)
    .where('status', '=', 'active')
    .execute()
  return rows.toSorted((a, b) => alphabet.compare(a.name, b.name))
}

/** The role that a person holds today, if they hold it. */
export function roleInForce(db: Db, personId: string, role: string) {
  return db
    .selectFrom('personRole')
    .select('id')
    .where('personId', '=', personId)
    .where('role', '=', role)
    .where('validFrom', '<=', today())
    .where('validTo', '>=', today())
    .executeTakeFirst()
}
