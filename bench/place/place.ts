// On what is measured? A database server of our own in a temporary folder, with the real roles and policies.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { useKeys } from '../../app/core/seal.server.ts'
import { Settings } from '../../app/core/setting.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { loadSecrets, rolePassword, type Secrets } from '../../app/process/secrets.server.ts'
import { type Embedded, startEmbedded } from '../../db/embedded.ts'
import { readPostmaster } from '../../db/embedded-server.ts'
import { migrate } from '../../db/migrate.ts'
import { type LoginRole, loginRoles, type RolePasswords } from '../../db/roles.ts'
import { generate, type Size } from '../data/generate.ts'

export type Place = {
  folder: string
  adminUrl: string
  admin: Client
  secretsFile: string
  /** The process whose children do the database's work. */
  postmaster: number
  urlOf: (role: LoginRole) => string
  close: () => Promise<void>
}

// What the counting and the plans need; both stay silent until they are asked for.
const extras = [
  `shared_preload_libraries = 'pg_stat_statements', 'auto_explain'`,
  `pg_stat_statements.track = 'none'`,
  `pg_stat_statements.max = 10000`,
  `auto_explain.log_min_duration = -1`,
]

/** Makes the server and the data. Production settings otherwise: durable, as `npm start` runs it. */
export async function openPlace(size: Size, say: (text: string) => void): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'tugivork-bench-'))
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  const secretsFile = join(folder, 'secrets.json')
  let embedded = await startEmbedded({ dataDir })
  try {
    const secrets = loadSecrets(secretsFile)
    useKeys(keysOf(secrets))
    embedded = await withExtras(embedded, dataDir)
    await migrate(embedded.adminUrl, { rolePasswords: passwordsOf(secrets) })
    const admin = await connected(embedded.adminUrl)
    await admin.query('create extension pg_stat_statements schema meta')
    // The floor's search asks by the operator itself, which is closed to whoever makes a page.
    await admin.query('grant execute on function word_similarity_op(text, text) to tugivork_read')
    const began = Date.now()
    await generate(admin, size)
    await setUp(admin)
    say(`${size.cases} cases, ${size.volunteers} volunteers, ${size.visits} visits made in ${seconds(began)} s`)
    const { adminUrl, stop } = embedded
    const close = async () => {
      await admin.end()
      await stop()
      await rm(folder, { recursive: true, force: true })
    }
    const postmaster = readPostmaster(join(dataDir, 'pg'))?.pid ?? 0
    return { folder, adminUrl, admin, secretsFile, postmaster, urlOf: urlsOf(adminUrl, secrets), close }
  } catch (error) {
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/**
 * The few who ask here look at more in a minute, and look for more in an hour, than a person can. One look less than the most there is: for the
 * most nothing would be counted, and what counting costs belongs to a page. Of the others the most: what the program would not take as a setting
 * breaks every page that reads one.
 */
export const settings = { looksPerMinute: 99_999, searchesPerHour: 1000, findsPerDay: 200 } as const

async function setUp(admin: Client): Promise<void> {
  Settings.parse(settings)
  for (const [name, value] of Object.entries(settings))
    await admin.query(
      `insert into setting (name, valid_from, value, note) values ($1, '2000-01-01', to_jsonb($2::int), 'Näidis')`,
      [name, value],
    )
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1)

export async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}

async function withExtras(embedded: Embedded, dataDir: string): Promise<Embedded> {
  const admin = await connected(embedded.adminUrl)
  for (const setting of extras) await admin.query(`alter system set ${setting}`)
  await admin.end()
  await embedded.stop()
  return startEmbedded({ dataDir })
}

function passwordsOf(secrets: Secrets): RolePasswords {
  return Object.fromEntries(loginRoles.map((role) => [role, rolePassword(secrets, role)])) as RolePasswords
}

function urlsOf(adminUrl: string, secrets: Secrets): (role: LoginRole) => string {
  return (role) => {
    const url = new URL(adminUrl)
    url.username = role
    url.password = rolePassword(secrets, role)
    return url.href
  }
}
