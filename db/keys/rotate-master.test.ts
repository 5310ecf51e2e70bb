// Can people work while the master key is changed, and is a change that was broken off ended by the next one?
import { randomBytes, randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revealValue, sealReason } from '../../app/cases/identity/reveal.server.ts'
import { openForProcess, sealForProcess, useKeys, wrapKey } from '../../app/core/seal.server.ts'
import { keyFile, keysOf } from '../../app/process/key-file.server.ts'
import { loadSecrets } from '../../app/process/secrets.server.ts'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { until } from '../../test/keepers.ts'
import { record, scale } from '../../test/proof/record.ts'
import { refuseRetired } from './retired.ts'
import { rotateMaster } from './rotate-master.ts'

let cast: Cast
let folder = ''
let file = ''
beforeAll(async () => {
  cast = await openCast()
  folder = mkdtempSync(join(tmpdir(), 'tugivork-rotation-'))
  file = join(folder, 'secrets.json')
  useKeys(keysOf(loadSecrets(file)), keyFile(file))
})
afterAll(async () => {
  await cast.close()
  rmSync(folder, { recursive: true })
})

const idOf = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`

/** Many keys that nobody works with, so that a change takes a while. */
async function manyKeys(count: number, from: number): Promise<void> {
  const { master } = loadSecrets(file)
  const ids = Array.from({ length: count }, (_, nth) => idOf(from + nth))
  await cast.admin.query(
    `insert into sealed_key (kind, owner_id, master_id, wrapped) select 'import', id, $1, wrapped from unnest($2::uuid[], $3::bytea[]) k(id, wrapped)`,
    [master.id, ids, ids.map((id) => wrapKey(master.key, id, randomBytes(32)))],
  )
}

async function placeOf(caseId: string): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `select id from case_whereabouts where case_id = $1 and kind = 'safe_contact'`,
    [caseId],
  )
  return rows[0]?.id ?? ''
}

async function look(caseId: string, item: string): Promise<string | undefined> {
  // A day has so many looks; here there are many days.
  await cast.admin.query(`update reveal set at = at - interval '1 day'`)
  const shown = await revealValue.run(cast.lea, { id: caseId, what: 'whereabouts', item, purpose: 'contact' })
  return shown.place?.value
}

const said = '+372 5550 1234'

test('it is changed again and again while people read, refer and sign in: nothing fails, everything opens', {
  timeout: 600_000,
}, async () => {
  const begun = performance.now()
  const caseId = await referCase(cast.lea)
  const item = await placeOf(caseId)
  const sealed = [sealReason('enne vahetust'), sealForProcess('totp/lou', 'saladus')]
  await manyKeys(1500, 1)
  const done = { reads: 0, writes: 0 }
  const failures: unknown[] = []
  let over = false
  const again = async (work: () => Promise<void>) => {
    while (!over) await work().catch((error: unknown) => failures.push(error))
  }
  const reader = () =>
    again(async () => {
      expect(await look(caseId, item)).toBe(said)
      done.reads++
    })
  const writer = () =>
    again(async () => {
      const made = await referCase(cast.lea)
      expect(await look(made, await placeOf(made))).toBe(said)
      done.writes++
    })
  const people = [reader(), reader(), writer()]
  const masters = [loadSecrets(file).master.id]
  const [rounds, wanted] = [scale(3, 40), scale(30, 3000)]
  const all = () => done.reads + done.writes
  let during = 0
  for (let round = 1; round <= rounds; round++) {
    const before = all()
    const { id, broken } = await rotateMaster(cast.admin, file)
    expect(broken).toEqual([])
    masters.push(id)
    during += all() - before
    // However slow the machine: between two changes somebody has written.
    await until(() => (done.writes >= round && all() >= (wanted * round) / rounds) || failures.length > 0, 60_000)
  }
  over = true
  await Promise.all(people)
  const when = `${rounds} changes of the master key, ${during} of them while it changed`
  record({ promise: 'rotation', what: `reads and writes in ${when}`, count: all(), failed: failures.length }, begun)
  expect(failures).toEqual([])
  expect(done.reads).toBeGreaterThan(5)
  expect(done.writes).toBeGreaterThan(1)

  expect(new Set(masters).size).toBe(rounds + 1)
  const { rows } = await cast.admin.query('select distinct master_id from sealed_key')
  expect(rows).toEqual([{ master_id: masters.at(-1) }])
  await cast.admin.query(`delete from sealed_key where kind = 'import'`)
  const secrets = loadSecrets(file)
  expect(secrets.earlier).toEqual([])
  expect(secrets.process.length).toBe(rounds + 1)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(openForProcess('reason', sealed[0] ?? Buffer.alloc(0))).toBe('enne vahetust')
  expect(openForProcess('totp/lou', sealed[1] ?? Buffer.alloc(0))).toBe('saladus')
})

test('an old copy of the file is refused at the start, and the database refuses a key under a retired master key', async () => {
  const copy = join(folder, 'old.json')
  copyFileSync(file, copy)
  await rotateMaster(cast.admin, file)
  const old = loadSecrets(copy).master
  await expect(refuseRetired(cast.urls.adminUrl, old.id)).rejects.toThrow(/juba välja vahetatud/)
  await expect(refuseRetired(cast.urls.adminUrl, loadSecrets(file).master.id)).resolves.toBeUndefined()
  const id = randomUUID()
  await expect(
    cast.admin.query(`insert into sealed_key (kind, owner_id, master_id, wrapped) values ('import', $1, $2, $3)`, [
      id,
      old.id,
      wrapKey(old.key, id, randomBytes(32)),
    ]),
  ).rejects.toThrow(/is retired/)
})

/** The same connection, which is lost at the `nth` statement. */
function lostAt(nth: number): Client {
  let left = nth
  const query = async (...given: Parameters<Client['query']>) => {
    if (--left < 0) throw new Error('lost')
    return cast.admin.query(...(given as unknown as [string]))
  }
  return { query } as unknown as Client
}

test('broken off at every statement, it is ended by the next call; at no moment does a value fail to open', async () => {
  const caseId = await referCase(cast.lea)
  const item = await placeOf(caseId)
  let before = loadSecrets(file).master.id
  let broken = 0
  for (let nth = 0; ; nth++) {
    const result = await rotateMaster(lostAt(nth), file).catch((error: Error) => {
      expect(error.message).toBe('lost')
      return null
    })
    // A lost connection takes its open transaction with it.
    await cast.admin.query('rollback')
    expect(await look(caseId, item)).toBe(said)
    if (result) break
    broken++
    const { id, retired } = await rotateMaster(cast.admin, file)
    expect(retired).toContain(before)
    before = id
  }
  expect(broken).toBeGreaterThan(10)
})

test('a key that was touched is told, harms no other, and keeps the old master key alive', async () => {
  await manyKeys(3, 900_000)
  await cast.admin.query(
    `update sealed_key set wrapped = set_byte(wrapped, 20, 255 - get_byte(wrapped, 20)) where owner_id = $1`,
    [idOf(900_001)],
  )
  const old = loadSecrets(file).master.id
  expect(await rotateMaster(cast.admin, file)).toMatchObject({ broken: [idOf(900_001)], retired: [] })
  expect(loadSecrets(file).earlier.map(({ id }) => id)).toEqual([old])
  const { rows } = await cast.admin.query('select owner_id from sealed_key where master_id = $1', [old])
  expect(rows).toEqual([{ owner_id: idOf(900_001) }])
  await cast.admin.query('delete from sealed_key where owner_id = $1', [idOf(900_001)])
  expect(await rotateMaster(cast.admin, file)).toMatchObject({ broken: [], retired: [old] })
})

test('what an installation sealed before the process had keys of its own still opens after a change', async () => {
  const older = join(folder, 'older.json')
  const { process: _, earlier: __, ...single } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(older, JSON.stringify(single), { mode: 0o600 })
  useKeys(keysOf(loadSecrets(older)), keyFile(older))
  const sealed = sealForProcess('reason', 'vanast ajast')
  await rotateMaster(cast.admin, older)
  expect(openForProcess('reason', sealed)).toBe('vanast ajast')
  expect(openForProcess('reason', sealForProcess('reason', 'uuest ajast'))).toBe('uuest ajast')
})
