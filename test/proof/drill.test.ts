// Does a backup of many cases come back whole, without those erased since? The full scale runs in `npm run proof`.
import { expect, test } from 'vitest'
import { emptyDatabase, freshDatabase } from '../database.ts'
import { drillScales, proveDrill } from './drill.ts'
import { record, scale } from './record.ts'

test('the drill at scale: all rows, samples open, the erased are erased again', { timeout: 900_000 }, async () => {
  const begun = performance.now()
  const [full, empty] = [await freshDatabase(), await emptyDatabase()]
  try {
    const figures = await proveDrill(
      { full: full.adminUrl, empty: empty.adminUrl },
      scale(0, 1) ? drillScales.full : drillScales.test,
    )
    record(
      {
        promise: 'restore',
        what: 'rows brought back',
        count: figures.rows,
        failed: figures.erased - figures.erasedAgain,
      },
      begun,
    )
    expect(figures).toMatchObject({ erased: 10, erasedAgain: 10 })
    expect(figures.rows).toBeGreaterThan(300 * 4 + 500)
    expect(figures.opened).toBeGreaterThanOrEqual(20)
  } finally {
    await full.close()
    await empty.close()
  }
})
