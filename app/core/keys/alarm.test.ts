// What does a person meet, and what does the log keep, when somebody has touched a sealed value behind the program's back?
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { createApp } from '../../app.tsx'
import { logTo } from '../log.server.ts'
import type { Env } from '../page.tsx'
import { csrfToken } from '../session.server.ts'
import { alarmAction } from './alarm.server.ts'

const origin = 'http://localhost:3000'
const lines: string[] = []
let cast: Cast
let app: Hono<Env>
let id: string

beforeAll(async () => {
  cast = await openCast()
  logTo((line) => lines.push(line))
  app = createApp({ origin, secure: false, demo: true })
})
afterAll(() => cast.close())
beforeEach(async () => {
  id = await referCase(cast.lea)
  lines.length = 0
})

const headers = () => ({ cookie: `sid=${cast.cookies.lea}`, origin })
const open = (path: string) => app.request(`${origin}${path}`, { headers: headers() })

async function reveal(item: string) {
  const body = new URLSearchParams({ _csrf: csrfToken(cast.lea), purpose: 'contact' })
  return app.request(`${origin}/cases/${id}/reveal/whereabouts/${item}`, { method: 'POST', headers: headers(), body })
}

async function contactOf(caseId: string): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `select id from case_whereabouts where case_id = $1 and kind = 'safe_contact'`,
    [caseId],
  )
  return rows[0]?.id ?? ''
}

async function alarms() {
  const { rows } = await cast.admin.query(
    'select actor, object_kind, object_id, case_id, result, fields from audit_event where action = $1 and case_id = $2 order by seq',
    [alarmAction, id],
  )
  return rows
}

/** The page is calm, shows nothing, and its number is the one in the log and in the audit. */
async function expectAlarm(answer: Response, place: string, row: string) {
  const page = await answer.text()
  expect(answer.status).toBe(409)
  expect(page).toContain('<h1>Seda ei saa avada</h1>')
  expect(page).toContain('Seda väärtust ei saa avada')
  expect(page).not.toContain('5550 1234')
  const [alarm, ...more] = await alarms()
  expect(more).toEqual([])
  const incident = alarm.fields[1]
  expect(alarm).toEqual({
    ...{ actor: cast.lea.id, object_kind: 'sealed', object_id: row, case_id: id, result: 'alarm' },
    fields: [place, incident],
  })
  expect(page).toContain(incident)
  expect(lines.filter((line) => line.includes('"unopenable"') && line.includes(incident))).toHaveLength(1)
}

test('a flipped byte: a calm page, an alarm, and the look itself has not happened', async () => {
  const item = await contactOf(id)
  await cast.admin.query(
    'update case_whereabouts set value_sealed = set_byte(value_sealed, 40, 255 - get_byte(value_sealed, 40)) where id = $1',
    [item],
  )
  await expectAlarm(await reveal(item), 'case_whereabouts.value_sealed', item)
  const { rowCount } = await cast.admin.query('select from reveal where case_id = $1', [id])
  expect(rowCount).toBe(0)
})

test('a value put into the row of another case', async () => {
  const [item, other] = [await contactOf(id), await contactOf(await referCase(cast.lea))]
  await cast.admin.query(
    'update case_whereabouts set value_sealed = (select value_sealed from case_whereabouts where id = $2) where id = $1',
    [item, other],
  )
  await expectAlarm(await reveal(item), 'case_whereabouts.value_sealed', item)
})

test('the key of another case', async () => {
  const other = await referCase(cast.lea)
  await cast.admin.query(
    'update sealed_key set wrapped = (select wrapped from sealed_key where owner_id = $2) where owner_id = $1',
    [id, other],
  )
  await expectAlarm(await open(`/cases/${id}/brief`), 'sealed_key.wrapped', id)
})

test('the name of a master key that nobody has', async () => {
  await cast.admin.query(`update sealed_key set master_id = 'master-unknown' where owner_id = $1`, [id])
  await expectAlarm(await open(`/cases/${id}/brief`), 'sealed_key.wrapped', id)
})

test('the auditor sees on the first page that there was an alarm, and in the log where', async () => {
  await cast.admin.query(`update sealed_key set wrapped = '\\x01' where owner_id = $1`, [id])
  await open(`/cases/${id}/brief`)
  const as = (path: string) => app.request(`${origin}${path}`, { headers: { cookie: `sid=${cast.cookies.aino}` } })
  expect(await (await as('/')).text()).toContain('suletud väärtused, mis ei avane')
  expect(await (await as('/audit')).text()).toContain('kohtas suletud väärtust, mis ei avane')
})
