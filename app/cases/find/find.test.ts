// Does whoever is told a name find her case, and nobody else anything?
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { foundAbout, logged } from '../../../test/watch.ts'
import { createApp } from '../../app.tsx'
import { whyWords } from '../../audit/audit.ts'
import { listAudit } from '../../audit/audits.server.ts'
import { openFinding } from '../../audit/watch/findings.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { Refused, TooMany } from '../../core/errors.ts'
import { logTo } from '../../core/log.server.ts'
import { allOperations } from '../../core/operation.server.ts'
import { csrfToken } from '../../core/session.server.ts'
import { isoDate } from '../../i18n/format.ts'
import { translator } from '../../i18n/i18n.ts'
import { addAdult } from '../adults/adults.server.ts'
import { openCase } from '../case-file.server.ts'
import { nameKeys } from '../repeat/name-key.ts'
import { goThroughRules } from '../views/rounds.server.ts'
import { openViews } from '../views/views.server.ts'
import { partOf, personDays } from '../views/views.ts'
import { findCases } from './find.server.ts'
import { wantedOf } from './find.ts'

const origin = 'http://localhost:3000'
const code = '47101010033'
let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  id = await referCase(cast.lea, {
    victim: { ...typed.victim, givenName: 'Jelena', familyName: 'Näidis-Õunapuu', formerNames: 'Näidis-Žukova' },
    perpetrator: {
      relation: 'Endine abikaasa',
      givenName: 'Sergei',
      familyName: 'Näidis-Kask',
      nationalId: '37605030299',
    },
  })
}, 60_000)
afterAll(() => cast.close())

const find = async (who: CastName, name: string) =>
  (await findCases.run(cast[who], { who: name, purpose: 'called' })).found
const numbers = async (who: CastName, name: string) => (await find(who, name)).map((one) => one.id)

const walled = () =>
  cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [cast.mall.id, id],
  )

test('in other letters, in either order, by a former name or by the code, with a comma or without', async () => {
  for (const name of [
    'Jelena Näidis-Õunapuu',
    'elena naidis-ounapuu',
    'Näidis-Õunapuu, Jelena',
    'Елена Найдис-Оунапуу',
    'Õunapuu Jelena',
    'Jelena Näidis-Zhukova',
  ])
    expect([name, await numbers('lea', name)]).toEqual([name, [id]])
  expect(await find('mall', 'Sergei Kask')).toMatchObject([{ id, kind: 'perpetrator', how: 'name' }])
  expect(await find('mall', ' 3760503 0299 ')).toMatchObject([{ id, kind: 'perpetrator', how: 'code' }])
})

test('the answer holds a number, what somebody is in the case and how it was found, and no name', async () => {
  const [found] = await find('lea', 'Jelena Õunapuu')
  expect(Object.keys(found ?? {}).toSorted()).toEqual(['county', 'how', 'id', 'kind', 'number', 'referredOn', 'status'])
})

test('somebody who is in danger beside her is found, until they are taken out of the case', async () => {
  const away = await referCase(cast.lea)
  await addAdult.run(cast.lea, {
    id: away,
    givenName: 'Maimu',
    familyName: 'Näidis-Vaher',
    relation: 'Ema',
    atRisk: 'Näidis: elab samas majas.',
  })
  expect(await find('lea', 'Maimu Vaher')).toMatchObject([{ id: away, kind: 'adult' }])
  await cast.admin.query(`update case_person set superseded_at = now() where case_id = $1 and kind = 'adult'`, [away])
  expect(await find('lea', 'Maimu Vaher')).toEqual([])
})

test('another network finds nothing, nor does whoever stands behind a wall, and both hear the same', async () => {
  const said = async (who: CastName) => JSON.stringify(await find(who, 'Jelena Näidis-Õunapuu'))
  expect(await said('max')).toBe('[]')
  await walled()
  expect(await said('mall')).toBe('[]')
  await cast.admin.query('delete from wall where person_id = $1', [cast.mall.id])
})

test('who keeps no cases may not search, whatever the name', async () => {
  for (const who of ['kim', 'aino', 'lou', 'sirje', 'peep', 'ott', 'jaan', 'tiia'] as const)
    await expect(find(who, 'Jelena Näidis-Õunapuu')).rejects.toBeInstanceOf(Refused)
})

test('half a name, a wrong code and another reason without words are refused at their fields', async () => {
  const run = (input: Record<string, string>) => findCases.run(cast.lea, { purpose: 'called', ...input })
  await expect(run({ who: 'Jelena' })).rejects.toMatchObject({ fields: { who: { key: 'cases.find.fault.name' } } })
  await expect(run({ who: '47101010034' })).rejects.toMatchObject({ fields: { who: { key: 'cases.find.fault.code' } } })
  await expect(run({ who: 'Anna Org', purpose: 'other' })).rejects.toMatchObject({ fields: { reason: {} } })
  await expect(run({ who: 'Anna Org', purpose: '' })).rejects.toMatchObject({ fields: { purpose: {} } })
})

test('the log knows that, why and how many, the same search again, and not whom', async () => {
  for (let turn = 0; turn < 2; turn++) await find('lea', 'Jelena Näidis-Õunapuu')
  const { rows } = await cast.admin.query(
    `select object_id, hits, reason_sealed is not null as reasoned, to_jsonb(e)::text as whole from audit_event e where action = 'case.find' order by seq desc limit 2`,
  )
  expect(rows).toMatchObject([
    { hits: 1, reasoned: true },
    { hits: 1, reasoned: true },
  ])
  expect(rows[0].object_id).toBe(rows[1].object_id)
  for (const { whole } of rows) expect(whole).not.toMatch(/jelena|unapuu/i)
})

test('each case that was found says who found it, by which kind of thing and why, to those who answer for it and to nobody else', async () => {
  const beside = await referCase(cast.lea)
  const before = await cast.admin.query('select max(seq) as seq from audit_event')
  await findCases.run(cast.mall, { who: 'Sergei Kask', purpose: 'meeting' })
  await findCases.run(cast.mall, { who: '37605030299', purpose: 'other', reason: 'Näidis: politsei küsis üle.' })
  await find('mall', 'Keegi Näidis-Olematu')
  const { rows } = await cast.admin.query(
    'select action, case_id, object_id, fields, actor, hits, to_jsonb(e)::text as whole from audit_event e where seq > $1 order by seq',
    [before.rows[0].seq],
  )
  const said = { case_id: id, object_id: null, fields: [], actor: cast.mall.id, hits: null }
  expect(rows).toMatchObject([
    { ...said, action: 'case.found.name' },
    { action: 'case.find', case_id: null, hits: 1 },
    { ...said, action: 'case.found.code' },
    { action: 'case.find', case_id: null, hits: 1 },
    { action: 'case.find', case_id: null, hits: 0 },
  ])
  for (const { whole } of rows) expect(whole).not.toMatch(/sergei|kask|37605030299|politsei/i)
  const changes = new Set(allOperations().flatMap(({ access, name }) => (access === 'write' ? [name] : [])))
  const told = async (who: CastName, of = id) =>
    personDays((await openViews.run(cast[who], { id: of, person: cast.mall.id })).events, changes).flatMap(
      ({ opened }) => opened.filter(({ action }) => partOf(action) === 'found').slice(-2),
    )
  for (const who of ['lea', 'aino'] as const)
    expect(await told(who)).toMatchObject([
      { action: 'case.found.name', purpose: 'meeting' },
      { action: 'case.found.code', purpose: 'other: Näidis: politsei küsis üle.' },
    ])
  expect(await told('lea', beside)).toEqual([])
  const app = createApp({ origin, secure: false, demo: true })
  const page = await app.request(`${origin}/cases/${id}/views`, { headers: { cookie: `sid=${cast.cookies.lea}` } })
  expect((await page.text()).replace(/\s+/g, ' ')).toMatch(
    /leidis juhtumi nime järgi\. Põhjus: .*leidis juhtumi isikukoodi järgi\. Põhjus: Muu põhjus – Näidis: politsei/,
  )
  // Another network reads nothing of it, nor does whoever stands before a wall, though she found it herself.
  const heard = async (who: CastName) =>
    (await listAudit.run(cast[who], {})).events.filter((one) => one.caseId === id && partOf(one.action) === 'found')
      .length
  expect(await heard('max')).toBe(0)
  const own = await heard('mall')
  await walled()
  expect([own > 0, await heard('mall')]).toEqual([true, 0])
  await cast.admin.query('delete from wall where person_id = $1', [cast.mall.id])
})

test('names looked for with nothing opened afterwards are found like codes; whoever opens a case within the hour is at work', async () => {
  const yesterday = addDays(isoDate(new Date()), -1)
  const at = (time: string) => new Date(`${yesterday}T${time}Z`)
  for (const who of ['max', 'mall'] as const)
    for (let nth = 0; nth < 5; nth++) await logged(cast, who, null, { at: at('10:00:00'), action: 'case.find' })
  await logged(cast, 'mall', id, { at: at('10:59:00') })
  await goThroughRules(cast.sys)
  expect(await foundAbout(cast, 'max')).toMatchObject([{ rule: 'codes', count: 5 }])
  expect(await foundAbout(cast, 'mall')).toEqual([])
})

test('whoever judges reads why somebody was looked for, and not whom', async () => {
  const who = 'Jelena Näidis-Õunapuu'
  await findCases.run(cast.max, { who, purpose: 'other', reason: 'Näidis-politsei palus kontrollida.' })
  await cast.admin.query(`update watch_finding set last_seq = (select max(seq) from audit_event) where rule = 'codes'`)
  const { rows } = await cast.admin.query(`select id from watch_finding where rule = 'codes'`)
  const { events } = await openFinding.run(cast.aino, { id: rows[0].id })
  const [found] = events.filter(({ action, why }) => action === 'case.find' && why)
  expect(whyWords(translator('et'), found?.why ?? '')).toBe('Muu põhjus – Näidis-politsei palus kontrollida.')
  expect(JSON.stringify(events)).not.toMatch(/jelena/i)
})

test('so many a day and no more, with a refusal in the log', async () => {
  await cast.admin.query(
    `insert into setting (name, value, valid_from, note, set_by) values ('findsPerDay', '1', current_date, 'Näidis', $1)`,
    [cast.kim.id],
  )
  const other = await referCase(cast.max)
  expect(await numbers('max', 'Anna Näidis-Org').catch((error) => error)).toBeInstanceOf(TooMany)
  await cast.admin.query(`update setting set value = '200' where name = 'findsPerDay'`)
  expect(await numbers('max', 'Anna Näidis-Org')).toEqual([other])
})

test('the page keeps what was typed where something is missing, and the answer is kept by no browser', async () => {
  const app = createApp({ origin, secure: false, demo: true })
  const post = (purpose: string) =>
    app.request(`${origin}/cases/find`, {
      method: 'POST',
      headers: { cookie: `sid=${cast.cookies.lea}`, origin },
      body: new URLSearchParams({ _csrf: csrfToken(cast.lea), _once: randomUUID(), who: 'Anna Näidis-Org', purpose }),
    })
  const missing = await post('')
  expect(missing.status).toBe(422)
  expect(await missing.text()).toContain('value="Anna Näidis-Org"')
  const answer = await post('called')
  expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('location')]).toEqual([
    200,
    'no-store',
    null,
  ])
  const text = await answer.text()
  expect(text).toContain(
    (await openCase.run(cast.lea, { id: (await numbers('lea', 'Anna Näidis-Org'))[0] ?? '' })).head.number,
  )
  expect(text).not.toContain('Anna')
})

test('10,000 names: whatever order and commas, what was typed has a key of whoever bears it', () => {
  const word = fc.stringMatching(/^[A-ZÕÄÖÜŠŽ][a-zõäöüšž]{2,9}$/)
  fc.assert(
    fc.property(word, word, fc.option(word), fc.boolean(), (given, family, second, turned) => {
      const familyName = second ? `${family}-${second}` : family
      const who = turned ? `${familyName}, ${given}` : `${given} ${familyName}`
      const keys = nameKeys({ givenName: given, familyName })
      const wanted = wantedOf(who)
      expect('names' in wanted && keys.some((key) => wanted.names.includes(key))).toBe(keys.length > 0)
    }),
    { numRuns: 10_000 },
  )
  expect(wantedOf(code)).toEqual({ code })
})
