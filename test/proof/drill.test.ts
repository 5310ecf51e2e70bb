// Does a backup of many cases come back whole, without those erased since? The full scale runs in `npm run proof`.
import { expect, test } from 'vitest'
import { emptyDatabase, freshDatabase } from '../database.ts'
import { drillScales, proveDrill } from './drill.ts'
import { isProof, record } from './record.ts'

test('the drill at scale: all rows, samples open, the erased are erased again, and somebody comes in', {
  timeout: 1_800_000,
}, async () => {
  const begun = performance.now()
  const [full, empty] = [await freshDatabase(), await emptyDatabase()]
  const { cases, events } = isProof ? drillScales.full : drillScales.test
  try {
    const figures = await proveDrill({ full: full.adminUrl, empty: empty.adminUrl }, { cases, events })
    const failed = figures.erased - figures.erasedAgain
    const { backupSeconds, megabytes, untilIn } = figures
    const times = `backup of ${megabytes} MB in ${backupSeconds} s, somebody in again after ${untilIn} s`
    record({ promise: 'restore', what: `cases brought back, ${times}`, count: cases, failed }, begun)
    record({ promise: 'restore', what: 'events brought back', count: events, failed }, begun)
    expect(figures).toMatchObject({ erased: 10, erasedAgain: 10 })
    expect(figures.rows).toBeGreaterThan(cases * 4 + events)
    expect(figures.opened).toBeGreaterThanOrEqual(20)
    if (isProof) expect(untilIn).toBeLessThanOrEqual(15 * 60)
  } finally {
    await full.close()
    await empty.close()
  }
})
