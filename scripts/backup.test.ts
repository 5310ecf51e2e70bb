// Do the commands of the administrator work as the guide says: a pair of keys, a backup, a drill, and a new master key?
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase } from '../test/database.ts'
import { writeTestSecrets } from '../test/secrets.ts'

const launcher = join(import.meta.dirname, 'run.mjs')

test('a pair, a backup, a drill and a new master key, and the doctor knows of them', { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-commands-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const database = await freshDatabase()
  onTestFinished(() => database.close())
  const secrets = writeTestSecrets(folder)
  const env = { ...process.env, DATABASE_URL: database.adminUrl, TUGIVORK_SECRETS: secrets, TUGIVORK_DATA: folder }
  const run = (...task: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...task], { env, encoding: 'utf8' })
    return { status, said: `${stdout}${stderr}` }
  }
  const [copies, safe] = [join(folder, 'koopiad/'), join(folder, 'seif.pem')]

  expect(run('keys', 'backup-key', '--to', safe)).toMatchObject({ status: 0, said: expect.stringMatching(/seifi/) })
  expect(statSync(safe).mode & 0o777).toBe(0o600)
  expect(run('backup', '--to', copies)).toMatchObject({
    status: 0,
    said: expect.stringMatching(/Varukoopia on tehtud/),
  })
  const [file = ''] = readdirSync(copies).filter((name) => name.endsWith('.backup'))
  const drill = run('restore', '--from', join(copies, file), '--key', safe, '--drill')
  expect(drill.said).toMatch(/Failid on terved.*Logi on terve.*Taastamisharjutus õnnestus/s)
  expect(drill.status).toBe(0)
  expect(run('keys', 'rotate-master')).toMatchObject({ status: 0, said: expect.stringMatching(/Peavõti on vahetatud/) })
  const doctor = run('doctor').said
  expect(doctor).toMatch(/Peavõti master-20\d\d.* on loodud/)
  expect(doctor).toMatch(/Viimane varukoopia on tehtud/)
  expect(doctor).toMatch(/Viimane taastamisharjutus õnnestus/)
  expect(doctor).toMatch(/Kustutamiste raamat on terve/)
})
