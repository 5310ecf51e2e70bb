// What comes of one person who is at the door several times at the same moment?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { asPerson } from '../../core/db.server.ts'
import { newSecret, whoIs } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { moveTo, openSession } from '../door.server.ts'
import { unlinkIdentity } from '../oidc/identities.server.ts'
import { removePasskey } from '../passkey/passkeys.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const way = { method: 'password', device: 'Firefox, Linux' } as const
const live = async (who: Person): Promise<number> => {
  const { rows } = await cast.admin.query<{ live: number }>(
    'select count(*)::int as live from session where person_id = $1 and ended_at is null and idle_until > now()',
    [who.id],
  )
  return rows[0]?.live ?? 0
}

test.each([
  ['a volunteer', 'lou', 1],
  ['a colleague', 'sirje', 2],
] as const)('%s who comes in four times at once has as many sessions as the role allows', async (_, name, most) => {
  const who = cast[name]
  for (let round = 0; round < 12; round++) {
    // Whose session had to give way before its first use is told to come in again.
    await Promise.allSettled(Array.from({ length: 4 }, () => openSession(who, way, null)))
    expect(await live(who)).toBe(most)
  }
})

test('what has run out pushes out nobody', async () => {
  await cast.admin.query('update session set ended_at = now() where person_id = $1 and ended_at is null', [
    cast.peep.id,
  ])
  const first = await openSession(cast.peep, way, null)
  await openSession(cast.peep, way, null)
  await cast.admin.query(
    `update session set idle_until = now() - interval '1 minute' where id =
     (select id from session where person_id = $1 and ended_at is null order by created_at desc limit 1)`,
    [cast.peep.id],
  )
  await openSession(cast.peep, way, null)
  expect((await whoIs(first))?.id).toBe(cast.peep.id)
})

test('of a session that is moved twice at once there is one', async () => {
  for (let round = 0; round < 8; round++) {
    const me = (await whoIs(await openSession(cast.max, way, null))) ?? cast.max
    const before = await live(cast.max)
    const move = () => asPerson('write', me.claim, (db) => moveTo(db, null, newSecret(me.id).claimHash))
    const moved = await Promise.allSettled([move(), move(), move()])
    expect(moved.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await live(cast.max)).toBe(before)
  }
})

test('of the last key and the card given up at once one stays', async () => {
  const own = [cast.lea.id]
  for (let round = 0; round < 12; round++) {
    await cast.admin.query('delete from passkey where person_id = $1', own)
    await cast.admin.query('delete from person_identity where person_id = $1', own)
    await cast.admin.query(
      `insert into person_identity (person_id, subject_index, linked_by) values ($1, decode(repeat('ab', 16), 'hex'), $1)`,
      own,
    )
    const { rows } = await cast.admin.query(
      `insert into passkey (person_id, credential_id, public_key, backed_up, name) values ($1, '\\x01', '\\x01', true, 'Näidis-võti') returning id`,
      own,
    )
    const done = await Promise.allSettled([
      removePasskey.run(cast.lea, { id: rows[0].id }),
      unlinkIdentity.run(cast.lea, {}),
    ])
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const left = await cast.admin.query(
      'select from passkey where person_id = $1 union all select from person_identity where person_id = $1',
      own,
    )
    expect(left.rowCount).toBe(1)
  }
})
