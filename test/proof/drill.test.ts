// Does a backup of many cases come back whole, without those erased since? The full scale runs in `npm run proof`.
import { expect, test } from 'vitest'
import { emptyDatabase, freshDatabase } from '../database.ts'
import { drillScales, proveDrill } from './drill.ts'

test('the drill at scale: all rows, samples open, the erased are erased again', { timeout: 120_000 }, async () => {
  const [full, empty] = [await freshDatabase(), await emptyDatabase()]
  try {
    const figures = await proveDrill({ full: full.adminUrl, empty: empty.adminUrl }, drillScales.test)
    expect(figures).toMatchObject({ erased: 10, erasedAgain: 10 })
    expect(figures.rows).toBeGreaterThan(300 * 4 + 500)
    expect(figures.opened).toBeGreaterThanOrEqual(20)
  } finally {
    await full.close()
    await empty.close()
  }
})
