// Can it be told in plain words who did what, to those who may know and to nobody else?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { openAccount } from '../access/account/accounts.server.ts'
import { listPeople } from '../access/people/people.server.ts'
import { Refused } from '../core/errors.ts'
import { allOperations } from '../core/operation.server.ts'
import { isKey, translator } from '../i18n/i18n.ts'
import '../access-routes.ts'
import '../routes.ts'
import { doorActions, sentenceOf } from './audit.ts'
import { listAudit, perPage } from './audits.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const t = translator('et')

test('everything that can be done has a sentence of its own', () => {
  const names = [...allOperations().map((operation) => operation.name), ...doorActions]
  expect(names.filter((name) => !isKey(`audit.action.${name}`))).toEqual([])
})

test('what happened is told in plain words', () => {
  const event = {
    seq: 1,
    at: new Date(),
    result: 'done',
    caseId: null,
    networkId: null,
    hits: null,
    actorRoles: ['lead'],
    behalf: null,
  }
  const by = { actorId: 'x', actor: 'Kim Näidis-Koort' }
  expect(sentenceOf(t, { ...event, ...by, action: 'people.disable', caseNumber: null })).toBe(
    'Kim Näidis-Koort sulges konto',
  )
  expect(
    sentenceOf(t, { ...event, ...by, behalf: 'Peep Näidis-Pärn', action: 'people.disable', caseNumber: null }),
  ).toBe('Kim Näidis-Koort (asendas: Peep Näidis-Pärn) sulges konto')
  const unnamed = { actorId: 'x', actor: null }
  expect(sentenceOf(t, { ...event, ...unnamed, action: 'x.y', caseNumber: 'M-2026-014' })).toBe(
    'Keegi rollis „Ohvriabitöötaja, võrgustiku juht” tegi toimingu „x.y” M-2026-014',
  )
  expect(
    sentenceOf(t, {
      ...event,
      actorId: null,
      actor: null,
      actorRoles: [],
      action: 'access.passwordFailed',
      caseNumber: null,
    }),
  ).toBe('Sisselogimata inimene proovis sisse logida vale parooliga')
})

test('everybody sees what they did themselves; only the auditor sees the rest', async () => {
  await openAccount.run(cast.lou, {})
  await listPeople.run(cast.kim, {})
  const own = await listAudit.run(cast.lou, {})
  expect(own.events.map((event) => event.action)).toEqual(['account.open'])
  expect((await listAudit.run(cast.max, {})).events).toEqual([])
  const all = await listAudit.run(cast.aino, {})
  expect(all.events.map((event) => event.actor)).toEqual(
    expect.arrayContaining(['Lou Näidis-Lepik', 'Kim Näidis-Koort']),
  )
})

test('a network sees who looked at its cases, and of no others', async () => {
  const ids = { ida: crypto.randomUUID(), harju: crypto.randomUUID() }
  for (const [name, id] of Object.entries(ids)) {
    await cast.admin.query(
      `insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, created_by)
       values ($1, $2, $3, '0045', 'et', 'police', '2026-01-01', 'law', $4)`,
      [cast.networks[name as 'ida'], id, `M-2026-00${name.length}`, cast.lea.id],
    )
    await cast.admin.query('begin')
    await cast.admin.query(`set local app.claim = '${cast.kim.claim}'`)
    await cast.admin.query(
      `select audit_append('case.open', 'case', $1::text, $1::uuid, $2::uuid, 'done', '{}', null, null)`,
      [id, cast.networks[name as 'ida']],
    )
    await cast.admin.query('commit')
  }
  const seen = (await listAudit.run(cast.lea, {})).events.filter((event) => event.caseId)
  expect(seen).toMatchObject([{ caseId: ids.ida, actor: 'Kim Näidis-Koort', caseNumber: 'M-2026-003' }])
  expect((await listAudit.run(cast.lou, {})).events.filter((event) => event.caseId)).toEqual([])
  const found = await listAudit.run(cast.aino, { number: 'm-2026-005' })
  expect(found.events.map((event) => event.caseId)).toEqual([ids.harju])
})

test('the list is narrowed by day, person and action, and nonsense narrows nothing', async () => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Tallinn' }).format(new Date())
  expect(
    (await listAudit.run(cast.aino, { day, person: 'lepik' })).events.every(
      (event) => event.actor === 'Lou Näidis-Lepik',
    ),
  ).toBe(true)
  expect((await listAudit.run(cast.aino, { day: '01.01.2020' })).events).toEqual([])
  expect((await listAudit.run(cast.aino, { person: '%' })).events).toEqual([])
  expect((await listAudit.run(cast.aino, { action: 'people.list' })).events).toHaveLength(1)
  expect((await listAudit.run(cast.aino, { day: 'eile', before: 'x' })).events.length).toBeGreaterThan(3)
})

test('older events are a page further', async () => {
  for (let more = 0; more < perPage; more++) {
    await cast.admin.query(`select audit_append('setting.list', null, null, null, null, 'done', '{}', null, null)`)
  }
  const first = await listAudit.run(cast.aino, {})
  expect([first.events.length, first.more]).toEqual([perPage, true])
  const next = await listAudit.run(cast.aino, { before: first.events.at(-1)?.seq })
  expect(next.events[0]?.seq).toBeLessThan(first.events.at(-1)?.seq ?? 0)
})

test('the process itself opens no log', async () => {
  await expect(listAudit.run(cast.sys, {})).rejects.toBeInstanceOf(Refused)
})
