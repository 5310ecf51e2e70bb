// How does everything come back from a backup, and how is it known to be whole, readable and without those who were erased?
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { useKeys } from '../../app/core/seal.server.ts'
import { Told } from '../../app/i18n/bilingual.ts'
import type { Args, Key } from '../../app/i18n/i18n.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { ledgerHead, readLedger } from '../../app/process/ledger.server.ts'
import { loadSecrets, rolePassword, type Secrets, secretsProblem } from '../../app/process/secrets.server.ts'
import { judgeDatabase } from '../doctor.ts'
import { migrate } from '../migrate.ts'
import { pendingMigrations, readMigrations } from '../migration-files.ts'
import { loginRoles, type RolePasswords } from '../roles.ts'
import { noteUpkeep } from './backup.ts'
import { readPrivate } from './container.ts'
import type { Counts, Head } from './dump.ts'
import { checkWhole, countRows, load } from './load.ts'
import { openSamples, replayErasures } from './proof.ts'
import { openTarget, type Where } from './target.ts'

export type RestoreOptions = Where & {
  from: string
  keysFrom: string
  privateKeyFile: string
  secretsFile: string
  ledgerFile: string
  /** Is the log whole? Throws where it is not; gets the head that the backup was made with. */
  verify: (client: Client, head: { seq: number; hash: string } | null) => Promise<void>
  say: (key: Key, args?: Args) => void
}
export type Restored = {
  rows: number
  erased: number
  opened: number
  seconds: number
  adminUrl: string
  close: () => Promise<void>
}

type Files = { head: Head; keysHead: Head; counts: Counts; secrets: Secrets }

/** Restores and proves it; the database it is in stays open until `close()`. Where anything is wrong nothing is left of it. */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const begun = performance.now()
  const files = await checkFiles(options)
  const target = await openTarget(options)
  try {
    const found = await fill(target.adminUrl, options, files)
    const seconds = Math.round((performance.now() - begun) / 100) / 10
    return { ...found, seconds, adminUrl: target.adminUrl, close: target.close }
  } catch (error) {
    await target.drop()
    throw error
  }
}

/** Everything that can be known before anything is touched: whole, ours, of this program, with these keys, with this ledger. */
async function checkFiles(options: RestoreOptions): Promise<Files> {
  const { from, keysFrom, privateKeyFile, secretsFile, say } = options
  for (const path of [from, keysFrom, privateKeyFile]) {
    if (!existsSync(path)) throw new Told('safekeeping.restore.noFile', { path })
  }
  const problem = secretsProblem(secretsFile)
  if (problem) throw new Told(problem.key, problem.args)
  const secrets = loadSecrets(secretsFile)
  const key = readPrivate(readFileSync(privateKeyFile, 'utf8'), privateKeyFile)
  const { head, counts } = await checkWhole(from, key)
  const keys = await checkWhole(keysFrom, key)
  if (head.part !== 'data' || keys.head.part !== 'keys') throw new Told('safekeeping.restore.swapped')
  say('safekeeping.restore.whole', { at: head.madeAt, keysAt: keys.head.madeAt })
  pendingMigrations(await readMigrations(join(import.meta.dirname, '../migrations')), head.migrations)
  if ((keys.head.audit?.seq ?? 0) < (head.audit?.seq ?? 0)) throw new Told('safekeeping.restore.oldKeys')
  const held = [secrets.master, ...secrets.earlier].map(({ id }) => id)
  const missing = keys.head.masters.filter((id) => !held.includes(id))
  if (missing.length > 0) throw new Told('safekeeping.restore.noMaster', { names: missing.join(', ') })
  if (head.indexId !== secrets.index.id) throw new Told('safekeeping.restore.otherIndex', { name: head.indexId })
  useKeys(keysOf(secrets))
  checkLedger(options.ledgerFile, [head, keys.head])
  return { head, keysHead: keys.head, counts, secrets }
}

// The ledger may have grown since; what the backup knew of it must be in it.
function checkLedger(ledgerFile: string, heads: Head[]): void {
  readLedger(ledgerFile)
  for (const { ledger } of heads) {
    const { lines, hash } = ledgerHead(ledgerFile, ledger.lines)
    if (lines !== ledger.lines || hash !== ledger.hash) {
      throw new Told('safekeeping.restore.shortLedger', { path: ledgerFile, lines: ledger.lines })
    }
  }
}

async function fill(adminUrl: string, options: RestoreOptions, { head, keysHead, counts, secrets }: Files) {
  const { say, ledgerFile } = options
  const passwords = loginRoles.map((role) => [role, rolePassword(secrets, role)])
  const rolePasswords = Object.fromEntries(passwords) as RolePasswords
  await migrate(adminUrl, { rolePasswords, upTo: head.migrations.length })
  const client = new Client({ connectionString: adminUrl, application_name: 'tugivork-restore' })
  await client.connect()
  try {
    await loadAll(client, options, keysHead)
    const loaded = await countRows(client, Object.keys(counts))
    const wrong = Object.keys(counts).filter((table) => counts[table] !== loaded[table])
    if (wrong.length > 0) throw new Told('safekeeping.restore.counts', { names: wrong.join(', ') })
    const rows = Object.values(loaded).reduce((sum, count) => sum + count, 0)
    say('safekeeping.restore.loaded', { rows, tables: Object.keys(counts).length })
    await migrate(adminUrl, { rolePasswords })
    say('safekeeping.restore.migrated')
    await options.verify(client, head.audit)
    const erased = await replayErasures(client, readLedger(ledgerFile))
    say('safekeeping.restore.erased', { count: erased })
    const opened = await openSamples(client)
    say('safekeeping.restore.opened', { count: opened })
    await examine(client)
    say('safekeeping.restore.examined')
    await noteUpkeep(client, 'restore', { rows, madeAt: head.madeAt })
    return { rows, erased, opened }
  } finally {
    await client.end()
  }
}

async function loadAll(client: Client, options: RestoreOptions, keysHead: Head): Promise<void> {
  const key = readPrivate(readFileSync(options.privateKeyFile, 'utf8'), options.privateKeyFile)
  await client.query('begin; set local session_replication_role = replica')
  try {
    // What the migrations themselves laid down (counties…) comes from the backup too.
    const { rows } = await client.query<{ name: string }>(
      `select string_agg(oid::regclass::text, ', ') as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    )
    await client.query(`set local session_replication_role = replica; truncate ${rows[0]?.name}`)
    await load(client, options.from, key)
    await load(client, options.keysFrom, key)
    // Who was signed in then need not be allowed to now.
    await client.query(`update session set ended_at = now(), ended_why = 'replaced' where ended_at is null`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
  options.say('safekeeping.restore.keys', { at: keysHead.madeAt })
}

/** The same look that `npm run doctor` takes; advice is for later, a fault stops here. */
async function examine(client: Client): Promise<void> {
  const bad = (await judgeDatabase(client, false)).find(({ level }) => level === 'fail')
  if (bad) throw new Told(bad.said.key, bad.said.args)
}
