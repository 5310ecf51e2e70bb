// Does the whole program start with one command, refuse a second start, and end when it is told to?
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase } from './database.ts'
import { isAlive, newFolder, serverPid, until } from './keepers.ts'
import { writeTestSecrets } from './secrets.ts'

const launcher = join(import.meta.dirname, '../scripts/run.mjs')

/** Runs a task as `npm run` does; `ready` resolves when its output holds the words. */
function launch(task: string[], env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [launcher, ...task], { env: { ...process.env, ...env }, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const heard = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (part: string) => (heard.out += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (heard.err += part))
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const ready = async (words: string) => {
    const begun = Date.now()
    const over = await Promise.race([
      ended,
      until(() => heard.out.includes(words), 60_000).then(() => 'ready' as const),
    ])
    if (over !== 'ready') throw new Error(`it ended with ${over}: ${heard.err}${heard.out}`)
    return Date.now() - begun
  }
  return { child, heard, ended, ready }
}

async function freePort(): Promise<string> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' ? String(address?.port) : ''
}

test('npm start: first and later start in time, a second refused, kill -9 survived, SIGTERM clean', {
  timeout: 120_000,
}, async () => {
  const dataDir = newFolder()
  const env = { TUGIVORK_DATA: dataDir, DATABASE_URL: undefined, PORT: await freePort() }
  const address = `http://localhost:${env.PORT}`
  const first = launch(['start'], env)
  expect(await first.ready(address)).toBeLessThan(60_000)
  const answer = await fetch(address, { redirect: 'manual' })
  expect(answer.status).toBeLessThan(400)
  // Longer than a proxy keeps a line that nobody uses (60 s): else it asks on one that has just been cut here.
  expect(Number(/timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60)
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)

  const second = launch(['start'], { ...env, PORT: await freePort() })
  expect(await second.ended).toBe(1)
  expect(second.heard.err).toMatch(/on juba kasutusel.*is in use/s)

  const server = serverPid(dataDir)
  first.child.kill('SIGKILL')
  await first.ended
  // Only the launcher was killed: it runs without npm here, so the program itself goes on until it is told.
  const program = Number(/protsessina (\d+)/.exec(second.heard.err)?.[1])
  process.kill(program, 'SIGKILL')
  await until(() => !isAlive(program) && !isAlive(server))

  const again = launch(['start'], env)
  await again.ready(address)
  const kept = serverPid(dataDir)
  again.child.kill('SIGTERM')
  expect(await again.ended).toBe(0)
  expect(isAlive(kept)).toBe(false)
  expect(existsSync(join(dataDir, 'app.lock'))).toBe(false)
})

test('npm start on a server of one’s own keeps no database beside it', { timeout: 120_000 }, async () => {
  const database = await freshDatabase()
  onTestFinished(database.close)
  const dataDir = newFolder()
  mkdirSync(dataDir)
  const keys = writeTestSecrets(dataDir)
  const env = {
    TUGIVORK_DATA: dataDir,
    TUGIVORK_SECRETS: keys,
    DATABASE_URL: database.adminUrl,
    PORT: await freePort(),
  }
  const started = launch(['start'], env)
  await started.ready(`http://localhost:${env.PORT}`)
  // Whatever runs inside the program does not find there what opens the whole database.
  const [program = ''] = readFileSync(`/proc/${started.child.pid}/task/${started.child.pid}/children`, 'utf8').split(
    ' ',
  )
  const kept = readFileSync(`/proc/${program}/environ`, 'utf8')
  expect(kept).toContain('TUGIVORK_DATA=')
  expect(kept).not.toMatch(/DATABASE_URL|postgres:/)
  started.child.kill('SIGINT')
  expect(await started.ended).toBe(0)
  expect(existsSync(join(dataDir, 'pg'))).toBe(false)
})

test('an unknown command and a wrong setting end in words', async () => {
  const unknown = launch(['no-such-thing'], {})
  expect(await unknown.ended).toBe(1)
  expect(unknown.heard.err).toMatch(/Sellist käsku ei ole: no-such-thing/)
  const wrong = launch(['start'], { PORT: 'kolm' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.heard.err).toMatch(/PORT peab olema täisarv/)
  expect(wrong.heard.out).toBe('')
})
