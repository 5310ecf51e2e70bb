// Does a case get a new key when it is closed, once, and is it told why?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAudit } from '../../app/audit/audits.server.ts'
import { retireBait } from '../../app/audit/watch/baits.server.ts'
import { closeCase } from '../../app/cases/closing/closing.server.ts'
import { revealValue } from '../../app/cases/identity/reveal.server.ts'
import { today } from '../../app/core/clock.server.ts'
import { askKeyChange, openKeyChange } from '../../app/safekeeping/keys/key-changes.server.ts'
import { givenBaits, givenLongAgo, noBaits } from '../../test/bait.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { ending, givenClosed, givenDone } from '../../test/closing.ts'
import { openSite } from '../../test/site.ts'
import { changeAsked } from './case-keys.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
}, 60_000)
afterAll(() => cast.close())

const asked = async (id: string) =>
  (await cast.admin.query('select why, asked_by, done_at is null as waits from key_change where case_id = $1', [id]))
    .rows
const wrappedOf = async (id: string) =>
  (await cast.admin.query('select wrapped from sealed_key where owner_id = $1', [id])).rows[0].wrapped as Buffer

test('closing asks for a new key; the process makes it, and the log and the page of the key say why', async () => {
  const id = await givenClosed(cast, today())
  expect(await asked(id)).toEqual([{ why: 'closing', asked_by: cast.lea.id, waits: true }])
  const before = await wrappedOf(id)
  expect(await openKeyChange.run(cast.lea, { id })).toMatchObject({ why: 'closing', askedAt: expect.any(Date) })
  expect(await changeAsked(cast.urls.adminUrl, cast.sys)).toBe(1)
  expect((await wrappedOf(id)).equals(before)).toBe(false)
  expect(await openKeyChange.run(cast.lea, { id })).toMatchObject({ why: 'closing', askedAt: null })
  const { events } = await listAudit.run(cast.lea, { action: 'case.key.changed' })
  expect(events.map(({ caseId, keyWhy }) => [caseId, keyWhy])).toEqual([[id, 'closing']])
  // What was written in it opens as before.
  const { rows } = await cast.admin.query(
    `select id from case_whereabouts where case_id = $1 and kind = 'safe_contact'`,
    [id],
  )
  const look = { id, what: 'whereabouts', item: rows[0].id, purpose: 'contact' }
  expect((await revealValue.run(cast.lea, look)).place?.value).toContain('+372 5550 1234')
  const site = await openSite(cast)
  const page = await site.as('lea')
  for (const [path, words] of [
    [`/cases/${id}/key`, 'Põhjus: Juhtum on lõpetatud.'],
    ['/audit?action=case.key.changed', 'Juhtum on lõpetatud'],
  ] as const) {
    await page.goto(path)
    expect(await page.locator('main').textContent(), path).toContain(words)
  }
  await site.close()
}, 60_000)

test('where a new key is waited for already, none is asked for a second time', async () => {
  const id = await givenDone(cast, today())
  await askKeyChange.run(cast.lea, { id, why: 'suspicion' })
  await closeCase.run(cast.lea, { id, ...ending })
  expect(await asked(id)).toEqual([{ why: 'suspicion', asked_by: cast.lea.id, waits: true }])
})

test('what nobody stands behind was closed in the past and has its key from then, if others have; it still goes wholly', async () => {
  const ours = cast.networks.ida
  await givenLongAgo(cast, ours, { 'M-2022-004': '2022-02-11', 'M-2022-009': '2022-06-02', 'M-2022-015': '2022-11-20' })
  const changesOf = async (baits: string[]) =>
    (await Promise.all(baits.map(asked))).flat().map(({ why, waits }) => [why, waits])
  expect(await changesOf(await givenBaits(cast))).toEqual([])
  await noBaits(cast)
  await cast.admin.query(`update key_change set asked_at = '2001-01-01' where why = 'closing'`)
  const baits = await givenBaits(cast)
  expect(await changesOf(baits)).toEqual(baits.map(() => ['closing', false]))
  const { rows } = await cast.admin.query(
    `select k.changed_at between c.closed_at and c.closed_at + interval '1 minute' as fits from case_closing c
     join sealed_key k on k.owner_id = c.case_id where c.case_id = any ($1)`,
    [baits],
  )
  expect(rows).toEqual(baits.map(() => ({ fits: true })))
  await retireBait.run(cast.aino, { bait: baits[0] })
  expect((await cast.admin.query('select from case_file where id = $1', [baits[0]])).rowCount).toBe(0)
})
