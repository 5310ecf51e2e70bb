// Does the database show each bearer of a claim the very rows that the written rules give them?
import type { Client } from 'pg'
import { count, type TakenBy, takenIn, watching } from './branches/taken.ts'
import type { Login } from './rules/cases.ts'
import { hidden } from './rules/changes.ts'
import { mayRead } from './rules/reading.ts'
import { factsOf, type Rights, rightsOf } from './rules/rights.ts'
import type { Claim } from './world/sessions.ts'
import type { Table, World } from './world/world.ts'

export type Cell = { who: string; table: string; key: string; login: Login; shown: boolean }
export type Tally = {
  cells: number
  yes: number
  /** For each table how many cells were to be shown and how many not. */
  tables: Map<string, { yes: number; no: number }>
  /** Cells in which the database and the oracle differ. */
  differing: Cell[]
}

export const newTally = (): Tally => ({ cells: 0, yes: 0, tables: new Map(), differing: [] })

export const keyOf = (table: Table, row: Table['rows'][number]) =>
  table.key.flatMap((column) => row[column] ?? []).join('|')

/** The tables that a login can ask at all. */
export const readableOf = ({ tables }: World) => [...tables.values()].filter(({ name }) => !hidden.includes(name))

/** What is asked of a table: the key of every row that is shown. */
export const asked = ({ name, key }: Table) =>
  `select concat_ws('|', ${key.map((column) => `${column}::text`).join(', ')}) as key from ${name}`

/** The oracle's answers about one claim, by table: the keys of the rows that are theirs to see. */
export type Answers = Map<string, Set<string>>

export type Actor = Claim & { rights: Rights; answers: Answers }

/** Everybody with what the oracle gives them; said once for a world, compared with the database many times. */
export function actorsOf(
  world: World,
  login: Login,
  tables = [...world.tables.values()],
  claims = world.claims,
  taken: TakenBy = new Map(),
): Actor[] {
  const facts = factsOf(world)
  const cells = tables.reduce((sum, { rows }) => sum + rows.length, 0)
  return claims.map((claim) => {
    // By what somebody comes every one of their cells is decided.
    const { answer: rights, ways } = watching(() => rightsOf(facts, claim))
    count(takenIn(taken, ''), ways, cells)
    const answers = tables.map((table) => {
      const here = takenIn(taken, table.name)
      const theirs = table.rows.filter((row) => {
        const asked = watching(() => mayRead(rights, table.name, row, login))
        count(here, asked.ways)
        return asked.answer
      })
      return [table.name, new Set(theirs.map((row) => keyOf(table, row)))] as const
    })
    return { ...claim, rights, answers: new Map(answers) }
  })
}

/** Within what a person's session is opened, and how one leaves it. */
export type Frame = { enter: string; leave: string }

/** A transaction of a login of its own. */
export const alone: Frame = { enter: 'begin', leave: 'rollback' }

/** Within what the owner of the database tries out: somebody comes by that login, and goes. */
export const within = (login: Login): Frame => ({
  enter: `savepoint somebody; set local session authorization ${login}`,
  leave: 'rollback to somebody; release somebody',
})

export const begin = ({ claim, glass }: Claim, { enter } = alone) =>
  [
    enter,
    ...(claim ? [`set local app.claim = '${claim}'`] : []),
    ...(glass ? [`set local app.glass = '${glass}'`] : []),
  ].join('; ')

/** Reads every table as one person and compares row by row. */
export async function compare(
  client: Client,
  login: Login,
  actor: Actor,
  tables: Table[],
  tally: Tally,
  frame = alone,
): Promise<void> {
  await client.query(begin(actor, frame))
  const reading = tables.map((table) => client.query<{ key: string }>({ name: table.name, text: asked(table) }))
  const results = await Promise.all(reading)
  await client.query(frame.leave)
  for (const [index, table] of tables.entries())
    tell(tally, login, actor, table, new Set(results[index]?.rows.map(({ key }) => key)))
}

function tell(tally: Tally, login: Login, actor: Actor, table: Table, shown: Set<string>): void {
  const wanted = actor.answers.get(table.name) ?? new Set()
  const counts = tally.tables.get(table.name) ?? { yes: 0, no: 0 }
  tally.tables.set(table.name, counts)
  tally.cells += table.rows.length
  tally.yes += wanted.size
  counts.yes += wanted.size
  counts.no += table.rows.length - wanted.size
  for (const key of new Set([...shown, ...wanted]))
    if (shown.has(key) !== wanted.has(key))
      tally.differing.push({ who: actor.name, table: table.name, key, login, shown: shown.has(key) })
}
