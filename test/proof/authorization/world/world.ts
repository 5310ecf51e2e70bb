// How does an invented world come into a database, and what does the oracle get to read of it?
import { Client } from 'pg'
import { freshDatabase, type TestDatabase } from '../../../database.ts'
import { putApprovals } from './approvals.ts'
import { type Book, type NewRow, openBook } from './book.ts'
import { putCases } from './cases.ts'
import { putCorrections } from './corrections.ts'
import { putExpenses } from './expenses.ts'
import { putFindings } from './findings.ts'
import { putGlass } from './glass.ts'
import { putInvitations } from './invitations.ts'
import { putSpentLooks } from './looks.ts'
import { putMeetings } from './meetings.ts'
import { putOutgoing } from './outgoing.ts'
import { putPapers } from './papers.ts'
import { putPeople } from './people.ts'
import { putRecruitment } from './recruitment.ts'
import { putReferrals } from './referrals.ts'
import { putSamples } from './samples.ts'
import { putSeldom } from './seldom.ts'
import { type Claim, putSessions } from './sessions.ts'
import { putSetAside } from './set-aside.ts'
import { putSettings } from './settings.ts'
import { putReadings, putSupervision } from './supervision.ts'
import { putTransfers } from './transfers.ts'
import { putMessages, putVolunteerPapers } from './volunteer-papers.ts'
import { putVolunteers } from './volunteers.ts'
import { putWork } from './work.ts'

/** One row with every column as text, as the database writes it. */
export type Row = Record<string, string | null>
export type Table = {
  name: string
  /** The columns by which its rows are told apart. */
  key: string[]
  rows: Row[]
}
export type World = {
  seed: number
  tables: Map<string, Table>
  claims: Claim[]
  today: string
  /** A superuser's connection, past every policy. */
  owner: Client
  database: TestDatabase
  close: () => Promise<void>
}

export type Size = {
  people: number
  volunteers: number
  casesEach: number
  /** A world in which a single auditor is in office. */
  oneAuditor?: boolean
  /** A world in which there is what comes up seldom. */
  seldom?: boolean
}

/** All rows of a world, before any database knows of them; and with which sessions people come. */
export function invent(seed: number, size: Size): { book: Book; claims: Claim[] } {
  const book = openBook(seed)
  const people = putPeople(book, size)
  const claims = putSessions(book, people)
  const volunteers = putVolunteers(book, people, size.volunteers)
  const cases = putCases(book, people, size.casesEach)
  putWork(book, people, volunteers, cases)
  putSupervision(book, people, volunteers)
  putReadings(book, people)
  putPapers({ book, people, volunteers, cases })
  putSettings(book, people)
  putFindings(book, people, cases)
  putMeetings(book, people, cases)
  putInvitations(book, people, cases)
  putTransfers(book, people, cases)
  putGlass(book, people, cases, claims)
  putExpenses(book, people, volunteers)
  putRecruitment(book, people, volunteers)
  putVolunteerPapers(book, people, volunteers)
  putMessages(book, people, volunteers)
  putSamples(book, people)
  putCorrections(book)
  putApprovals(book, people, cases)
  putOutgoing(book, people, cases)
  putReferrals(book, people, cases)
  putSetAside(book)
  putSpentLooks(book, people, cases)
  if (size.seldom) putSeldom({ book, people, cases, volunteers })
  return { book, claims }
}

/** A world of its own database. What triggers would do is part of what was invented, so none runs while it is written. */
export async function openWorld(seed: number, size: Size): Promise<World> {
  const { book, claims } = invent(seed, size)
  const database = await freshDatabase()
  const owner = new Client({ connectionString: database.adminUrl, pipeline: true })
  await owner.connect()
  await write(owner, book)
  const tables = await readAll(owner)
  const close = async () => {
    await owner.end()
    await database.close()
  }
  return { seed, tables, claims, today: book.day(0), owner, database, close }
}

async function write(owner: Client, book: Book): Promise<void> {
  await owner.query(`set session_replication_role = replica`)
  for (const [table, rows] of book.rows) {
    for (const [columns, alike] of byColumns(rows))
      await owner.query(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(alike)],
      )
  }
  // What triggers keep beside the rows.
  await owner.query('select docket_drawn((select array_agg(id) from case_file))')
  await owner.query('select core_invited_drawn((select array_agg(id) from case_file))')
  await owner.query(`set session_replication_role = origin`)
  await owner.query('analyze')
}

function byColumns(rows: NewRow[]): Map<string, NewRow[]> {
  const groups = new Map<string, NewRow[]>()
  for (const row of rows) {
    const columns = Object.keys(row).join(', ')
    groups.set(columns, [...(groups.get(columns) ?? []), row])
  }
  return groups
}

/** Every table of the schema with all its rows. */
async function readAll(owner: Client): Promise<Map<string, Table>> {
  const { rows: found } = await owner.query<{ name: string; columns: string[]; primary: string[] | null }>(
    `select relname as name,
       (select array_agg(attname::text order by attnum) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
       (select array_agg(attname::text order by attnum) from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
        where indrelid = c.oid and indisprimary) as primary
     from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by 1`,
  )
  const tables = new Map<string, Table>()
  for (const { name, columns, primary } of found) {
    const { rows } = await owner.query<{ row: Row }>(
      `select (select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(t))) as row from ${name} t`,
    )
    const key = columns.includes('id') ? ['id'] : (primary ?? columns)
    tables.set(name, { name, key, rows: rows.map(({ row }) => row) })
  }
  return tables
}
