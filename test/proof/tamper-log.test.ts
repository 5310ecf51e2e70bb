// Is every tampering with the log found, and is a whole log never called tampered with?
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../cast.ts'
import { seed } from '../draws.ts'
import { record, scale } from './record.ts'
import { tamperLog, watchLog } from './tamper-log.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const [checks, rounds] = [scale(300, 1000), scale(700, 2000)]

test(`no false alarm in ${checks} checks of a log that others go on writing`, { timeout: 300_000 }, async () => {
  const begun = performance.now()
  const writer = new Client({ connectionString: cast.urls.adminUrl })
  await writer.connect()
  const { alarms, checkpoints, runs } = await watchLog(cast, writer, { runs: checks, seed })
  await writer.end()
  record(
    { promise: 'alarms', what: 'checks of a log that is being written', count: runs, failed: alarms.length, seed },
    begun,
  )
  expect(alarms, `PROOF_SEED=${seed}`).toEqual([])
  expect(checkpoints).toBeGreaterThan(scale(12, 40))
})

test(`${rounds} tamperings of every kind: all are found, and where`, { timeout: 300_000 }, async () => {
  const begun = performance.now()
  const own = await openCast()
  try {
    const told = await tamperLog(own, { rounds, seed })
    const count = Object.values(told.byKind).reduce((sum, each) => sum + each, 0)
    record({ promise: 'tampering', what: 'tamperings', count, failed: count - told.found, seed }, begun)
    expect(told, `PROOF_SEED=${seed}`).toMatchObject({ found: rounds, named: rounds, missed: [], misnamed: [] })
    expect(told.rowsTouched).toBeGreaterThanOrEqual(rounds / 2)
    expect(Object.keys(told.byKind).length).toBeGreaterThan(20)
  } finally {
    await own.close()
  }
})
