// Lose everything, bring it back elsewhere: is it whole, does it open, can people sign in, and do the erased stay erased?
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revealValue } from '../../app/cases/identity/reveal.server.ts'
import { today } from '../../app/core/clock.server.ts'
import { connect } from '../../app/core/db.server.ts'
import { sealedColumns } from '../../app/core/keys/sealed-columns.ts'
import { openKey, useKeys } from '../../app/core/seal.server.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { useLedger, writeErasure } from '../../app/process/ledger.server.ts'
import { logVisit } from '../../app/support/visit/visits.server.ts'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { databaseUrl } from '../../test/cluster.ts'
import { processColumns, wordsLeft, writtenOf } from '../../test/erased.ts'
import { backUp, bringBack, makeVaults, type Vaults } from '../../test/restored.ts'
import { testSecrets } from '../../test/secrets.ts'
import { givenSupport, usualVisit } from '../../test/support.ts'

let cast: Cast
let vaults: Vaults
let kept = ''
let erased = ''
let backup = ''

beforeAll(async () => {
  cast = await openCast()
  vaults = makeVaults(mkdtempSync(join(tmpdir(), 'tugivork-drill-')))
  useKeys(keysOf(testSecrets))
  useLedger(vaults.ledgerFile)
  // First, so that it is alone on its agenda.
  erased = await givenErased()
  const support = await givenSupport(cast, '2026-05-01')
  kept = support.caseId
  await logVisit.run(cast.lou, { ...usualVisit, assignment: support.assignment, day: today() })
  await revealValue.run(cast.lea, {
    id: kept,
    what: 'whereabouts',
    item: await contactOf(cast.admin, kept),
    purpose: 'contact',
  })
  backup = (await backUp(cast.urls.adminUrl, vaults, 'esimene.backup')).file
  // After the backup: one case is erased, as `decideErasure` does it.
  await cast.admin.query('select erase_case($1)', [erased])
  writeErasure('case', erased)
})
afterAll(async () => {
  await cast.close()
  rmSync(vaults.folder, { recursive: true })
})

/** One about which something was written of every kind that the process closes, and much under its own key. */
async function givenErased(): Promise<string> {
  const id = await referCase(cast.lea)
  await writtenOf(cast, id)
  expect(await wordsLeft(cast.admin, id)).toEqual(processColumns.map(({ name }) => name))
  return id
}

async function contactOf(client: Client, caseId: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select id from case_whereabouts where case_id = $1 and kind = 'safe_contact'`,
    [caseId],
  )
  return rows[0]?.id ?? ''
}

test('the drill: whole, opened, signed in to, and without the one who was erased', { timeout: 120_000 }, async () => {
  const back = await bringBack(vaults, backup)
  const client = new Client({ connectionString: back.adminUrl })
  await client.connect()
  try {
    expect(back.erased).toBe(1)
    expect(back.opened).toBeGreaterThan(8)
    expect(back.said).toEqual(
      ['whole', 'keys', 'loaded', 'migrated', 'erased', 'opened', 'examined'].map(
        (step) => `safekeeping.restore.${step}`,
      ),
    )
    // Everything that was there when the backup was made is there now.
    for (const table of ['person', 'case_file', 'case_person', 'visit', 'volunteer', 'county', 'sealed_key']) {
      const [was, is] = await Promise.all([cast.admin, client].map((one) => one.query(`select count(*) from ${table}`)))
      expect(is?.rows, table).toEqual(was?.rows)
    }
    const live = await client.query('select from session where ended_at is null')
    expect(live.rowCount).toBe(0)

    // The key of the erased case is in no row, and no key that is left opens any of its values.
    const { rows: keys } = await client.query(
      'select owner_id, kind, master_id as "masterId", wrapped, wrapped_other as "wrappedOther" from sealed_key where wrapped is not null',
    )
    expect(keys.some((key) => key.owner_id === erased)).toBe(false)
    const shut = new Set<string>()
    for (const { table, column, owner } of sealedColumns.filter(({ kind }) => kind === 'case')) {
      const { rows } = await client.query(
        `select id, ${column} as value from ${table} where ${owner} = $1 and octet_length(${column}) > 1`,
        [erased],
      )
      for (const { id: row, value } of rows)
        for (const key of keys)
          expect(() => openKey(key, key.owner_id).open({ table, column, row }, value), `${table}.${column}`).toThrow()
      if (rows.length > 0) shut.add(table)
    }
    for (const key of keys) expect(() => openKey(key, erased)).toThrow()
    expect([...shut]).toEqual(expect.arrayContaining(['case_file', 'case_person', 'case_whereabouts', 'case_decision']))
    // What no key of its own closed had come back with the backup, and is gone again.
    expect(await wordsLeft(client, erased)).toEqual([])

    const name = new URL(back.adminUrl).pathname.slice(1)
    const url = (role: 'tugivork_read' | 'tugivork_write' | 'tugivork_door') => databaseUrl(back.adminUrl, name, role)
    connect({ readUrl: url('tugivork_read'), writeUrl: url('tugivork_write'), doorUrl: url('tugivork_door') }, 2)
    const { person: lea } = await signIn(client, cast.lea.id)
    const shown = await revealValue.run(lea, {
      id: kept,
      what: 'whereabouts',
      item: await contactOf(client, kept),
      purpose: 'contact',
    })
    expect(shown.place?.value).toContain('+372 5550 1234')
    await expect(
      revealValue.run(lea, {
        id: erased,
        what: 'whereabouts',
        item: await contactOf(client, erased),
        purpose: 'contact',
      }),
    ).rejects.toMatchObject({ status: 410 })
  } finally {
    await client.end()
    await back.close()
    await back.drop()
    connect(cast.urls, 4)
  }
})

test('another key, another installation, a cut or a changed file, a shortened or changed ledger: refused in words', async () => {
  const bytes = readFileSync(backup)
  const broken = join(vaults.folder, 'rikutud.backup')
  const tryWith = async (how: Buffer, words: RegExp) => {
    writeFileSync(broken, how)
    await expect(bringBack(vaults, broken, { keysFrom: join(vaults.folder, 'tugivork.keys') })).rejects.toThrow(words)
  }
  await tryWith(bytes.subarray(0, bytes.length - 100), /ei ole terve/)
  await tryWith(bytes.subarray(0, 120), /ei ole terve/)
  const changed = Buffer.from(bytes)
  changed[5000] = (changed[5000] ?? 0) ^ 4
  await tryWith(changed, /ei ole terve/)
  await tryWith(Buffer.from('tere'), /ei ole Tugivõrgu varukoopia/)

  const other = makeVaults(mkdtempSync(join(tmpdir(), 'tugivork-other-')))
  await expect(bringBack({ ...vaults, privateKeyFile: other.privateKeyFile }, backup)).rejects.toThrow(/teise võtmega/)
  await expect(bringBack(vaults, backup, { keysFrom: backup })).rejects.toThrow(/vahetuses/)
  await expect(bringBack(vaults, backup, { keysFrom: join(vaults.folder, 'ei-ole') })).rejects.toThrow(/ei ole/)

  const strange = join(other.folder, 'secrets.json')
  const text = readFileSync(vaults.secretsFile, 'utf8')
  writeFileSync(strange, text.replace('"index-test"', '"index-muu"'), { mode: 0o600 })
  await expect(bringBack(vaults, backup, { secretsFile: strange })).rejects.toThrow(/teisele paigaldusele/)
  writeFileSync(strange, text.replace('"master-test"', '"master-muu"'), { mode: 0o600 })
  await expect(bringBack(vaults, backup, { secretsFile: strange })).rejects.toThrow(/peavõtmega, mida siin/)

  const ledger = join(other.folder, 'ledger.jsonl')
  writeFileSync(ledger, readFileSync(vaults.ledgerFile, 'utf8').replace(erased, kept))
  await expect(bringBack({ ...vaults, ledgerFile: ledger }, backup)).rejects.toThrow(/raamatut .* on muudetud/)
  const second = (await backUp(cast.urls.adminUrl, { ...vaults, folder: other.folder }, 'kolmas.backup')).file
  writeFileSync(ledger, '')
  await expect(bringBack({ ...vaults, ledgerFile: ledger }, second)).rejects.toThrow(/puudu ridu/)
  rmSync(other.folder, { recursive: true })
})

test('a log that was touched in the backup is refused, and nothing is left of the attempt', async () => {
  const verify = async () => {
    throw new Error('logi on muudetud')
  }
  await expect(bringBack(vaults, backup, { verify })).rejects.toThrow('logi on muudetud')
})

test('nothing is written where there is no public key, and no backup is written over', async () => {
  await expect(backUp(cast.urls.adminUrl, vaults, 'esimene.backup')).rejects.toThrow(/on juba olemas/)
  const without = { ...vaults, publicKeyFile: join(vaults.folder, 'ei-ole.pub') }
  await expect(backUp(cast.urls.adminUrl, without, 'neljas.backup')).rejects.toThrow(
    /krüpteerimata koopiat ei kirjutata/,
  )
})

test('a database that is not empty is left alone', async () => {
  await expect(bringBack(vaults, backup, { databaseUrl: cast.urls.adminUrl })).rejects.toThrow(/juba andmeid/)
  const { rows } = await cast.admin.query('select count(*)::int as count from case_file')
  expect(rows[0].count).toBe(2)
})

test('the newest file of keys has no key of the erased one: an older backup cannot be opened for it even before the ledger is read', async () => {
  await backUp(cast.urls.adminUrl, vaults, 'teine.backup')
  const back = await bringBack(vaults, backup)
  expect(back.erased).toBe(0)
  await back.close()
  await back.drop()
})
