// Does an installation from before seals get them once, for what its log knows – and never again for what somebody puts there?
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkIdentity, personBehind } from '../../app/access/oidc/identities.server.ts'
import { addPasskey } from '../../app/access/passkey/passkeys.server.ts'
import { lookAtWays } from '../../app/access/ways/ways.server.ts'
import { useKeys } from '../../app/core/seal.server.ts'
import { keysOf } from '../../app/process/key-file.server.ts'
import { loadSecrets } from '../../app/process/secrets.server.ts'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { testCode } from '../../test/tara.ts'
import { sealOnce, sealRows } from './seal-rows.ts'

let cast: Cast
let folder = ''
let file = ''
beforeAll(async () => {
  cast = await openCast()
  folder = mkdtempSync(join(tmpdir(), 'tugivork-seal-'))
  file = join(folder, 'secrets.json')
  useKeys(keysOf(loadSecrets(file)))
  await cast.admin.query('delete from passkey where person_id <> $1', [cast.ott.id])
  const me = (await signIn(cast.admin, cast.lea.id)).person
  const key = { credentialId: 'AQID', publicKey: 'AQ', counter: 0, transports: [], backedUp: false }
  await addPasskey.run(me, { ...key, name: 'Näidis-võti' })
  await linkIdentity.run(me, { code: testCode(1) })
  await linkIdentity.run((await signIn(cast.admin, cast.max.id)).person, { code: testCode(2) })
  await cast.admin.query('delete from mail_outbox')
})
afterAll(async () => {
  await cast.close()
  rmSync(folder, { recursive: true })
})

const marked = () => JSON.parse(readFileSync(file, 'utf8')).sealed as string | undefined
const unseal = () => cast.admin.query('update passkey set seal = null; update person_identity set seal = null')
const unsealed = async () =>
  (
    await cast.admin.query<{ n: number }>(
      `select (select count(*) from passkey where seal is null) + (select count(*) from person_identity where seal is null and again_at is null) as n`,
    )
  ).rows[0]?.n

test('the first start of the new version seals what the log knows; the rest opens nothing, and its owner and the auditor hear', async () => {
  const { sealed: _, ...before } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify(before))
  await unseal()
  // Max's card has no event: it is another one than he linked, put there a day later.
  await cast.admin.query(`update person_identity set linked_at = linked_at + interval '1 day' where person_id = $1`, [
    cast.max.id,
  ])
  await Promise.all([sealOnce(cast.urls.adminUrl, file), sealOnce(cast.urls.adminUrl, file)])
  expect(marked()).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(await unsealed()).toBe(0)
  expect(await personBehind(testCode(1))).toMatchObject({ id: cast.lea.id })
  expect(await personBehind(testCode(2))).toBe('again')
  // Ott's two keys were never added by the program.
  const { rows } = await cast.admin.query('select person_id from passkey')
  expect(rows).toEqual([{ person_id: cast.lea.id }])
  const found = await cast.admin.query(`select distinct person_id from watch_finding where rule = 'seal'`)
  expect(found.rows.map((row) => row.person_id).toSorted()).toEqual([cast.max.id, cast.ott.id].toSorted())
  const told = await cast.admin.query(
    `select p.email, m.kind from mail_outbox m join person p on p.id = m.person_id order by 1, 2`,
  )
  expect(told.rows.filter(({ kind }) => kind !== 'urgent').map(({ email, kind }) => `${email} ${kind}`)).toEqual([
    ...['max@naidis.example card-again', 'ott@naidis.example way-changed'],
  ])
  expect(await lookAtWays(cast.sys)).toBe(0)
})

test('what is put there afterwards is sealed by no start', async () => {
  await cast.admin.query(
    `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ($1, '\\x99', '\\x01', false, 'x')`,
    [cast.kim.id],
  )
  await sealOnce(cast.urls.adminUrl, file)
  expect(await unsealed()).toBe(1)
  expect(await lookAtWays(cast.sys)).toBe(1)
  await cast.admin.query('delete from passkey where person_id = $1', [cast.kim.id])
})

test('after a backup from before was brought back, the administrator of the server has it done by command', async () => {
  await unseal()
  expect(await sealRows(cast.admin)).toEqual({ sealed: 2, ended: 0, again: 0 })
  expect(await personBehind(testCode(1))).toMatchObject({ id: cast.lea.id })
})

test('where the file of keys cannot be marked, nothing is sealed and the start says what to do', async () => {
  const lost = join(folder, 'other.json')
  const { sealed: _, ...before } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(lost, JSON.stringify(before), { mode: 0o600 })
  writeFileSync(`${lost}.lock`, '1')
  await unseal()
  await expect(sealOnce(cast.urls.adminUrl, lost)).rejects.toThrow(/Võtmete faili muudab praegu keegi teine/)
  expect(await unsealed()).toBe(2)
  await sealRows(cast.admin)
})
