// Does a bait look like any other closed case, ring whoever opens it by whichever way, hold up what gathers, and leave everything else alone?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import '../../routes.ts'
import { baitsIn, givenBaits, givenLongAgo, noBaits } from '../../../test/bait.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { foundAbout, logged } from '../../../test/watch.ts'
import { createApp } from '../../app.tsx'
import { needStates } from '../../cases/case.ts'
import { openCase } from '../../cases/case-file.server.ts'
import { listCases } from '../../cases/cases.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { NotFound, Refused, StandsStill } from '../../core/errors.ts'
import { allOperations } from '../../core/operation.server.ts'
import { takeTurn } from '../../core/turn/turns.server.ts'
import type { Person } from '../../core/user.ts'
import { listAudit } from '../audits.server.ts'
import { keepBaits, listBaits, retireBait } from './baits.server.ts'
import { judgeFinding, listFindings, openFinding } from './findings.server.ts'

let cast: Cast
let second: Person
let own: string
let ida: string[]
const words = 'Näidis: sirvis suletud juhtumeid, rääkisime läbi.'
const years = ['2022', '2023', '2024']
beforeAll(async () => {
  cast = await openCast()
  const { rows } = await cast.admin.query(
    `with made as (insert into person (email, name) values ('arvo@naidis.example', 'Arvo Näidis-Allik') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'auditor', '2020-01-01', '2999-12-31' from made returning person_id`,
  )
  second = (await signIn(cast.admin, rows[0].person_id)).person
  own = await referCase(cast.lea)
  for (const year of years)
    await givenLongAgo(cast, cast.networks.ida, {
      [`M-${year}-004`]: `${year}-02-11`,
      [`M-${year}-009`]: `${year}-06-02`,
      [`M-${year}-015`]: `${year}-11-20`,
    })
}, 60_000)
afterAll(() => cast.close())
beforeEach(async () => {
  await noBaits(cast)
  ida = await givenBaits(cast)
})

const bait = () => ida[0] ?? ''
const closed = { status: 'closed' } as const
const search = (who: Person) => listCases.run(who, { number: '2023' })
const stopped = async (who: Person) => {
  const turn = asPerson('write', who.claim, (db) => takeTurn(db, 'export'))
  return turn.then(
    () => false,
    (error: unknown) => error instanceof StandsStill,
  )
}
const found = async (who: Person = cast.aino) => (await listFindings.run(who, {})).open

test('no filter leads to them, and of a closed case the list says nothing of the support', async () => {
  const listed = async (filter: object) => (await listCases.run(cast.lea, filter)).rows.map((row) => row.id)
  expect(await listed(closed)).toContain(bait())
  for (const need of needStates)
    for (const status of ['closed', 'all']) expect(await listed({ need, status })).not.toContain(bait())
  const app = createApp({ origin: 'http://localhost:3000', secure: false, demo: false })
  const page = async (path: string) => {
    const headers = { cookie: `sid=${cast.cookies.lea}` }
    return (await app.request(`http://localhost:3000${path}`, { headers })).text()
  }
  const lines = async (path: string) => (await page(path)).replace(/<form.*?<\/form>/gs, '')
  expect(await lines('/cases?status=closed')).not.toContain('Ei ole pakutud')
  expect(await lines('/cases')).toContain('Ei ole pakutud')
})

test('each network has as many as are set, once; the number of each agrees with its day', async () => {
  expect(ida).toHaveLength(2)
  expect(await baitsIn(cast, cast.networks.harju)).toHaveLength(2)
  expect(await keepBaits(cast.sys)).toBe(0)
  const { rows } = await cast.admin.query<{ number: string; referred_on: string }>(
    `select number, referred_on::text from case_file where number < 'M-2025' order by number`,
  )
  const inOrder = rows.map(({ referred_on }) => referred_on)
  expect(inOrder).toEqual(inOrder.toSorted())
  expect(rows.every(({ number, referred_on }) => number.slice(2, 6) === referred_on.slice(0, 4))).toBe(true)
})

test('in the list it is told like any closed case, to the lead, the coordinator and the auditor; to a member none of them is', async () => {
  for (const who of [cast.lea, cast.kim, cast.aino]) {
    const { rows } = await listCases.run(who, closed)
    const [theirs, others] = [rows.filter(({ id }) => ida.includes(id)), rows.filter(({ id }) => !ida.includes(id))]
    expect(theirs).toHaveLength(2)
    const shape = (row: object) => Object.entries(row).map(([name, value]) => `${name} ${typeof value}`)
    const shapes = new Set(others.map((row) => shape({ ...row, level: 'x', past: [] }).join()))
    for (const row of theirs) expect(shapes).toContain(shape({ ...row, level: 'x', past: [] }).join())
    for (const { number } of theirs) expect((await listCases.run(who, { ...closed, number })).total).toBe(1)
  }
  expect((await listCases.run(cast.mall, closed)).total).toBe(0)
  for (const id of ida) await expect(openCase.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  expect((await foundAbout(cast, 'mall')).length).toBe(0)
})

test('whatever answers about it rings, in the same moment, and says the same as of another', async () => {
  const asks = allOperations().filter(({ access, roles }) => access === 'read' && roles.includes('lead'))
  let answered = 0
  for (const operation of asks) {
    const before = (await foundAbout(cast, 'lea'))[0]?.count ?? 0
    const said = await operation.run(cast.lea, { id: bait(), case: [bait()] }).catch(() => null)
    // Some ask for no case, and some say back what they were asked for.
    if (said === null || !/"number":"M-/.test(JSON.stringify(said)) || !JSON.stringify(said).includes(bait())) continue
    const after = (await foundAbout(cast, 'lea'))[0]?.count ?? 0
    if (operation.name === 'case.list') expect(after).toBe(before)
    else expect([operation.name, after]).toEqual([operation.name, before + 1])
    answered++
  }
  expect(answered).toBeGreaterThan(8)
})

test('the auditors hear of it at once, by a letter that says nothing and a finding that says who; nobody else hears', async () => {
  await openCase.run(cast.lea, { id: bait() })
  await openCase.run(cast.lea, { id: bait() })
  const { rows } = await cast.admin.query('select person_id, kind, link_sealed from mail_outbox order by person_id')
  const letter = (who: Person) => ({ person_id: who.id, kind: 'new-task', link_sealed: null })
  expect(rows).toEqual([letter(cast.aino), letter(second)].toSorted((a, b) => (a.person_id < b.person_id ? -1 : 1)))
  expect(await found()).toEqual([
    expect.objectContaining({ rule: 'bait', person: 'Lea Näidis-Lind', network: 'Ida-Viru', count: 2 }),
  ])
  for (const who of [cast.lea, cast.mall, cast.kim, cast.max]) {
    await expect(listFindings.run(who, {})).rejects.toBeInstanceOf(Refused)
    await expect(listBaits.run(who, {})).rejects.toBeInstanceOf(Refused)
    const { events } = await listAudit.run(who, {})
    expect(
      events.filter(({ action }) => /watch|bait/.test(action) && !/refused/.test(action)).map((e) => e.result),
    ).toEqual(events.filter(({ action }) => /watch|bait/.test(action)).map(() => 'refused'))
  }
  await expect(listBaits.run(cast.ott, {})).rejects.toBeInstanceOf(Refused)
  expect(await listFindings.run(cast.ott, {})).toMatchObject({ open: [] })
})

test('exports and searches of its network and of whoever opened it stand still; all other work goes on, there and elsewhere', async () => {
  expect(await stopped(cast.mall)).toBe(false)
  await openCase.run(cast.kim, { id: bait() })
  for (const who of [cast.lea, cast.mall, cast.kim]) expect(await stopped(who)).toBe(true)
  for (const who of [cast.lea, cast.mall, cast.kim]) {
    const said = await search(who).catch((error: StandsStill) => error)
    expect(said).toBeInstanceOf(StandsStill)
    expect(said).toMatchObject({ status: 429, seconds: 3600, said: { key: 'core.turn.stopped' } })
  }
  for (const who of [cast.max, cast.aino, cast.lou]) expect(await stopped(who)).toBe(false)
  await search(cast.max)
  await openCase.run(cast.lea, { id: own })
  await listCases.run(cast.mall, {})
  await referCase(cast.lea)
  // Whoever tries has not asked too often, and nothing is found about them for it.
  const { rows } = await cast.admin.query(`select 1 from audit_event where action = 'case.list' and result <> 'done'`)
  expect(rows).toEqual([])
})

test('it goes on with the judgement, or after the hours that are set, and nobody can hold it up twice by the same case', async () => {
  await openCase.run(cast.lea, { id: bait() })
  const [finding] = await found()
  const hours = ((finding?.stopsUntil?.getTime() ?? 0) - (finding?.foundAt.getTime() ?? 0)) / 3_600_000
  expect(hours).toBe(24)
  await judgeFinding.run(cast.aino, { id: finding?.id ?? '', judgement: 'explained', words })
  expect(await stopped(cast.mall)).toBe(false)
  await openCase.run(cast.lea, { id: bait() })
  expect(await found()).toEqual([expect.objectContaining({ rule: 'bait', count: 1, stopsUntil: null })])
  expect(await stopped(cast.lea)).toBe(false)
  // Another person's first look at it is found as well, and holds nothing up either.
  await openCase.run(cast.kim, { id: bait() })
  expect((await found()).map(({ person, stopsUntil }) => [person, stopsUntil])).toContainEqual([
    'Kim Näidis-Koort',
    null,
  ])
  expect(await stopped(cast.mall)).toBe(false)
  await openCase.run(cast.lea, { id: ida[1] ?? '' })
  expect(await stopped(cast.mall)).toBe(true)
  await cast.admin.query(
    `update watch_finding set found_at = found_at - interval '25 hours', stops_until = stops_until - interval '24 hours' where stops_until is not null`,
  )
  expect(await stopped(cast.mall)).toBe(false)
})

test('new ones come once it is judged; those that have grown old go wholly, and a new one takes their place', async () => {
  await openCase.run(cast.lea, { id: bait() })
  expect(await keepBaits(cast.sys)).toBe(0)
  await judgeFinding.run(cast.aino, { id: (await found())[0]?.id ?? '', judgement: 'incident', words })
  expect(await keepBaits(cast.sys)).toBe(1)
  expect(await baitsIn(cast, cast.networks.ida)).toHaveLength(2)
  await cast.admin.query(`update bait_case set made_at = now() - interval '5 years' where case_id = $1`, [ida[1]])
  expect(await keepBaits(cast.sys)).toBe(1)
  expect((await listCases.run(cast.lea, closed)).rows.map(({ id }) => id)).not.toContain(ida[1])
  const traces = await cast.admin.query('select 1 from sealed_key where owner_id = $1', [ida[1]])
  expect(traces.rowCount).toBe(0)
  // The one that was opened stays where it stood.
  expect((await listCases.run(cast.lea, closed)).rows.map(({ id }) => id)).toContain(bait())
})

test('the auditor sees which they are, takes one away, and is found herself where she opens one', async () => {
  const baits = await listBaits.run(cast.aino, {})
  expect(baits.map(({ network }) => network)).toEqual(['Harju', 'Harju', 'Ida-Viru', 'Ida-Viru'])
  await openCase.run(cast.aino, { id: bait() })
  expect(await found()).toEqual([])
  expect(await found(second)).toEqual([expect.objectContaining({ rule: 'bait', person: 'Aino Näidis-Aas' })])
  expect((await listBaits.run(second, {})).filter(({ rangAt }) => rangAt)).toHaveLength(1)
  await retireBait.run(cast.aino, { bait: bait() })
  await expect(retireBait.run(cast.aino, { bait: bait() })).rejects.toBeInstanceOf(NotFound)
  await expect(retireBait.run(cast.aino, { bait: own })).rejects.toBeInstanceOf(NotFound)
  await expect(retireBait.run(cast.ott, { bait: ida[1] })).rejects.toBeInstanceOf(Refused)
  // It was opened, so it stays, and raises nothing any more.
  await openCase.run(cast.lea, { id: bait() })
  expect(await foundAbout(cast, 'lea')).toEqual([])
  await retireBait.run(second, { bait: ida[1] })
  expect((await listCases.run(cast.lea, closed)).rows.map(({ id }) => id)).not.toContain(ida[1])
  // Where she is the only auditor, the administrator judges.
  await cast.admin.query(`update person_role set valid_to = current_date - 2 where person_id = $1`, [second.id])
  const [theirs] = await found(cast.ott)
  expect((await openFinding.run(cast.ott, { id: theirs?.id ?? '' })).finding.rule).toBe('bait')
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [second.id])
})

test('the process itself rings nothing, nor does whoever asks for the erasure of a case', async () => {
  await logged(cast, 'sys', bait(), { action: 'keys.rotate' })
  await logged(cast, 'lea', bait(), { action: 'erasure.ask' })
  await logged(cast, 'lea', bait(), { result: 'denied' })
  expect((await cast.admin.query('select 1 from watch_finding')).rowCount).toBe(0)
  await logged(cast, 'lea', bait(), { action: 'case.timeline' })
  expect((await cast.admin.query('select 1 from watch_finding')).rowCount).toBe(1)
})

test('now and then a number is left out, so that later ones have a place; no case is given it', async () => {
  const year = new Date().getFullYear()
  const { rows } = await cast.admin.query<{ top: string }>(
    `select max(number) as top from case_file where number like $1`,
    [`M-${year}-%`],
  )
  const top = Number(rows[0]?.top?.slice(7) ?? 0)
  await givenLongAgo(cast, cast.networks.harju, { [`M-${year}-${String(top + 20).padStart(3, '0')}`]: `${year}-01-05` })
  await keepBaits(cast.sys)
  await keepBaits(cast.sys)
  const left = await cast.admin.query<{ number: string }>('select number from case_number_left')
  const next = `M-${year}-${String(top + 21).padStart(3, '0')}`
  expect(left.rows).toEqual([{ number: next }])
  const given = await cast.admin.query<{ number: string }>('select next_case_number($1) as number', [year])
  expect(given.rows[0]?.number).toBe(`M-${year}-${String(top + 22).padStart(3, '0')}`)
})
