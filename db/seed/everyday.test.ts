// Does whoever tries the demonstration find something of what support persons take on, are told and are paid?
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listCases } from '../../app/cases/cases.server.ts'
import { addDays } from '../../app/core/calendar/working-days.ts'
import { today } from '../../app/core/clock.server.ts'
import { connect, disconnect } from '../../app/core/db.server.ts'
import { useKeys } from '../../app/core/seal.server.ts'
import type { Person } from '../../app/core/user.ts'
import { openCoordinatorHome } from '../../app/home/coordinator/coordinator.server.ts'
import { openNetworkHome } from '../../app/home/network.server.ts'
import { openSupervisorHome, openVolunteerHome } from '../../app/home/support.server.ts'
import { listExpenses, openExpense, receiptFile } from '../../app/papers/expense/decide.server.ts'
import { listOwnExpenses, openClaim } from '../../app/papers/expense/own.server.ts'
import { openPayments } from '../../app/papers/expense/payments.server.ts'
import { draw } from '../../app/process/picture/draw.ts'
import { openOwnLimits } from '../../app/volunteers/limits/limits.server.ts'
import { listMessages } from '../../app/volunteers/message/messages.server.ts'
import { listOwnMessages } from '../../app/volunteers/message/own.server.ts'
import { signIn } from '../../test/cast.ts'
import { freshDatabase, type TestDatabase } from '../../test/database.ts'
import { seedDemo } from './seed.ts'

let database: TestDatabase
let admin: Client
const mails = {
  kim: 'kim',
  lou: 'lou',
  sirje: 'sirje',
  lea: 'lea',
  mall: 'mall',
  nele: 'nele',
  prosecutor: 'tuumik1-0045-0',
} as const
const people = {} as Record<keyof typeof mails, Person>
beforeAll(async () => {
  database = await freshDatabase()
  admin = new Client({ connectionString: database.adminUrl })
  await admin.connect()
  connect(database, 2)
  useKeys({ master: randomBytes(32), masterId: 'test', index: randomBytes(32), pepper: randomBytes(32) })
  await seedDemo(database.adminUrl)
  for (const name of Object.keys(mails) as (keyof typeof mails)[]) {
    const { rows } = await admin.query(`select id from person where email = $1`, [`${mails[name]}@naidis.example`])
    people[name] = (await signIn(admin, rows[0].id)).person
  }
}, 60_000)
afterAll(async () => {
  await disconnect()
  await admin.end()
  await database.close()
})

test('the first page of everybody shows a week that somebody could have: a few things to do, and a danger told yesterday', async () => {
  const yesterday = addDays(today(), -1)
  const desk = await openSupervisorHome.run(people.sirje, {})
  expect(desk.unread.length).toBeGreaterThan(2)
  expect(desk.unread.length).toBeLessThan(9)
  // What tells of a danger is read first, whatever has waited longer.
  expect(desk.unread.map(({ danger, onDate }) => danger && onDate === yesterday).indexOf(true)).toBe(0)
  expect(desk.concerns.some(({ answeredAt, kind }) => answeredAt === null && kind === 'danger')).toBe(true)
  // One plan waits for the lead, whom the police has asked, and one for the women's centre, which chairs.
  const plans = async (who: Person) =>
    (await openNetworkHome.run(who, {})).plans.map(({ kind, by }) => `${kind} ${by.split(' ')[0]}`)
  expect([await plans(people.lea), await plans(people.nele)]).toEqual([['answer Mall'], ['answer Max']])
  const { recruitment, lapses, reports, concerns } = await openCoordinatorHome.run(people.kim, {})
  expect(recruitment.idle.some(({ next }) => next === null)).toBe(true)
  expect(recruitment.idle.length).toBeLessThan(4)
  expect(lapses.some(({ state, kind }) => state === 'soon' && kind === 'background')).toBe(true)
  expect(reports.length).toBeGreaterThan(0)
  expect(concerns.length).toBeGreaterThan(0)
  const own = await openVolunteerHome.run(people.lou, {})
  expect(own.concerns.some(({ answeredAt }) => answeredAt === null)).toBe(true)
  expect(own.lastVisitOn).toBe(yesterday)
})

test('the support person has claims in every state, the last of which she can mend, and a ticket that opens', async () => {
  const { lines } = await listOwnExpenses.run(people.lou, {})
  expect(lines.map(({ state }) => state)).toEqual(['sent', 'returned', 'approved'])
  expect(lines.every(({ words, number }) => words && number)).toBe(true)
  const [waits, returned] = lines
  expect((await openClaim.run(people.lou, { follows: returned?.id })).before?.reason).toContain('parkimise kviitung')
  const { bytes, form } = await receiptFile.run(people.lou, { expense: waits?.id })
  expect([form, (await draw(bytes)) !== null]).toEqual(['jpg', true])
})

test('the coordinator has something to decide, and something to pay', async () => {
  const { waits, decided } = await listExpenses.run(people.kim, {})
  expect(waits.length).toBeGreaterThan(2)
  expect((await openExpense.run(people.kim, { expense: waits[0]?.id })).own).toBe(false)
  const months = new Set(decided.map(({ decidedAt }) => decidedAt?.toISOString().slice(0, 7)))
  const paid = await Promise.all([...months].map((month) => openPayments.run(people.kim, { month })))
  expect(paid.flatMap(({ payments }) => payments).length).toBeGreaterThan(2)
})

test('a message waits for her, the one before she has read; of how many others have it is told no more than it may be', async () => {
  const own = await listOwnMessages.run(people.lou, {})
  expect(own.map(({ title, readAt }) => [title, readAt !== null])).toEqual([
    ['Aitäh sulle', false],
    ['Tule koolitusele', true],
  ])
  const { sent, few } = await listMessages.run(people.kim, {})
  expect(sent.map(({ read }) => read === null || read % few === 0)).toEqual([true, true])
  expect(sent.find(({ copies }) => copies > 20)?.read).toBeGreaterThan(0)
})

test('she and others have said what they take on', async () => {
  expect((await openOwnLimits.run(people.lou, {})).limits).toMatchObject({ reach: 'county', refuses: [] })
  const { rows } = await admin.query('select count(distinct volunteer_id)::int as people from volunteer_limit')
  expect(rows[0].people).toBeGreaterThan(5)
})

test('whoever leads finds every case of the network, whoever chairs and the other members those to which they are invited', async () => {
  const [lead, chair, member] = [people.lea, people.mall, people.prosecutor].map((who) =>
    listCases.run(who, { status: 'open', page: 1 }),
  )
  for (const invited of [chair, member]) {
    expect((await invited)?.total).toBeGreaterThan(2)
    expect((await invited)?.total).toBeLessThan((await lead)?.total ?? 0)
  }
})
