// Who sees what was found, who judges it, and does nobody else hear of it – least of all the one it is about?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import '../../routes.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { foundAbout, givenCases, logged, quiet } from '../../../test/watch.ts'
import { setSetting } from '../../access/settings/set.server.ts'
import { listSettings, openSetting } from '../../access/settings/settings.server.ts'
import { goThroughRules } from '../../cases/views/rounds.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { listAudit } from '../audits.server.ts'
import { findingsWaiting, judgeFinding, listFindings, openFinding } from './findings.server.ts'

let cast: Cast
let second: Person
let caseId: string
let id: string
const words = 'Näidis: juht palus tal juhtumi üle vaadata'
beforeAll(async () => {
  cast = await openCast()
  const { rows } = await cast.admin.query(
    `with made as (insert into person (email, name) values ('arvo@naidis.example', 'Arvo Näidis-Allik') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'auditor', '2020-01-01', '2999-12-31' from made returning person_id`,
  )
  second = (await signIn(cast.admin, rows[0].person_id)).person
  caseId = (await givenCases(cast, 1))[0] ?? ''
})
afterAll(() => cast.close())
beforeEach(async () => {
  await quiet(cast)
  await logged(cast, 'mall', caseId, { action: 'case.reveal' })
  await goThroughRules(cast.sys)
  id = (await foundAbout(cast, 'mall'))[0]?.id ?? ''
})
const office = (end: string) =>
  cast.admin.query(`update person_role set valid_to = ${end} where person_id = $1`, [second.id])

test('the auditor sees who, which case and what the log says, and judges it once with a reason', async () => {
  const { open, tally, silent } = await listFindings.run(cast.aino, {})
  expect(open).toEqual([
    expect.objectContaining({ id, rule: 'reveal', person: 'Mall Näidis-Maasik', network: 'Ida-Viru' }),
  ])
  expect(silent).toBe(false)
  expect(tally).toEqual([{ rule: 'reveal', found: 1, explained: 0, incidents: 0 }])
  const { events } = await openFinding.run(cast.aino, { id })
  expect(events.map(({ action }) => action)).toEqual(['case.reveal'])
  expect(await asPerson('read', cast.aino.claim, findingsWaiting)).toEqual({ waiting: 1, silent: false })
  await expect(judgeFinding.run(cast.aino, { id, judgement: 'incident', words: 'ei' })).rejects.toBeInstanceOf(Invalid)
  await expect(judgeFinding.run(cast.aino, { id, words })).rejects.toBeInstanceOf(Invalid)
  await judgeFinding.run(cast.aino, { id, judgement: 'incident', words })
  await expect(judgeFinding.run(second, { id, judgement: 'explained', words })).rejects.toBeInstanceOf(Conflict)
  const after = await listFindings.run(second, {})
  expect([after.open, after.judged.map(({ judgement, judgedBy }) => [judgement, judgedBy])]).toEqual([
    [],
    [['incident', 'Aino Näidis-Aas']],
  ])
  expect(after.tally).toEqual([{ rule: 'reveal', found: 1, explained: 0, incidents: 1 }])
  expect((await openFinding.run(second, { id })).words).toBe(words)
  const { rows } = await cast.admin.query('select w::text as line from watch_finding w')
  expect(JSON.stringify(rows)).not.toContain('palus')
  expect(await asPerson('read', cast.aino.claim, findingsWaiting)).toEqual({ waiting: 0, silent: false })
})

test('nobody else hears of it: not she, not her lead, not who runs the service; and the log of the network is silent', async () => {
  await openFinding.run(cast.aino, { id })
  await judgeFinding.run(cast.aino, { id, judgement: 'explained', words })
  for (const who of ['mall', 'lea', 'kim', 'lou', 'sirje', 'peep', 'max', 'tiia', 'jaan'] as const) {
    for (const work of [listFindings, openFinding, judgeFinding])
      await expect(work.run(cast[who], { id, judgement: 'explained', words })).rejects.toBeInstanceOf(Refused)
    const seen = await asPerson('read', cast[who].claim, (db) => db.selectFrom('watchFinding').select('id').execute())
    expect(seen).toEqual([])
    const { events } = await listAudit.run(cast[who], {})
    expect(events.filter(({ action, actorId }) => action.startsWith('watch.') && actorId !== cast[who].id)).toEqual([])
  }
  const admin = await asPerson('read', cast.ott.claim, (db) => db.selectFrom('watchFinding').select('id').execute())
  expect(admin).toEqual([])
  await expect(openFinding.run(cast.ott, { id })).rejects.toBeInstanceOf(NotFound)
})

test('what was said of a look goes with the case that is erased; that it was judged, and how, stays', async () => {
  await judgeFinding.run(cast.aino, { id, judgement: 'incident', words })
  const judged = await asPerson('read', second.claim, (db) =>
    db.selectFrom('watchFinding').select('wordsSealed').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  expect(judged.wordsSealed).not.toBeNull()
  await cast.admin.query('begin')
  try {
    await cast.admin.query('select erase_case($1)', [caseId])
    const { rows } = await cast.admin.query('select judgement, words_sealed from watch_finding where id = $1', [id])
    expect(rows).toEqual([{ judgement: 'incident', words_sealed: null }])
  } finally {
    await cast.admin.query('rollback')
  }
})

test('what was found about an auditor is for the other one; where there is none, for the administrator', async () => {
  await quiet(cast)
  for (let nth = 0; nth < 5; nth++) await logged(cast, 'aino', null, { result: 'refused', action: 'case.close' })
  await goThroughRules(cast.sys)
  const own = (await foundAbout(cast, 'aino'))[0]?.id ?? ''
  expect((await listFindings.run(cast.aino, {})).open).toEqual([])
  await expect(openFinding.run(cast.aino, { id: own })).rejects.toBeInstanceOf(NotFound)
  await expect(judgeFinding.run(cast.aino, { id: own, judgement: 'explained', words })).rejects.toBeInstanceOf(NotFound)
  expect((await listFindings.run(second, {})).open.map((one) => one.id)).toEqual([own])
  await expect(openFinding.run(cast.ott, { id: own })).rejects.toBeInstanceOf(NotFound)
  await office('current_date - 2')
  expect((await listFindings.run(cast.ott, {})).open.map((one) => one.id)).toEqual([own])
  await openFinding.run(cast.ott, { id: own })
  await judgeFinding.run(cast.ott, { id: own, judgement: 'explained', words })
  // Reading the log is her work: of what is found about herself it is silent too, down to how many others saw in a list.
  const told = async (who: Person) =>
    (await listAudit.run(who, {})).events.filter(
      ({ action, actorId }) => action.startsWith('watch.') && actorId !== who.id,
    )
  expect(await told(cast.aino)).toEqual([])
  await office(`'2999-12-31'`)
  const others = (await told(second)).map(({ action }) => action)
  expect(others).toEqual(expect.arrayContaining(['watch.judge', 'watch.open']))
  expect(others).not.toContain('watch.list')
  const round = asPerson('read', cast.aino.claim, (db) => db.selectFrom('watchRound').select('found').execute())
  await expect(round).rejects.toBeInstanceOf(NotFound)
})

test('an auditor before whom a wall stands finds neither the case nor what was found in it', async () => {
  await cast.admin.query(
    `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
     select $1, network_id, id, number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from case_file where id = $2`,
    [second.id, caseId],
  )
  expect((await listFindings.run(second, {})).open).toEqual([])
  await expect(openFinding.run(second, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(judgeFinding.run(second, { id, judgement: 'explained', words })).rejects.toBeInstanceOf(NotFound)
  await cast.admin.query('delete from wall')
})

test('that the rules are not gone through any more is told after three hours', async () => {
  await cast.admin.query(`update watch_round set at = now() - interval '181 minutes'`)
  expect((await listFindings.run(cast.aino, {})).silent).toBe(true)
  expect((await asPerson('read', cast.aino.claim, findingsWaiting)).silent).toBe(true)
  await cast.admin.query('delete from watch_round')
  expect(await listFindings.run(cast.aino, {})).toMatchObject({ silent: true, lastRound: null })
})

test('by what the log is gone through is set by the auditor, read by nobody else, and the auditor sets nothing besides', async () => {
  const value = { value: '9', validFrom: '2099-01-01', note: 'Näidis' }
  for (const who of [cast.kim, cast.ott])
    await expect(setSetting.run(who, { name: 'watchDenials', ...value })).rejects.toBeInstanceOf(Conflict)
  await expect(setSetting.run(cast.aino, { name: 'maxActiveCases', ...value })).rejects.toBeInstanceOf(Conflict)
  await setSetting.run(cast.aino, { name: 'watchDenials', ...value })
  await cast.admin.query(`update setting set valid_from = '2020-01-01' where name = 'watchDenials'`)
  const now = (who: Person) => asPerson('read', who.claim, async (db) => (await settingsOn(db)).watchDenials)
  expect([await now(cast.aino), await now(cast.kim), await now(cast.ott), await now(cast.lea)]).toEqual([9, 5, 5, 5])
  for (const who of [cast.kim, cast.ott, cast.peep])
    await expect(openSetting.run(who, { name: 'watchDenials' })).rejects.toBeInstanceOf(NotFound)
  expect((await openSetting.run(cast.aino, { name: 'watchDenials' })).inForce).toBe(9)
  const { history } = await listSettings.run(cast.kim, {})
  expect(history.filter(({ name }) => name.startsWith('watch'))).toEqual([])
  await cast.admin.query(`delete from setting where name = 'watchDenials'`)
})
