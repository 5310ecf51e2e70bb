// How was this installation told to run?
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import type { Message } from '../core/errors.ts'
import { proxiesOf } from '../core/turn/address.ts'
import { bilingual } from '../i18n/bilingual.ts'
import type { Key } from '../i18n/i18n.ts'
import { type AnchorPlace, folderPlace, holderCount, readAnchorPlaces } from './anchor-places.ts'

export type Config = {
  demo: boolean
  dataDir: string
  databaseUrl: string | null
  host: string
  port: number
  origin: string
  secretsFile: string
  /** The key that signs how the log stood: a file of its own. */
  signerFile: string
  /** Who outside keeps how the log stood. */
  anchors: AnchorPlace[]
  /** Who was erased; outside the database and its backups. */
  ledgerFile: string
  /** The public half of the key that closes backups. */
  backupKeyFile: string
  /** Without `smtpUrl` each e-mail becomes a file in `outbox`. */
  mail: { smtpUrl: string | null; outbox: string; sender: string }
  /** The state's sign-in, where this installation has it; the secret itself or the file that holds it. */
  oidc: OidcConfig | null
  /** Who looks through files that are sent in: `host:port` or the path of a socket of clamd. */
  scanner: string | null
  /** Between people and us: whose word about the address that asks is believed. */
  proxies: string[]
}
export type OidcConfig = { issuer: string; clientId: string; secret: { value: string } | { file: string } }

const root = join(import.meta.dirname, '../..')
const said = (key: Key) => ({ error: key })
const address = (protocols: RegExp, key: Key) => z.url({ protocol: protocols, hostname: /./, error: key })

const environment = z.object({
  TUGIVORK_MODE: z.enum(['demo', 'production'], said('core.config.mode')).default('demo'),
  TUGIVORK_DATA: z.string().optional(),
  TUGIVORK_SECRETS: z.string().optional(),
  TUGIVORK_LEDGER: z.string().optional(),
  TUGIVORK_BACKUP_KEY: z.string().optional(),
  TUGIVORK_HOST: z.union([z.ipv4(), z.ipv6(), z.literal('localhost')], said('core.config.host')).default('127.0.0.1'),
  TUGIVORK_ORIGIN: address(/^https?$/, 'core.config.origin')
    .refine((text) => new URL(text).origin === text.replace(/\/$/, ''), said('core.config.origin'))
    .optional(),
  PORT: z.coerce
    .number(said('core.config.port'))
    .int(said('core.config.port'))
    .min(0, said('core.config.port'))
    .max(65_535, said('core.config.port'))
    .default(3000),
  DATABASE_URL: address(/^postgres(ql)?$/, 'core.config.database')
    .refine((text) => isNear(text) || isProvenFar(text), said('core.config.databaseTls'))
    .optional(),
  SMTP_URL: address(/^smtps?$/, 'core.config.smtp').optional(),
  TUGIVORK_SIGNER: z.string().optional(),
  TUGIVORK_ANCHORS: z
    .string()
    .refine((text) => readAnchorPlaces(text) !== null, said('core.config.anchors'))
    .optional(),
  TUGIVORK_CLAMD: z
    .string()
    .regex(/^(\/.+|[\w.-]+:\d{1,5})$/, said('core.config.clamd'))
    .optional(),
  TUGIVORK_PROXIES: z
    .string()
    .refine((text) => proxiesOf(listed(text)) !== null, said('core.config.proxies'))
    .optional(),
  TUGIVORK_SENDER: z.email(said('core.config.sender')).optional(),
  // Without https only a provider on this very machine can be meant, and only in a demonstration.
  TUGIVORK_OIDC_ISSUER: address(/^https?$/, 'core.config.oidcIssuer')
    .refine((text) => /^https:|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${text}/`), said('core.config.oidcIssuer'))
    .optional(),
  TUGIVORK_OIDC_CLIENT_ID: z.string().optional(),
  TUGIVORK_OIDC_CLIENT_SECRET: z.string().optional(),
  TUGIVORK_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
})

const listed = (text: string) => text.split(',').flatMap((one) => one.trim() || [])

// What the driver takes from the end of an address counts before what stands in its middle, and the last of two.
const told = (text: string, name: string) => URL.parse(text)?.searchParams.getAll(name).at(-1)

/** A socket, or this very machine: nobody stands in between. */
function isNear(text: string): boolean {
  const host = told(text, 'host') ?? decodeURIComponent(URL.parse(text)?.hostname ?? '')
  return host === '' || /^(\/|localhost$|127\.\d+\.\d+\.\d+$|\[?::1\]?$)/.test(host)
}

/** Closed on its way, and the server shows who it is. */
const isProvenFar = (text: string) => told(text, 'sslmode') === 'verify-full' && told(text, 'ssl') === undefined

type Environment = z.infer<typeof environment>

/**
 * Reads the environment; nothing is opened or made. Throws one error that names every variable that will not do. Demo is
 * the default; production has to be asked for, and then nothing may be left to a default that only a demo can afford.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const problems = configProblems(env)
  if (problems.length > 0) throw new Error(problems.map(({ key, args }) => bilingual(key, args)).join('\n'))
  return toConfig(environment.parse(given(env)))
}

/** Every variable that will not do, and why. */
export function configProblems(env: Record<string, string | undefined>): Message[] {
  const parsed = environment.safeParse(given(env))
  if (!parsed.success) return parsed.error.issues.map((issue) => about(issue.message as Key, issue.path.join()))
  const problems = oidcProblems(parsed.data)
  return parsed.data.TUGIVORK_MODE === 'production' ? [...productionProblems(parsed.data), ...problems] : problems
}

// A variable that is set to nothing is one that is not set.
function given(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}

function toConfig(env: Environment): Config {
  const dataDir = env.TUGIVORK_DATA ? resolve(env.TUGIVORK_DATA) : join(root, '.data')
  const secretsFile = env.TUGIVORK_SECRETS ? resolve(env.TUGIVORK_SECRETS) : join(dataDir, 'secrets.json')
  return {
    demo: env.TUGIVORK_MODE === 'demo',
    dataDir,
    databaseUrl: env.DATABASE_URL ?? null,
    host: env.TUGIVORK_HOST,
    port: env.PORT,
    origin: (env.TUGIVORK_ORIGIN ?? `http://localhost:${env.PORT}`).replace(/\/$/, ''),
    secretsFile,
    signerFile: env.TUGIVORK_SIGNER ? resolve(env.TUGIVORK_SIGNER) : join(dataDir, 'signer.json'),
    anchors:
      env.TUGIVORK_ANCHORS === undefined
        ? ['anchors-1', 'anchors-2'].map((name) => folderPlace(join(dataDir, name)))
        : (readAnchorPlaces(env.TUGIVORK_ANCHORS) ?? []),
    ledgerFile: env.TUGIVORK_LEDGER ? resolve(env.TUGIVORK_LEDGER) : `${dataDir}-ledger/erasures.jsonl`,
    backupKeyFile: env.TUGIVORK_BACKUP_KEY
      ? resolve(env.TUGIVORK_BACKUP_KEY)
      : join(dirname(secretsFile), 'backup.pub'),
    mail: {
      smtpUrl: env.SMTP_URL ?? null,
      outbox: join(dataDir, 'mail'),
      sender: env.TUGIVORK_SENDER ?? 'teated@localhost.invalid',
    },
    oidc: oidcOf(env),
    scanner: env.TUGIVORK_CLAMD ?? null,
    proxies: listed(env.TUGIVORK_PROXIES ?? ''),
  }
}

function oidcOf(env: Environment): OidcConfig | null {
  const { TUGIVORK_OIDC_ISSUER: issuer, TUGIVORK_OIDC_CLIENT_ID: clientId } = env
  const { TUGIVORK_OIDC_CLIENT_SECRET: value, TUGIVORK_OIDC_CLIENT_SECRET_FILE: file } = env
  if (!issuer || !clientId) return null
  return { issuer, clientId, secret: file ? { file: resolve(file) } : { value: value ?? '' } }
}

// All of it or nothing: half a configuration would show a way in that leads nowhere.
function oidcProblems(env: Environment): Message[] {
  const problems: Message[] = []
  const one = 'TUGIVORK_OIDC_CLIENT_SECRET'
  const file = `${one}_FILE` as const
  const names = ['TUGIVORK_OIDC_ISSUER', 'TUGIVORK_OIDC_CLIENT_ID'] as const
  if (![...names, one, file].some((name) => env[name as keyof Environment])) return problems
  for (const name of names) if (!env[name]) problems.push(about('core.config.oidcWhole', name))
  if (!env[one] && !env[file]) problems.push(about('core.config.oidcWhole', one))
  if (env[one] && env[file]) problems.push(about('core.config.oidcOnce', one))
  if (env.TUGIVORK_MODE !== 'production') return problems
  if (env.TUGIVORK_OIDC_ISSUER?.startsWith('http:')) problems.push(about('core.config.https', names[0]))
  if (env[file] && !isAbsolute(env[file])) problems.push(about('core.config.absolute', file))
  return problems
}

function productionProblems(env: Environment): Message[] {
  const problems: Message[] = []
  const needed = [
    ...(['TUGIVORK_ORIGIN', 'TUGIVORK_SECRETS', 'TUGIVORK_SIGNER', 'TUGIVORK_ANCHORS'] as const),
    ...(['TUGIVORK_SENDER', 'SMTP_URL', 'DATABASE_URL', 'TUGIVORK_PROXIES'] as const),
  ]
  for (const name of needed) if (!env[name]) problems.push(about('core.config.needed', name))
  if (env.TUGIVORK_ORIGIN?.startsWith('http:')) problems.push(about('core.config.https', 'TUGIVORK_ORIGIN'))
  if (env.TUGIVORK_ANCHORS && holderCount(readAnchorPlaces(env.TUGIVORK_ANCHORS) ?? []) < 2)
    problems.push(about('core.config.anchorsFew', 'TUGIVORK_ANCHORS'))
  const paths = [
    'TUGIVORK_SECRETS',
    'TUGIVORK_SIGNER',
    'TUGIVORK_DATA',
    'TUGIVORK_LEDGER',
    'TUGIVORK_BACKUP_KEY',
  ] as const
  for (const name of paths) {
    if (env[name] && !isAbsolute(env[name])) problems.push(about('core.config.absolute', name))
  }
  return problems
}

const about = (key: Key, name: string): Message => ({ key, args: { name } })
