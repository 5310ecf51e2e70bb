// How long does it take to write a country's cases down and bring them back, until somebody is in again? By scale; the figures go into the report.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { Client } from 'pg'
import { newFactor, sealFactor } from '../../app/access/factor.server.ts'
import { hashPassword } from '../../app/access/passwords.server.ts'
import { createApp } from '../../app/app.tsx'
import { connect, disconnect } from '../../app/core/db.server.ts'
import { logTo } from '../../app/core/log.server.ts'
import { useKeys, vaultOf, wrapKey } from '../../app/core/seal.server.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { useLedger, writeErasure } from '../../app/process/ledger.server.ts'
import { copyIn } from '../../db/backup/copy.ts'
import { databaseUrl } from '../cluster.ts'
import { backUp, bringBackInto, makeVaults } from '../restored.ts'
import { type testPasswords, testSecrets } from '../secrets.ts'
import { origin } from './matrix/matrix.ts'

export type DrillScale = { cases: number; events: number }
export const drillScales = {
  test: { cases: 300, events: 500 },
  full: { cases: 100_000, events: 1_000_000 },
} as const satisfies Record<string, DrillScale>

export type DrillFigures = {
  rows: number
  megabytes: number
  events: number
  fillSeconds: number
  backupSeconds: number
  restoreSeconds: number
  /** From the first command until somebody who was there before has come in and sees her account. */
  untilIn: number
  opened: number
  /** Erased after the backup, and erased again by the ledger. */
  erased: number
  erasedAgain: number
}

type Databases = { full: string; empty: string }

/** Fills `full`, writes it down, erases some cases, brings the backup back into `empty`, and comes in there. */
export async function proveDrill({ full, empty }: Databases, { cases, events }: DrillScale): Promise<DrillFigures> {
  const vaults = makeVaults(await mkdtemp(join(tmpdir(), 'tugivork-drill-')))
  useKeys(keysOf(testSecrets))
  useLedger(vaults.ledgerFile)
  const client = new Client({ connectionString: full })
  await client.connect()
  try {
    const filling = performance.now()
    const { ids, secret } = await fill(client, cases, events)
    const fillSeconds = seconds(filling)
    const begun = performance.now()
    const made = await backUp(full, vaults, 'harjutus.backup')
    const backupSeconds = seconds(begun)
    const erased = ids.slice(0, 10)
    for (const id of erased) {
      await client.query('select erase_case($1)', [id])
      writeErasure('case', id)
    }
    const restoring = performance.now()
    const back = await bringBackInto(empty, vaults, made.file)
    await back.close()
    await comeIn(back.adminUrl, secret)
    return {
      ...{ rows: made.rows, megabytes: Math.round(made.bytes / 1e5) / 10, events },
      ...{ fillSeconds, backupSeconds, restoreSeconds: back.seconds, untilIn: seconds(restoring) },
      ...{ opened: back.opened, erased: erased.length, erasedAgain: back.erased },
    }
  } finally {
    await client.end()
    await rm(vaults.folder, { recursive: true })
  }
}

const [email, password] = ['naidis@naidis.example', 'pilv tõukab rohelist vankrit']

/** With the password and the code of before, through the door of the program. */
async function comeIn(adminUrl: string, secret: string): Promise<void> {
  const as = (role: keyof typeof testPasswords) => databaseUrl(adminUrl, new URL(adminUrl).pathname.slice(1), role)
  connect({ readUrl: as('tugivork_read'), writeUrl: as('tugivork_write'), doorUrl: as('tugivork_door') }, 2)
  logTo(() => undefined)
  const app = createApp({ origin, secure: false, demo: false })
  const cookies = new Map<string, string>()
  const ask = async (path: string, typed?: Record<string, string>) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = typed ? { method: 'POST', body: new URLSearchParams(typed) } : {}
    const answer = await app.request(`${origin}${path}`, { ...sent, headers: { origin, cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    return answer
  }
  try {
    await ask('/sign-in', { email, password })
    await ask('/sign-in/code', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() })
    const account = await ask('/account')
    if (account.status !== 200 || !(await account.text()).includes(email)) throw new Error(`not in: ${account.status}`)
  } finally {
    await disconnect()
  }
}

const seconds = (begun: number) => Math.round((performance.now() - begun) / 100) / 10

async function fill(client: Client, cases: number, events: number): Promise<{ ids: string[]; secret: string }> {
  const [person, network, secret] = [randomUUID(), randomUUID(), newFactor()]
  await client.query(`insert into person (id, email, name) values ($1, $2, 'Näidis-Inimene')`, [person, email])
  await client.query(
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'coordinator', '2020-01-01', '2999-12-31')`,
    [person],
  )
  await client.query(
    `insert into credential (person_id, password_hash, password_once, totp_sealed, totp_confirmed_at) values ($1, $2, false, $3, now())`,
    [person, await hashPassword(password), sealFactor(person, secret)],
  )
  await client.query(`insert into network (id, name, started_on) values ($1, 'Näidisvõrgustik', '2019-01-01')`, [
    network,
  ])
  const ids: string[] = []
  // As whoever restores a backup puts them in: all at once, and each event in its place in the chain.
  await client.query('begin; set local session_replication_role = replica')
  for (let from = 0; from < cases; from += 1000)
    ids.push(...(await someCases(client, from, Math.min(1000, cases - from), { person, network })))
  await copyIn(
    client,
    `copy audit_event (${eventColumns.join(', ')}, prev, hash) from stdin`,
    chain(events, ids, { person, network }),
  )
  await client.query('commit')
  return { ids, secret }
}

const eventColumns =
  'seq at actor on_behalf_of session_id action object_kind object_id case_id network_id result fields hits reason_sealed'.split(
    ' ',
  )
const part = (value: string | null): Buffer => {
  if (value === null) return Buffer.from([0])
  const bytes = Buffer.from(value)
  const head = Buffer.from([1, 0, 0, 0, 0])
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

async function* chain(count: number, ids: string[], of: { person: string; network: string }): AsyncGenerator<Buffer> {
  let prev: Buffer = Buffer.from([0])
  for (let seq = 1; seq <= count; seq += 5000) {
    const lines: string[] = []
    for (let nth = seq; nth < seq + 5000 && nth <= count; nth++) {
      const id = ids[nth % ids.length] ?? ''
      const at = `${new Date(Date.UTC(2024, 0, 1) + nth * 60_000).toISOString().slice(0, -1)}000`
      const what = ['case.open', 'case', id, id, of.network, 'done']
      const hashed = [String(nth), at, of.person, null, null, ...what, 'id', null, null]
      const hash = createHash('sha256')
        .update(Buffer.from([0]))
        .update(prev)
        .update(Buffer.concat(hashed.map(part)))
        .digest()
      const written = [String(nth), `${at}+00`, of.person, null, null, ...what, '{id}', null, null]
      const bytes = [prev, hash].map((one) => `\\\\x${one.toString('hex')}`)
      lines.push(`${[...written.map((value) => value ?? '\\N'), ...bytes].join('\t')}\n`)
      prev = hash
    }
    yield Buffer.from(lines.join(''))
  }
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
