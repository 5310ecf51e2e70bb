// Does a session open to its cookie alone, and only where the keys of this installation are?
import { createHash, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { brokenGlass } from '../../test/glass.ts'
import { dayFromNow, lend, standIn } from '../../test/substitution.ts'
import { endSubstitution } from '../access/substitution/substitutions.server.ts'
import { heldKeys, useKeys } from './keys/ring.server.ts'
import { sealForProcess } from './seal.server.ts'
import {
  claimHashOf,
  clearSessionCookie,
  cookieOf,
  csrfMatches,
  csrfToken,
  localeOf,
  newSecret,
  ownerMark,
  ownerOfMark,
  setSessionCookie,
  whoBears,
  whoIs,
} from './session.server.ts'

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

test('the cookie of a session comes back to this house alone, and goes with the session', async () => {
  const headers = async (secure: boolean) => {
    const app = new Hono()
    app.get('/', (c) => {
      setSessionCookie(c, 'abc', secure)
      clearSessionCookie(c, secure)
      return c.json([cookieOf(c, secure) ?? null, localeOf(c)])
    })
    const ask = (cookie: string) => app.request('/', { headers: { cookie } })
    const [value, name] = ['a'.repeat(43), secure ? '__Host-sid' : 'sid']
    expect(await (await ask(`${name}=${value}; lang=en`)).json()).toEqual([value, 'en'])
    for (const odd of [
      `${name}=${value}b`,
      `${name}=${value.slice(1)}.`,
      `${secure ? 'sid' : '__Host-sid'}=${value}`,
      'x=y; lang=de',
    ])
      expect(await (await ask(odd)).json(), odd).toEqual([null, 'et'])
    return (await ask('')).headers.getSetCookie()
  }
  expect(await headers(true)).toEqual([
    '__Host-sid=abc; Path=/; HttpOnly; Secure; SameSite=Strict',
    '__Host-sid=; Max-Age=0; Path=/; Secure',
  ])
  expect(await headers(false)).toEqual(['sid=abc; Path=/; HttpOnly; SameSite=Strict', 'sid=; Max-Age=0; Path=/'])
})

test('a cookie that somebody alters by a letter is nobody’s, and so is none at all', async () => {
  expect(await whoIs(undefined)).toBeNull()
  const { cookie } = await signIn(cast.admin, cast.mall.id)
  for (const at of [0, 21, 25, 41]) {
    const other = cookie[at] === 'A' ? 'B' : 'A'
    expect(await whoIs(cookie.slice(0, at) + other + cookie.slice(at + 1)), String(at)).toBeNull()
  }
  expect((await whoIs(cookie))?.id).toBe(cast.mall.id)
  const [one, two] = [newSecret(null), newSecret(null)]
  expect(one.cookie).toHaveLength(43)
  expect(new Set([one.cookie, two.cookie, one.claim, two.claim]).size).toBe(4)
  expect(claimHashOf(one.cookie)).toEqual(one.claimHash)
})

test('a session that is used stays awake; what is known of its bearer is told as it is', async () => {
  const { person } = await signIn(cast.admin, cast.lea.id)
  const seen = async () =>
    (await cast.admin.query('select seen_at from session where id = $1', [person.sessionId])).rows[0].seen_at
  const rest = (length: string) =>
    cast.admin.query(`update session set seen_at = now() - $2::interval where id = $1`, [person.sessionId, length])
  await rest('20 seconds')
  const before = await seen()
  await whoBears(person.claim, 'read')
  expect(await seen()).toEqual(before)
  await rest('40 seconds')
  await whoBears(person.claim, 'read')
  expect(Date.now() - (await seen()).getTime()).toBeLessThan(20_000)
  await cast.admin.query(`update person set locale = 'ru' where id = $1`, [cast.lea.id])
  expect(await whoBears(person.claim)).toEqual({
    ...{ id: cast.lea.id, sessionId: person.sessionId, name: cast.lea.name, locale: 'ru', roles: ['lead'] },
    ...{ networks: [cast.networks.ida], method: 'password', provedAt: person.provedAt, drafts: [], owes: null },
    ...{ glass: null, claim: person.claim, standsInFor: null, stoodInFor: null },
  })
})

test('a case that an emergency opened, and until when, comes with whoever opened it', async () => {
  const caseId = await referCase(cast.lea)
  await brokenGlass(cast, caseId)
  const { rows } = await cast.admin.query('select number, until from break_glass')
  expect((await whoBears(cast.max.claim))?.glass).toEqual({
    id: expect.any(String),
    number: rows[0].number,
    until: rows[0].until,
  })
})

test('whose work somebody does comes with them until the term is over, and then that it is', async () => {
  const substitutionId = await lend(cast, cast.kim, cast.peep)
  const { person } = await standIn(cast, cast.peep, substitutionId)
  const { id, name } = cast.kim
  const standsInFor = { id, name, until: dayFromNow(13), substitutionId }
  expect(person).toMatchObject({ id: cast.peep.id, standsInFor, stoodInFor: null })
  await endSubstitution.run(cast.kim, { id: substitutionId })
  expect(await whoBears(person.claim)).toMatchObject({ id: cast.peep.id, standsInFor: null, stoodInFor: name })
})

test('whose form it is can be read by us alone; what is no mark is nobody’s', () => {
  expect(ownerOfMark(ownerMark(cast.lou))).toBe(cast.lou.id)
  expect(ownerMark(cast.lou)).not.toContain(cast.lou.id)
  for (const odd of [undefined, 7, '', 'x', [ownerMark(cast.lou)], `${ownerMark(cast.lou).slice(0, -8)}AAAAAAAA`])
    expect(ownerOfMark(odd), String(odd)).toBeNull()
  expect(ownerOfMark(sealForProcess('owner', 'x'.repeat(400)).toString('base64url'))).toBeNull()
})

test('the token of a form is another each time, and counts for its own session alone', () => {
  const tokens = Array.from({ length: 20 }, () => csrfToken(cast.kim))
  // No part of it: neither the mask nor what is under it.
  for (const from of [0, 32]) {
    const parts = tokens.map((token) => Buffer.from(token, 'base64url').toString('hex', from, from + 32))
    expect(new Set(parts).size).toBe(20)
  }
  for (const token of tokens) {
    expect(csrfMatches(cast.kim, token)).toBe(true)
    expect(csrfMatches(cast.lou, token)).toBe(false)
  }
  for (const odd of [undefined, 7, [tokens[0]], '']) expect(csrfMatches(cast.kim, odd)).toBe(false)
})
