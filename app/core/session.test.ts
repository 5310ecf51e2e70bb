// Does a session open to its cookie alone, and only where the keys of this installation are?
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { heldKeys, useKeys } from './keys/ring.server.ts'
import { newSecret, whoIs } from './session.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const sha = (text: string) => createHash('sha256').update(text)

test('whoever can write a row of a session, and has no key, comes in by no cookie', async () => {
  const cookie = randomBytes(32).toString('base64url')
  const claims = [cookie, sha(cookie).digest('base64url'), sha(`db${cookie}`).digest('base64url')]
  for (const claim of claims)
    await cast.admin.query(
      `insert into session (person_id, claim_hash, method, factors, idle_minutes, idle_until, absolute_until, proved_at)
       values ($1, $2, 'password', 2, 60, now() + interval '1 hour', now() + interval '1 hour', now())`,
      [cast.lea.id, sha(claim).digest()],
    )
  expect(await whoIs(cookie)).toBeNull()
})

test('a row of a session that is moved to somebody else opens nothing of theirs, ends, and is told of', async () => {
  const { person, cookie } = await signIn(cast.admin, cast.lou.id)
  expect((await whoIs(cookie))?.id).toBe(cast.lou.id)
  await cast.admin.query('update session set person_id = $2 where id = $1', [person.sessionId, cast.kim.id])
  expect(await whoIs(cookie, 'read')).toBeNull()
  const { rows } = await cast.admin.query(
    `select s.ended_at is not null as over, f.rule, f.person_id from session s, watch_finding f where s.id = $1`,
    [person.sessionId],
  )
  expect(rows).toEqual([{ over: true, rule: 'seal', person_id: cast.kim.id }])
  await cast.admin.query('update session set person_id = $2, ended_at = null where id = $1', [
    person.sessionId,
    cast.lou.id,
  ])
  expect((await whoIs(cookie))?.id).toBe(cast.lou.id)
})

test('with another pepper a cookie is nobody’s, and with its own it is hers again', async () => {
  const held = heldKeys()
  const cookie = cast.cookies.lea
  expect((await whoIs(cookie))?.id).toBe(cast.lea.id)
  useKeys({ ...held, pepper: randomBytes(32) })
  try {
    expect(await whoIs(cookie)).toBeNull()
  } finally {
    useKeys(held)
  }
  expect((await whoIs(cookie))?.id).toBe(cast.lea.id)
  const { claim, claimHash } = newSecret(cast.lea.id)
  // As the database asks: the row holds the hash of the claim.
  expect(sha(claim).digest().equals(claimHash)).toBe(true)
})
