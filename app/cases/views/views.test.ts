// Can it be read in plain words who looked at a case and why, by those who answer for it and in as far as they may know?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { askGlass } from '../break-glass/ask.server.ts'
import { openGlass } from '../break-glass/look.server.ts'
import { answerGlass, listGlass } from '../break-glass/watch.server.ts'
import { openCase } from '../case-file.server.ts'
import { revealValue } from '../identity/reveal.server.ts'
import { listAssessments } from '../risk/assessments.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { openViews } from './views.server.ts'
import { personDays, type Seen } from './views.ts'

let cast: Cast
let site: Site
let id: string
beforeAll(async () => {
  cast = await openCast()
  id = await referCase(cast.lea)
  const { rows } = await cast.admin.query(`select id from case_person where case_id = $1 and kind = 'victim'`, [id])
  const item = rows[0].id
  for (let look = 0; look < 2; look++) await openCase.run(cast.lea, { id })
  await listAssessments.run(cast.lea, { id })
  await openTimeline.run(cast.mall, { id })
  await revealValue.run(cast.lea, { id, what: 'identity', item, purpose: 'other', reason: 'Näidis: kohtusse kaasa' })
  await revealValue.run(cast.kim, { id, what: 'identity', item, reason: 'Näidis: tugiisiku küsimus' })
  await expect(openCase.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await letIn()
}, 60_000)

/** Max, in an emergency and with Kim's yes; he looks at the whole case twice. */
async function letIn(): Promise<void> {
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [id])
  await askGlass.run(cast.max, { number: rows[0].number, ground: 'police', words: 'Näidis: politsei otsib inimest' })
  const glass = (await listGlass.run(cast.max, {})).mine[0]?.id ?? ''
  await answerGlass.run(cast.kim, { id: glass, answer: 'yes' })
  for (let look = 0; look < 2; look++) await openGlass.run(cast.max, { id: glass })
}

afterAll(async () => {
  await site?.close()
  await cast.close()
})

const textOf = async (who: CastName, query = '') => {
  site ??= await openSite(cast)
  const page = await site.as(who)
  await page.goto(`/cases/${id}/views${query}`)
  const text = ((await page.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')
  await page.context().close()
  return text
}

test('the lead reads who looked how often, at what and why, and who tried in vain', async () => {
  const text = await textOf('lea')
  expect(text).toMatch(/Lea Näidis-Lind.*Ohvriabitöötaja.*Vaatas 3 korda: ülevaade, risk\./)
  expect(text).toMatch(/avas varjatud andmed: kannatanu\. Põhjus: Muu põhjus – Näidis: kohtusse kaasa\./)
  expect(text).toMatch(/Kim Näidis-Koort.*avas varjatud andmed: kannatanu\. Põhjus: Näidis: tugiisiku küsimus\./)
  expect(text).toMatch(/Mall Näidis-Maasik.*Vaatas ühe korra: ajajoon\./)
  expect(text).toMatch(
    /Max Näidis-Mets.*Püüdis ühe korra vaadata või muuta, aga tal ei ole selleks õigust: ülevaade\. Ei lubatud/,
  )
})

test('whoever was let in in an emergency: each look at the whole case is told by itself, with its reason', async () => {
  const told = /Kell \d\d\.\d\d vaatas hädajuurdepääsuga tervet juhtumit\. Põhjus: Näidis: politsei otsib inimest\./g
  expect((await textOf('lea')).match(told)).toHaveLength(2)
  const asMember = await textOf('mall')
  expect(asMember.match(/vaatas hädajuurdepääsuga tervet juhtumit\. Põhjus on kirjas/g)).toHaveLength(2)
  expect(asMember).not.toContain('politsei otsib')
})

test('the auditor knows the reasons, a member that there are some, and another network nothing', async () => {
  const asAuditor = await openViews.run(cast.aino, { id })
  expect(asAuditor.events.filter((event) => event.purpose !== null)).toHaveLength(4)
  const asMember = await openViews.run(cast.mall, { id })
  expect(asMember.events.filter((event) => event.purposeKept)).toHaveLength(4)
  expect(asMember.events.filter((event) => event.purpose !== null)).toEqual([])
  expect(await textOf('mall')).not.toContain('kohtusse kaasa')
  await expect(openViews.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
})

test('one person, one day and what cannot be read', async () => {
  const { events } = await openViews.run(cast.lea, { id, person: cast.mall.id })
  expect(new Set(events.map((event) => event.actor))).toEqual(new Set([cast.mall.name]))
  expect((await openViews.run(cast.lea, { id, day: '01.01.2020' })).events).toEqual([])
  expect((await openViews.run(cast.lea, { id, day: 'eile', person: 'x', before: 'y' })).events.length).toBeGreaterThan(
    5,
  )
  expect(await textOf('lea', '?day=01.01.2020')).toContain('ei leidu kedagi')
})

test('whoever asked in vain does not learn from the log that there was something', async () => {
  const seen = await asPerson('read', cast.max.claim, (db) =>
    db.selectFrom('auditEvent').select('caseId').where('result', '=', 'denied').execute(),
  )
  expect(seen).toEqual([])
  await expect(openCase.run(cast.max, { id: crypto.randomUUID() })).rejects.toBeInstanceOf(NotFound)
  const { rows } = await cast.admin.query(
    `select case_id, network_id, fields from audit_event where result = 'denied' and actor = $1 order by seq`,
    [cast.max.id],
  )
  expect(rows.at(0)).toEqual({ case_id: id, network_id: cast.networks.ida, fields: ['id'] })
  expect(rows.at(-1)).toEqual({ case_id: null, network_id: null, fields: ['id'] })
})

test('what somebody did in another’s place stands by itself', () => {
  const event: Seen = {
    ...{
      seq: 1,
      at: new Date('2026-11-23T22:30:00Z'),
      action: 'case.open',
      result: 'done',
      actorId: 'k',
      actor: 'Kim',
      actorThen: null,
      behalfThen: null,
    },
    ...{
      actorRoles: ['coordinator'],
      behalf: null,
      objectKind: null,
      itemKind: null,
      purpose: null,
      purposeKept: false,
    },
  }
  const days = personDays(
    [{ ...event, behalf: 'Peep' }, event, { ...event, action: 'case.assess' }],
    new Set(['case.assess']),
  )
  expect(days.map(({ day, behalf, looked, changed }) => [day, behalf, looked.count, changed.parts])).toEqual([
    ['2026-11-24', 'Peep', 1, []],
    ['2026-11-24', null, 1, ['risk']],
  ])
})

test('the page is for everybody, on a phone, on a desk and on paper', async () => {
  site ??= await openSite(cast)
  for (const [who, path] of [
    ['lea', `/cases/${id}/views`],
    ['aino', '/audit'],
  ] as const) {
    for (const width of [390, 1280] as const) {
      const page = await site.as(who, { width })
      await page.goto(path)
      await look(page, `${path.split('/').at(-1)}-${width}`)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.tv-filter').first().isVisible()).toBe(false)
      await page.context().close()
    }
  }
}, 120_000)
