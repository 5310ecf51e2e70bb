// How long does it take to write a country's cases down and bring them back, proven? By scale; the figures go into the report.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { useKeys, vaultOf, wrapKey } from '../../app/core/seal.server.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { useLedger, writeErasure } from '../../app/process/ledger.server.ts'
import { backUp, bringBackInto, makeVaults } from '../restored.ts'
import { testSecrets } from '../secrets.ts'

export type DrillScale = { cases: number; events: number }
export const drillScales = {
  test: { cases: 300, events: 500 },
  full: { cases: 20_000, events: 100_000 },
} as const satisfies Record<string, DrillScale>

export type DrillFigures = {
  rows: number
  megabytes: number
  backupSeconds: number
  restoreSeconds: number
  opened: number
  /** Erased after the backup, and erased again by the ledger. */
  erased: number
  erasedAgain: number
}

type Databases = { full: string; empty: string }

/** Fills `full`, writes it down, erases some cases, and brings the backup back into `empty`. */
export async function proveDrill({ full, empty }: Databases, { cases, events }: DrillScale): Promise<DrillFigures> {
  const vaults = makeVaults(await mkdtemp(join(tmpdir(), 'tugivork-drill-')))
  useKeys(keysOf(testSecrets))
  useLedger(vaults.ledgerFile)
  const client = new Client({ connectionString: full })
  await client.connect()
  try {
    const ids = await fill(client, cases, events)
    const begun = performance.now()
    const made = await backUp(full, vaults, 'harjutus.backup')
    const backupSeconds = seconds(begun)
    const erased = ids.slice(0, 10)
    for (const id of erased) {
      await client.query('select erase_case($1)', [id])
      writeErasure('case', id)
    }
    const back = await bringBackInto(empty, vaults, made.file)
    await back.close()
    return {
      rows: made.rows,
      megabytes: Math.round(made.bytes / 1e5) / 10,
      backupSeconds,
      restoreSeconds: back.seconds,
      opened: back.opened,
      erased: erased.length,
      erasedAgain: back.erased,
    }
  } finally {
    await client.end()
    await rm(vaults.folder, { recursive: true })
  }
}

const seconds = (begun: number) => Math.round((performance.now() - begun) / 100) / 10

async function fill(client: Client, cases: number, events: number): Promise<string[]> {
  const [person, network] = [randomUUID(), randomUUID()]
  await client.query(`insert into person (id, email, name) values ($1, 'naidis@naidis.example', 'Näidis-Inimene')`, [
    person,
  ])
  await client.query(`insert into network (id, name, started_on) values ($1, 'Näidisvõrgustik', '2019-01-01')`, [
    network,
  ])
  const ids: string[] = []
  for (let from = 0; from < cases; from += 1000)
    ids.push(...(await someCases(client, from, Math.min(1000, cases - from), { person, network })))
  await client.query(
    `select audit_append('access.signIn', null, null, null, null, 'done', '{}', null, null) from generate_series(1, $1::int)`,
    [events],
  )
  return ids
}

/** Each case with a key of its own and three places sealed under it. */
async function someCases(
  client: Client,
  from: number,
  count: number,
  of: { person: string; network: string },
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  const places = ids.flatMap((id) => {
    const key = randomBytes(32)
    const vault = vaultOf([key], { kind: 'case', id })
    const wrapped = wrapKey(testSecrets.master.key, id, key)
    return Array.from({ length: 3 }, () => {
      const row = randomUUID()
      const place = { table: 'case_whereabouts', column: 'value_sealed', row }
      return { id, row, wrapped, value: vault.seal(place, 'Näidise tänav 1, uks on hoovis') }
    })
  })
  const keys = places.filter((_, nth) => nth % 3 === 0)
  await client.query(
    `insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, created_by)
     select $1, id, 'M-2026-' || to_char(10000 + $2::int + n, 'FM99999999'), '0045', 'et', 'police', '2026-11-02', 'law', $3
     from unnest($4::uuid[]) with ordinality c(id, n)`,
    [of.network, from, of.person, ids],
  )
  await client.query(
    `insert into sealed_key (kind, owner_id, network_id, master_id, wrapped)
     select 'case', id, $1, $2, wrapped from unnest($3::uuid[], $4::bytea[]) k(id, wrapped)`,
    [of.network, testSecrets.master.id, keys.map(({ id }) => id), keys.map(({ wrapped }) => wrapped)],
  )
  await client.query(
    `insert into case_whereabouts (network_id, case_id, id, kind, value_sealed, recorded_by)
     select $1, id, row, 'address', value, $2 from unnest($3::uuid[], $4::uuid[], $5::bytea[]) p(id, row, value)`,
    [of.network, of.person, places.map(({ id }) => id), places.map(({ row }) => row), places.map(({ value }) => value)],
  )
  return ids
}
