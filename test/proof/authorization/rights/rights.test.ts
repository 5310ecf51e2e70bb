// Has each of the four logins the rights that were written down for it, and no other – and is one too many, or one too few, noticed?
import { createHash } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../database.ts'
import { seed } from '../../../draws.ts'
import { record, scale } from '../../record.ts'
import { stray } from './found.ts'
import { type Stray, strayMutants } from './mutants.ts'

let database: TestDatabase
let owner: Client
beforeAll(async () => {
  database = await freshDatabase()
  owner = new Client({ connectionString: database.adminUrl })
  await owner.connect()
})
afterAll(() => owner.end().then(database.close))

test('reading, writing, door and jobs have what was written down for them, thing by thing, and no other right; nothing is open to everybody', async () => {
  expect(await stray(owner)).toEqual([])
})

// By the seed and its name alone, as the mutants of policies are drawn.
const turnOf = ({ name }: Stray) => createHash('sha256').update(`${seed} ${name}`).digest('hex')

/** One of each sort; in `npm run proof` all of most sorts, of each login. */
const drawn = (all: Stray[]) =>
  [...Map.groupBy(all, ({ about }) => (scale(0, 1) ? about : about.replace(/^\w+, /, ''))).values()].flatMap((mine) =>
    mine.toSorted((a, b) => (turnOf(a) < turnOf(b) ? -1 : 1)).slice(0, scale(1, 60)),
  )

async function noticed({ sql }: Stray): Promise<boolean> {
  await owner.query(`begin; ${sql}`)
  try {
    return (await stray(owner)).length > 0
  } finally {
    await owner.query('rollback')
  }
}

test('a right, a policy or a role too many, and a right too few, is noticed, whoever has it', {
  timeout: 3_600_000,
}, async () => {
  const begun = performance.now()
  const tried = drawn(await strayMutants(owner))
  const unnoticed: string[] = []
  for (const mutant of tried) if (!(await noticed(mutant))) unnoticed.push(mutant.name)
  const figures = { count: tried.length, failed: unnoticed.length, seed }
  record({ promise: 'mutants', what: 'rights too many or too few of all four logins', ...figures }, begun)
  expect(unnoticed, `seed ${seed}`).toEqual([])
  expect(tried.length).toBeGreaterThan(scale(15, 2000))
})
