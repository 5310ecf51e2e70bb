// Are the printed types those of the migrated database?
import { expect, test } from 'vitest'
import { printTypes } from '../scripts/db-types.ts'
import { freshDatabase } from '../test/database.ts'

test('db/tables.gen.ts is up to date; npm run db:types prints it anew', async () => {
  const { adminUrl, close } = await freshDatabase()
  const { code, output } = printTypes(adminUrl, true)
  await close()
  expect(output).toMatch(/up-to-date/)
  expect(code).toBe(0)
})
