// Is nothing personal left of a support person who was erased – in whichever table there is a row of hers, also one that comes tomorrow?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seed } from '../../../test/draws.ts'
import { openWorld, type World } from '../../../test/proof/authorization/world/world.ts'
import { sealedColumns } from '../../core/keys/sealed-columns.ts'

type Row = Record<string, string | number | boolean | null>
type Place = { table: string; own: string; personal: string[] }

/** Where something of hers is left, under her code; whoever adds a table decides about it here. */
const left: Record<string, string> = {
  ...{ volunteer: 'her code', person: 'her code', person_role: 'that she helped', session: 'who acted, for the log' },
  ...{ credential: 'emptied', invitation: 'hashes of links that are over', confirmation: 'that two agreed, not why' },
  ...{
    assignment: 'that there was a support',
    contact_rhythm: 'of the case',
    visit: 'of the case',
    concern: 'of the case',
  },
  ...{ visit_reading: 'of the case', reveal: 'of the case', wall: 'that a case was none for her' },
  ...{ month_report: 'hours', supervision_participant: 'days', referral: 'of the case' },
  ...{
    wellbeing_checkin: 'days',
    volunteer_status: 'days',
    volunteer_evidence: 'days',
    volunteer_known: 'for figures',
  },
  ...{ paper: 'days', paper_signed: 'days', interview: 'days', exit_talk: 'days', recruitment_step: 'days' },
  ...{ application: 'from where, for figures', reference_request: 'that somebody was asked', expense: 'what was paid' },
  ...{ declared_relation: 'written over' },
  ...{ outing: 'days', sample_entry: 'of the case', sample_look: 'that it was looked at' },
  ...{ watch_finding: 'what auditors found in the log', break_glass: 'who was let in' },
  ...{ agency_seat: 'who sat where', meeting_pledge: 'who promised', meeting_attendance: 'who was there' },
}
/** What stays readable, and why. */
const stays: Record<string, string> = {
  'visit.expense_note': 'what was spent in a case is of the case, and goes with it',
  'invitation.token_hash': 'a hash of a link that nobody can follow any more',
  'invitation.code_hash': 'a hash of a code that nobody can use any more',
  'reveal.purpose_sealed': 'why she looked is of the log',
  'wall.lift_reason_sealed': 'what auditors wrote to each other',
  'watch_finding.words_sealed': 'how she explained a look is of the log, and goes with the case',
  'break_glass.words_sealed': 'of the log; whoever helps is not let in this way',
  'break_glass.review_sealed': 'of the log',
  'meeting_attendance.observer_sealed': 'of who sits in a network, not of who helps',
  'meeting_attendance.sent_sealed': 'of who sits in a network, not of who helps',
}

let world: World
let places: Place[]
let [volunteer, person, code] = ['', '', '']
const all = async <R>(text: string, values: unknown[] = []) => (await world.owner.query(text, values)).rows as R[]

beforeAll(async () => {
  world = await openWorld(seed, { people: 2, volunteers: 8, casesEach: 5 })
  ;[{ id: volunteer, person: person, code } = { id: '', person: '', code: '' }] = await all<{
    id: string
    person: string
    code: string
  }>(
    `select v.id, p.id as person, v.code from volunteer v join person p on p.id = v.person_id where p.name = 'Näidis-volunteer1'`,
  )
  places = await all<Place>(
    `select c.relname as table, a.attname as own, array(select p.attname::text from pg_attribute p where p.attrelid = c.oid and p.attnum > 0
       and not p.attisdropped and col_description(c.oid, p.attnum) in ('C2', 'C3', 'C4')) as personal
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
       and (a.attname in ('volunteer_id', 'person_id') or (c.relname, a.attname) in (('volunteer', 'id'), ('person', 'id'), ('field_entry', 'device_id')))
     order by 1`,
  )
}, 120_000)
afterAll(() => world.close())

/** Whose row it is: hers, her account's, or a device's of hers. */
function herOf({ table, own }: Place): string {
  if (table === 'field_entry') return 'any (select id from field_device where person_id = $2)'
  return own === 'volunteer_id' || (table === 'volunteer' && own === 'id') ? '$1' : '$2'
}
const rowsOf = (place: Place): Promise<Row[]> =>
  all<{ row: Row }>(
    `select to_jsonb(t) as row from ${place.table} t where $1::uuid is not null and $2::uuid is not null and ${place.own} = ${herOf(place)}`,
    [volunteer, person],
  ).then((rows) => rows.map(({ row }) => row))

/** One that is somebody else's becomes hers, whatever else it says: no trigger and no reference asks. */
async function plant(place: Place): Promise<void> {
  if ((await rowsOf(place)).length > 0) return
  const text = `update ${place.table} set ${place.own} = $1 where ctid = (select ctid from ${place.table} limit 1)`
  await world.owner.query(text, [herOf(place) === '$1' ? volunteer : person]).catch(() => undefined)
}

/** A word in every personal column that has none. */
async function fill(place: Place): Promise<void> {
  for (const column of place.personal)
    for (const value of [`'Kanaar'`, `'\\x01'`, '1980', `'F'`]) {
      const text = `update ${place.table} set ${column} = ${value} where $1::uuid is not null and $2::uuid is not null and ${column} is null and ${place.own} = ${herOf(place)}`
      await world.owner.query(text, [volunteer, person]).catch(() => undefined)
    }
}

const sealOf = (table: string, column: string) =>
  sealedColumns.find((one) => one.table === table && one.column === column)

/** Everything of hers that is closed has a key, so that its being gone says something. */
async function lock(place: Place): Promise<void> {
  for (const row of await rowsOf(place))
    for (const column of place.personal) {
      const seal = sealOf(place.table, column)
      if (!seal || seal.kind === 'process' || seal.kind === 'case' || row[column] === null) continue
      await world.owner.query(
        `insert into sealed_key (kind, owner_id, master_id, wrapped) select $1, $2, 'm', '\\x01' where not exists (select from sealed_key where owner_id = $2)`,
        [seal.kind, row[seal.owner]],
      )
    }
}

/** Written over, or closed for ever, or of a case and gone with it. */
async function isGone(table: string, column: string, row: Row): Promise<boolean> {
  const value = row[column] ?? null
  if (value === null || value === '' || value === '–' || value === code || value === code.toLowerCase()) return true
  if (/^kustutatud-.*@localhost\.invalid$/.test(String(value)) || `${table}.${column}` in stays) return true
  const seal = sealOf(table, column)
  if (!seal || seal.kind === 'process') return false
  // What was approved accounting keeps, until its day.
  if (seal.kind === 'case' || (table === 'expense' && row.decision === 'approved')) return true
  const keys = await all('select from sealed_key where owner_id = $1 and wrapped is not null', [row[seal.owner]])
  return keys.length === 0
}

test('of every table with a row of hers: what is personal is gone, and of the row itself it was decided', async () => {
  await world.owner.query('set session_replication_role = replica')
  for (const step of [plant, fill, lock]) for (const place of places) await step(place)
  await world.owner.query('set session_replication_role = origin')
  const before = new Map<string, Row[]>()
  for (const place of places) before.set(`${place.table}.${place.own}`, await rowsOf(place))
  // In all but a few there was something to forget.
  const empty = places.filter(({ table, own }) => before.get(`${table}.${own}`)?.length === 0)
  expect(empty.map(({ table }) => table).filter((table) => !(table in left))).toEqual([])
  expect(places.length - empty.length).toBeGreaterThan(40)

  await world.owner.query('select erase_volunteer($1)', [volunteer])

  const readable: string[] = []
  const undecided = new Set<string>()
  for (const place of places) {
    const rows = await rowsOf(place)
    if (rows.length > 0 && !(place.table in left)) undecided.add(place.table)
    for (const row of rows)
      for (const column of place.personal)
        if (!(await isGone(place.table, column, row))) readable.push(`${place.table}.${column}`)
  }
  expect([...undecided]).toEqual([])
  expect([...new Set(readable)]).toEqual([])
  const gone = [
    'volunteer_limit',
    'volunteer_area',
    'volunteer_away',
    'volunteer_tie',
    'message_copy',
    'message_read',
    'sample_topic',
  ]
  for (const table of [...gone, 'field_device', 'field_entry', 'person_identity', 'calendar_feed', 'draft', 'once']) {
    const of = places.filter((place) => place.table === table)
    expect(of.flatMap(({ own }) => before.get(`${table}.${own}`) ?? []).length, table).toBeGreaterThan(0)
    for (const place of of) expect(await rowsOf(place), table).toEqual([])
  }
}, 120_000)
