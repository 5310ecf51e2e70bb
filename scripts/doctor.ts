// Is this installation set up as it must be, and if not, what is to be done?
import { accessSync, constants, existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createTransport } from 'nodemailer'
import { Client } from 'pg'
import { introduce } from '../app/access/oidc/provider.server.ts'
import { lateMinutes } from '../app/audit/checkpoint/checkpoints.server.ts'
import { publicKeyText } from '../app/audit/checkpoint/note.ts'
import { Told } from '../app/i18n/bilingual.ts'
import { type Args, isLocale, type Key, translator } from '../app/i18n/i18n.ts'
import { holdersOf } from '../app/process/anchor-places.ts'
import { type Config, configProblems, readConfig } from '../app/process/config.server.ts'
import { telltale } from '../app/process/letter.ts'
import { oidcSecret, oidcSecretProblem } from '../app/process/oidc-secret.server.ts'
import { picturesAreDrawn } from '../app/process/picture/drawing.server.ts'
import { scannerAnswers, useScanner } from '../app/process/scanner.server.ts'
import { secretsProblem } from '../app/process/secrets.server.ts'
import { loadSigner, signerProblem } from '../app/process/signer.server.ts'
import { judgeBackups } from '../db/backup/doctor.ts'
import { type Finding, finding, judgeDatabase, latePlaces } from '../db/doctor.ts'
import { judgeKeys } from '../db/keys/doctor.ts'
import { openDatabase } from '../db/open.ts'

const oneGigabyte = 1e9

/** Everything that can be looked at from outside the program, in the order in which it is to be put right. */
export async function examine(env: Record<string, string | undefined>): Promise<Finding[]> {
  const version = process.versions.node
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < 24 || (major === 24 && minor < 15)
  const node = finding(isOld && 'fail', 'core.doctor.node.ok', 'core.doctor.node.bad', { version })
  const problems = configProblems(env)
  if (problems.length > 0) return [node, ...problems.map((said): Finding => ({ level: 'fail', said }))]
  const config = readConfig(env)
  const mode = fine(config.demo ? 'core.doctor.config.demo' : 'core.doctor.config.ok')
  return [
    node,
    mode,
    ...examineSecrets(config),
    ...examineSigner(config),
    examineHolders(config),
    ...(await examineDisk(config)),
    ...(await examineMail(config)),
    ...examineNames(config),
    ...(await examineScanner(config)),
    finding(!(await picturesAreDrawn()) && 'warn', 'core.doctor.pictures.ok', 'core.doctor.pictures.bad'),
    ...(await examineOidc(config)),
    ...(await examineDatabase(config)),
  ]
}

function examineSecrets({ secretsFile: path, demo }: Config): Finding[] {
  const problem = secretsProblem(path)
  if (!problem) return [fine('core.doctor.secrets.ok', { path })]
  // Before the first start of a demo there is nothing yet to be wrong.
  return [{ level: demo && !existsSync(path) ? 'warn' : 'fail', said: problem }]
}

function examineSigner({ signerFile: path, demo }: Config): Finding[] {
  const problem = signerProblem(path)
  if (problem) return [{ level: demo && !existsSync(path) ? 'warn' : 'fail', said: problem }]
  const { name, key } = loadSigner(path)
  return [fine('core.doctor.signer.ok', { key: publicKeyText(name, key) })]
}

// Two places that one person can change are one.
function examineHolders({ anchors, demo }: Config): Finding {
  const { count, shared } = holdersOf(anchors)
  if (count < 2) {
    const names = anchors.map((place) => place.name).join(', ')
    return { level: demo ? 'warn' : 'fail', said: { key: 'core.doctor.holders.bad', args: { names } } }
  }
  if (shared.length > 0) return fine('core.doctor.holders.shared', { count, names: shared.join(', ') })
  return fine('core.doctor.holders.ok', { count })
}

async function examineDisk({ dataDir }: Config): Promise<Finding[]> {
  let path = dataDir
  // The folder is made by the first start; until then the one above it is what counts.
  while (!existsSync(path)) path = dirname(path)
  try {
    accessSync(path, constants.W_OK)
  } catch (error) {
    const why = (error as Error).message
    return [finding('fail', 'core.doctor.disk.ok', 'core.doctor.disk.closed', { path, why })]
  }
  const { bavail, bsize } = await statfs(path)
  const free = ((bavail * bsize) / oneGigabyte).toFixed(1).replace('.', ',')
  const isFull = bavail * bsize < oneGigabyte
  return [finding(isFull && 'fail', 'core.doctor.disk.ok', 'core.doctor.disk.full', { path, free })]
}

async function examineScanner({ scanner }: Config): Promise<Finding[]> {
  useScanner(scanner, 3000)
  const answers = await scannerAnswers()
  if (answers === null) return [fine('core.doctor.scanner.none')]
  return [finding(!answers && 'warn', 'core.doctor.scanner.ok', 'core.doctor.scanner.bad')]
}

async function examineMail({ mail }: Config): Promise<Finding[]> {
  if (!mail.smtpUrl) return [fine('core.doctor.mail.files', { folder: mail.outbox })]
  const patience = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 5000 }
  const transport = createTransport({ url: mail.smtpUrl, ...patience })
  try {
    await transport.verify()
    return [fine('core.doctor.mail.ok')]
  } catch (error) {
    return [finding('fail', 'core.doctor.mail.ok', 'core.doctor.mail.bad', { why: (error as Error).message })]
  } finally {
    transport.close()
  }
}

// Sender and link stand on the lock screen of whoever gets a letter.
function examineNames({ origin, mail, demo }: Config): Finding[] {
  if (demo) return []
  const tells = telltale.test(new URL(origin).hostname) || telltale.test(mail.sender)
  return [finding(tells && 'warn', 'core.doctor.names.ok', 'core.doctor.names.bad')]
}

async function examineOidc({ oidc, origin }: Config): Promise<Finding[]> {
  if (!oidc) return [fine('core.doctor.oidc.none')]
  const problem = 'file' in oidc.secret ? oidcSecretProblem(oidc.secret.file) : undefined
  if (problem) return [{ level: 'fail', said: problem }]
  try {
    await introduce({ ...oidc, clientSecret: oidcSecret(oidc), origin })
    return [fine('core.doctor.oidc.ok')]
  } catch (error) {
    return [finding('fail', 'core.doctor.oidc.ok', 'core.doctor.oidc.bad', { why: (error as Error).message })]
  }
}

async function examineDatabase(config: Config): Promise<Finding[]> {
  const { databaseUrl, dataDir, demo, secretsFile, anchors } = config
  if (!databaseUrl && !existsSync(join(dataDir, 'pg'))) {
    return [finding('warn', 'core.doctor.database.ok', 'core.doctor.database.none')]
  }
  let close = async () => {}
  let client: Client | undefined
  try {
    const opened = await openDatabase({ databaseUrl, dataDir })
    close = opened.close
    client = new Client({ connectionString: opened.adminUrl, connectionTimeoutMillis: 5000 })
    await client.connect()
    const found = [
      fine('core.doctor.database.ok'),
      await examineAnchors(client, anchors, demo),
      ...(await judgeDatabase(client, !demo)),
    ]
    // An older or empty database, and keys that cannot be read, have been told of above.
    const isWhole = found.every(({ level }) => level !== 'fail') && !secretsProblem(secretsFile)
    if (!isWhole || !(await isMade(client))) return found
    return [...found, ...(await judgeKeys(client, secretsFile)), ...(await judgeBackups(client, config))]
  } catch (error) {
    if (error instanceof Told) return [{ level: 'fail', said: error.said }]
    return [finding('fail', 'core.doctor.database.ok', 'core.doctor.database.bad', { why: (error as Error).message })]
  } finally {
    await client?.end().catch(() => undefined)
    await close()
  }
}

async function isMade(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('public.setting') is not null as there")
  return rows[0]?.there ?? false
}

async function examineAnchors(client: Client, anchors: Config['anchors'], demo: boolean): Promise<Finding> {
  const names = anchors.map((place) => place.name)
  const late = await latePlaces(client, names, lateMinutes)
  if (late.length === 0) return fine('core.doctor.anchors.ok', { names: names.join(', ') })
  return finding(demo ? 'warn' : 'fail', 'core.doctor.anchors.ok', 'core.doctor.anchors.bad', {
    names: late.join(', '),
  })
}

const fine = (key: Key, args?: Args): Finding => ({ level: 'ok', said: { key, args } })

async function main(): Promise<void> {
  const asked = process.argv.find((argument) => argument.startsWith('--lang='))?.slice(7)
  const t = translator(isLocale(asked) ? asked : 'et')
  const findings = await examine(process.env)
  const marks = { ok: '✓', warn: '!', fail: '✗' }
  for (const { level, said } of findings)
    console.log(`${marks[level]} ${t(said.key, said.args).replaceAll('\n', '\n  ')}`)
  const bad = findings.filter(({ level }) => level === 'fail').length
  const advice = findings.filter(({ level }) => level === 'warn').length
  console.log(`\n${t('core.doctor.sum', { bad, advice })}`)
  process.exitCode = bad > 0 ? 1 : 0
}

if (import.meta.main) await main()
