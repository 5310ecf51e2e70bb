// Do minutes leave only closed, to somebody who is named, and does it stay on record who gave them to whom?
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Attacker, openAttacker } from '../../../test/attack.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { openContainer } from '../../../test/container.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { openSharing } from '../../cases/basis/basis.server.ts'
import { openViews } from '../../cases/views/views.server.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openForProcess } from '../../core/seal.server.ts'
import { closeAgenda } from '../../meetings/agenda/arrange.server.ts'
import { callMeeting } from '../../meetings/calendar/calendar.server.ts'
import { pledgeSilence } from '../../meetings/live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting } from '../../meetings/live/live.server.ts'
import { approveMinutes, openMinutes, writeMinutes } from '../../meetings/minutes/minutes.server.ts'
import { openSendMinutes, sendMinutes } from './send.server.ts'

vi.setConfig({ testTimeout: 120_000 })
let cast: Cast
let attacker: Attacker
let caseId: string
let id: string
beforeAll(async () => {
  cast = await openCast()
  caseId = await referCase(cast.lea)
  id = (
    await callMeeting.run(cast.lea, {
      ...{ network: cast.networks.ida, mode: 'sitting', onDate: today(), chair: cast.mall.id },
    })
  ).id
  await closeAgenda.run(cast.lea, { id })
  await beginMeeting.run(cast.lea, { id })
  for (const who of [cast.lea, cast.mall]) await pledgeSilence.run(who, { id, silent: 'yes' })
  const words = { outcome: 'planned', words: 'Näidis-otsus', reason: 'Näidis-põhjus' }
  await decideItem.run(cast.lea, { id, case: caseId, ...words })
  await endMeeting.run(cast.lea, { id })
  attacker = await openAttacker(cast, { meeting: id, case: caseId, ida: cast.networks.ida, mall: cast.mall.id })
}, 60_000)
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const to = {
  ...{ name: 'Näidis-Prokurör Paju', organisation: 'Viru Ringkonnaprokuratuur' },
  ...{ email: 'paju@naidis.example', why: 'Näidis: menetluse otsus' },
}
const filesOf = async () => (await openMinutes.run(cast.lea, { id })).outgoing
const letters = async () => {
  const { rows } = await cast.admin.query<{ kind: string; to_sealed: Buffer | null }>(
    'delete from mail_outbox returning kind, to_sealed',
  )
  return rows.flatMap((row) => (row.to_sealed ? [[row.kind, openForProcess('mail', row.to_sealed)]] : []))
}

test('before there are minutes there is nothing to send', async () => {
  await expect(openSendMinutes.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  await expect(sendMinutes.run(cast.lea, { id, ...to, form: 'pdf' })).rejects.toBeInstanceOf(Conflict)
  await writeMinutes.run(cast.lea, { id, ground: 'private_life' })
  expect(await openSendMinutes.run(cast.mall, { id })).toMatchObject({ version: 1, approved: false })
  await approveMinutes.run(cast.mall, { id })
})

test('no file without one who is named, where they work, how they hear of a change, and why', async () => {
  for (const missing of ['name', 'organisation', 'email', 'why', 'form']) {
    const said = { id, ...to, form: 'pdf', [missing]: '' }
    await expect(sendMinutes.run(cast.lea, said)).rejects.toMatchObject({ fields: { [missing]: {} } })
  }
  await expect(sendMinutes.run(cast.lea, { id, ...to, form: 'xlsx' })).rejects.toBeInstanceOf(Invalid)
  expect(await filesOf()).toEqual([])
})

test('what is got is a container that its password opens; what stays says to whom, why, by whom and which, and not the password', async () => {
  for (const [form, begins] of [
    ['pdf', '%PDF'],
    ['docx', 'PK'],
  ] as const) {
    const { file, password, sha256 } = await sendMinutes.run(cast.lea, { id, ...to, form })
    expect(file.name).toBe(`protokoll-${today()}.cdoc2`)
    const opened = openContainer(file.body, password)
    expect([opened.name, opened.body.toString('latin1', 0, begins.length)]).toEqual([
      `protokoll-${today()}.${form}`,
      begins,
    ])
    expect(createHash('sha256').update(file.body).digest('hex')).toBe(sha256)
    const [newest] = await filesOf()
    const { why, ...recipient } = to
    expect(newest).toMatchObject({
      to: recipient,
      why,
      form,
      version: 1,
      sha256,
      onDate: today(),
      sentBy: cast.lea.name,
    })
    const everything = await cast.admin.query<{ line: string }>(
      `select row_to_json(t)::text as line from (select * from outgoing_file) t union all
       select row_to_json(t)::text from (select * from once) t union all select row_to_json(t)::text from (select * from audit_event) t`,
    )
    const text = everything.rows.map(({ line }) => line).join('\n')
    for (const word of [password, to.name, to.email, to.why]) expect(text, word).not.toContain(word)
  }
  expect(await filesOf()).toHaveLength(2)
})

test('“who saw this case” and the page on sharing say it, to the auditor as well; why is for whoever may know', async () => {
  const told = async (who: typeof cast.lea) => (await openViews.run(who, { id: caseId })).outgoing
  for (const who of [cast.lea, cast.aino])
    expect((await told(who))[0]).toMatchObject({ to: { name: to.name, organisation: to.organisation }, why: to.why })
  expect((await told(cast.mall))[0]).toMatchObject({ to: { name: to.name }, why: null })
  expect((await openSharing.run(cast.aino, { id: caseId })).outgoing).toHaveLength(2)
  await expect(openViews.run(cast.max, { id: caseId })).rejects.toBeInstanceOf(NotFound)
})

test('only whoever promised silence there, after a fresh proof, and not more often than a day allows', async () => {
  await expect(sendMinutes.run(cast.max, { id, ...to, form: 'pdf' })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.kim, cast.lou, cast.aino, cast.jaan])
    await expect(sendMinutes.run(who, { id, ...to, form: 'pdf' })).rejects.toBeInstanceOf(Refused)
  const stale = { ...cast.lea, provedAt: new Date(0) }
  await expect(sendMinutes.run(stale, { id, ...to, form: 'pdf' })).rejects.toBeInstanceOf(Refused)
  const row = `insert into outgoing_file (network_id, meeting_id, version, form, recipient_sealed, why_sealed, sha256, sent_by)
    values (':ida', ':meeting', 1, 'pdf', '\\x01', '\\x01', sha256('x'), ':mall')`
  expect(await attacker.attempt('mall', row)).toBe(1)
  for (const who of ['max', 'kim', 'aino', 'lea'] as const)
    expect([who, await attacker.attempt(who, row)]).toEqual([who, '42501'])
  for (const change of [
    'update outgoing_file set version = 2',
    'delete from outgoing_file',
    'delete from outgoing_case',
  ])
    expect([change, await attacker.attempt('lea', change)]).toEqual([change, '42501'])
  for (const who of ['max', 'kim', 'lou', 'jaan'] as const)
    for (const table of ['outgoing_file', 'outgoing_case'])
      expect([who, await attacker.attempt(who, `select id from ${table}`, 'read')]).toEqual([who, 0])
})

test('when the mark of the minutes changes, whoever holds a file of them is told, once, in a letter that says nothing', async () => {
  await letters()
  await sendMinutes.run(cast.mall, { id, ...to, name: 'Näidis-Abi', email: 'abi@naidis.example', form: 'pdf' })
  await writeMinutes.run(cast.lea, { id, ground: 'private_life', reason: 'Näidis: kirjaviga' })
  expect(await letters()).toEqual([])
  await approveMinutes.run(cast.mall, { id })
  await writeMinutes.run(cast.lea, { id, ground: 'internal', reason: 'Näidis: eraelu siin ei ole' })
  expect((await letters()).toSorted()).toEqual([
    ['mark-changed', 'abi@naidis.example'],
    ['mark-changed', 'paju@naidis.example'],
  ])
  // Nobody else writes to somebody outside.
  const letter = (kind: string) => `insert into mail_outbox (kind, to_sealed, locale) values ('${kind}', '\\x01', 'et')`
  expect(await attacker.attempt('lea', letter('mark-changed'))).toBe(1)
  for (const [who, kind] of [
    ['mall', 'mark-changed'],
    ['lou', 'mark-changed'],
    ['lea', 'application'],
  ] as const)
    expect([who, await attacker.attempt(who, letter(kind))]).toEqual([who, '42501'])
})

test('in a browser, without scripts as well: what is missing is said and nothing typed is lost; the file comes with the page and opens', async () => {
  const site: Site = await openSite(cast)
  try {
    for (const [width, scripts] of [
      [390, false],
      [390, true],
      [1280, true],
    ] as const) {
      const see = async (name: string) => (scripts ? look(page, `${name}-${width}`) : undefined)
      const page = await site.as('lea', { width, scripts })
      await page.goto(`/meetings/${id}/minutes`)
      await see('minutes')
      await page.getByRole('link', { name: 'Anna protokoll välja' }).click()
      await page.getByLabel('Kellele fail läheb?').fill('Näidis-Uurija Kuusk')
      await page.getByRole('button', { name: 'Tee krüpteeritud fail' }).click()
      expect(await page.getByLabel('Kellele fail läheb?').inputValue()).toBe('Näidis-Uurija Kuusk')
      await see('send-missing')
      await page.getByLabel('Kus ta töötab?').fill('Ida prefektuur')
      await page.getByLabel('Tema e-post').fill('kuusk@naidis.example')
      await page.getByLabel('Milleks tal seda vaja on?').fill('Näidis: lähenemiskeeld')
      await page.getByRole('button', { name: 'Tee krüpteeritud fail' }).click()
      await page.getByText('Krüpteeritud fail on valmis').waitFor()
      await see('send-ready')
      const waits = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Laadi krüpteeritud fail alla' }).click()
      const download = await waits
      expect(download.suggestedFilename()).toBe(`protokoll-${today()}.cdoc2`)
      const password = (await page.locator('#password').textContent()) ?? ''
      expect(openContainer(await readFile(await download.path()), password).name).toBe(`protokoll-${today()}.pdf`)
      await page.goto(`/cases/${caseId}/views`)
      await page.getByText('Näidis-Uurija Kuusk, Ida prefektuur').first().waitFor()
      await see('views')
      await page.goto(`/cases/${caseId}/sharing`)
      await see('sharing')
      await page.context().close()
    }
  } finally {
    await site.close()
  }
})
