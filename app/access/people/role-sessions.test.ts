// Does a session last longer than the roles it was opened with – and is anything lost when it ends?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { findDraft } from '../../core/drafts.server.ts'
import { logTo } from '../../core/log.server.ts'
import { ownerMark, whoIs } from '../../core/session.server.ts'
import { openSession } from '../door.server.ts'
import { confirm } from '../two-people/confirmations.server.ts'
import { endRole, giveRole, openPerson } from './people.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
})
afterAll(() => cast.close())

const way = { method: 'password', device: 'Firefox, Linux' } as const
const asked = { validFrom: '2026-01-01', validTo: '2099-12-31', reason: 'Näidis-põhjus' }
const give = async (id: string, role: string) =>
  confirm.run(cast.kim, { id: (await giveRole.run(cast.ott, { ...asked, id, role })).id })
const end = async (id: string, role: string) => {
  const { holder } = await openPerson.run(cast.ott, { id })
  const given = holder.roles.findLast((holding) => holding.role === role)
  await endRole.run(cast.ott, { id, roleId: given?.id })
}
const sessions = async (id: string) => {
  const { rows } = await cast.admin.query<{ idle: number; seconds: number }>(
    `select idle_minutes as idle, extract(epoch from absolute_until - created_at)::int as seconds
     from session where person_id = $1 and ended_at is null`,
    [id],
  )
  return rows
}

test('a role that is given or ended ends the sessions of its holder, and of nobody else', async () => {
  const { cookie } = await signIn(cast.admin, cast.mall.id)
  await give(cast.mall.id, 'trainer')
  expect(await sessions(cast.mall.id)).toEqual([])
  expect(await whoIs(cookie)).toBeNull()
  const again = await openSession({ id: cast.mall.id, roles: ['member', 'trainer'] }, way, null)
  expect((await whoIs(again))?.roles.toSorted()).toEqual(['member', 'trainer'])
  await end(cast.mall.id, 'trainer')
  expect(await whoIs(again)).toBeNull()
  for (const name of ['ott', 'kim', 'lea'] as const) expect((await whoIs(cast.cookies[name]))?.id).toBe(cast[name].id)
})

test('whoever was in the middle of a form finds what she typed when she is back', async () => {
  const app = createApp({ origin: 'http://localhost:3000', secure: false, demo: false })
  const { cookie, person } = await signIn(cast.admin, cast.mall.id)
  const visitor = newVisitor(app, 'http://localhost:3000', cookie)
  await give(cast.mall.id, 'trainer')
  const typed = { name: 'Mall Näidis-Maasik', phone: '5550 1234', _owner: ownerMark(person) }
  const answer = await visitor.post('/account', typed)
  expect(answer.headers.get('location')).toBe('/sign-in?to=%2Faccount&kept=1')
  const back = (await signIn(cast.admin, cast.mall.id)).person
  expect(await findDraft(back, '/account')).toMatchObject({ phone: '5550 1234' })
  await end(cast.mall.id, 'trainer')
})

test('what she may do is read again when the session begins: a role given in between is not overlooked', async () => {
  await give(cast.jaan.id, 'admin')
  await openSession({ id: cast.jaan.id, roles: ['steering'] }, way, null)
  expect(await sessions(cast.jaan.id)).toEqual([{ idle: 10, seconds: 14_400 }])
  await end(cast.jaan.id, 'admin')
})

test('whoever comes in while a role is given has the limits of that role', async () => {
  for (let round = 0; round < 8; round++) {
    const { id } = await giveRole.run(cast.ott, { ...asked, id: cast.jaan.id, role: 'admin' })
    await Promise.allSettled([
      confirm.run(cast.kim, { id }),
      openSession({ id: cast.jaan.id, roles: ['steering'] }, way, null),
      openSession({ id: cast.jaan.id, roles: ['steering'] }, way, null),
    ])
    const left = await sessions(cast.jaan.id)
    expect(left.map(({ idle }) => idle)).toEqual(left.map(() => 10))
    expect(left.length).toBeLessThanOrEqual(1)
    await end(cast.jaan.id, 'admin')
  }
})

test.each([
  ['ends today', `update person_role set valid_to = $2 where person_id = $1`, 0],
  [
    'begins tomorrow',
    `insert into person_role (person_id, role, valid_from, valid_to) values ($1, 'admin', $2, '2999-12-31')`,
    1,
  ],
] as const)('a session lasts until midnight where a role %s', async (_, change, days) => {
  const day = `(now() at time zone 'Europe/Tallinn')::date`
  const { rows } = await cast.admin.query(`select (${day} + $1::int)::text as at`, [days])
  await cast.admin.query(change, [cast.sirje.id, rows[0].at])
  const long = { idleMinutes: 60, absoluteMinutes: 4000, atOnce: 9 }
  await openSession({ id: cast.sirje.id, roles: ['supervisor'] }, { ...way, limits: long }, null)
  const ends = await cast.admin.query(
    `select absolute_until = (${day} + 1)::timestamp at time zone 'Europe/Tallinn' as midnight
     from session where person_id = $1 order by created_at desc limit 1`,
    [cast.sirje.id],
  )
  expect(ends.rows).toEqual([{ midnight: true }])
  await cast.admin.query(`delete from person_role where person_id = $1 and role = 'admin'`, [cast.sirje.id])
  await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [cast.sirje.id])
})
