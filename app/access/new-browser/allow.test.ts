// While others guess at her password from everywhere: does a letter let its owner try at once in a new browser – and nobody else anything?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signIn } from '../../../test/cast.ts'
import { email, openDoor, password, wrong } from '../../../test/door.ts'
import type { Visitor } from '../../../test/visitor.ts'
import { changePassword, endAllSessions } from '../account/accounts.server.ts'

let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.cast.close())
beforeEach(() => door.forget())

/** Password and code, both right. */
async function signedIn(from: Visitor, to = email): Promise<Response> {
  expect((await door.type(from, password, to)).headers.get('location')).toBe('/sign-in/code')
  return door.code(from)
}

test('whoever has to wait is offered a letter; its link lets her try at once, and those who guess wait on', async () => {
  expect(await door.attackFromEverywhere()).toEqual([429, 429, 429])
  const mine = door.browser('198.51.100.7')
  const refused = await (await door.type(mine, password)).text()
  expect(refused).toContain('action="/sign-in/letter"')
  expect(refused).toContain(`name="email" value="${email}"`)
  const asked = await mine.post('/sign-in/letter', { email })
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/sign-in/letter?sent=1'])
  expect(await (await mine.get('/sign-in/letter?sent=1')).text()).toContain('Vaata oma postkasti')
  const [link = ''] = await door.links()
  // A filter that follows the link, and somebody who presses nothing, change nothing.
  for (const look of [door.browser(), mine]) expect(await (await look.get(link)).text()).toContain('Luba see brauser')
  expect((await door.type(mine, password)).status).toBe(429)
  expect((await mine.post(link, {})).headers.get('location')).toBe('/sign-in?known=1')
  expect(await (await mine.get('/sign-in?known=1')).text()).toContain('See brauser on lubatud')
  expect((await signedIn(mine)).headers.get('location')).toBe('/')
  expect((await door.type(door.browser('203.0.113.9'), password)).status).toBe(429)
  // It was hers alone: for somebody else this browser is a stranger.
  const others = await door.type(mine, wrong, 'lou@naidis.example')
  expect(others.status).toBe(422)
}, 120_000)

test('a link opens one browser, once, within an hour; a broken one and one of a closed account open none', async () => {
  const used = await door.newLink()
  expect((await door.browser().post(used, {})).status).toBe(303)
  const late = await door.newLink()
  await door.cast.admin.query(
    `update browser_letter set sent_at = sent_at - interval '61 minutes' where used_at is null`,
  )
  const shut = await door.newLink('sirje@naidis.example')
  await door.cast.admin.query(`update person set status = 'disabled' where id = $1`, [door.cast.sirje.id])
  for (const link of [used, late, shut, `/sign-in/browser/${'a'.repeat(43)}`, '/sign-in/browser/x']) {
    const answer = await door.browser().post(link, {})
    expect([link, answer.status, answer.headers.getSetCookie().some((set) => set.startsWith('letter='))]).toEqual([
      link,
      404,
      false,
    ])
  }
})

test('of two that press the same link at once one browser is let know her', async () => {
  const link = await door.newLink()
  const statuses = (await Promise.all([door.browser(), door.browser()].map((one) => one.post(link, {})))).map(
    ({ status }) => status,
  )
  expect(statuses.toSorted()).toEqual([303, 404])
})

test('browsers that her letters opened have one count together, for passwords; of codes there is none beside the one of all', async () => {
  const [first, second] = [door.browser(), door.browser('198.51.100.7')]
  for (const one of [first, second]) await one.post(await door.newLink(), {})
  const statuses: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    // On a machine that is slow over a password the wait might be over before the next try.
    await door.cast.admin.query('update sign_in_attempt set last_at = clock_timestamp()')
    statuses.push((await door.type(turn % 2 ? second : first, wrong)).status)
  }
  expect(statuses).toEqual([422, 422, 422, 429])
  expect((await door.type(door.browser(), wrong)).status).toBe(422)
  await door.cast.admin.query('delete from sign_in_attempt')
  for (const one of [first, second])
    expect((await door.type(one, password)).headers.get('location')).toBe('/sign-in/code')
  await door.cast.admin.query('delete from sign_in_attempt')
  const codes: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    await door.cast.admin.query('update sign_in_attempt set last_at = clock_timestamp()')
    codes.push((await (turn % 2 ? second : first).post('/sign-in/code', { code: '000000' })).status)
  }
  expect(codes).toEqual([422, 422, 422, 429])
}, 60_000)

test('whoever presses somebody else’s link loses nothing: her own browser stays hers', async () => {
  const hers = door.browser()
  expect((await signedIn(hers, 'lea@naidis.example')).status).toBe(303)
  const before = hers.cookies.get('browser')
  await hers.post(await door.newLink(), {})
  expect([before, hers.cookies.get('browser')]).toEqual([expect.stringMatching(/^.{43}$/), before])
}, 60_000)

test('a browser may try by a letter for a day; a new password, a new address and signing out everywhere end it, and the links', async () => {
  const mine = door.browser()
  const may = async () => {
    await door.cast.admin.query('delete from sign_in_attempt')
    expect(await door.attackFromEverywhere()).toEqual([429, 429, 429])
    return (await door.type(mine, wrong)).status === 422
  }
  const allow = async () => {
    await door.cast.admin.query('delete from browser_letter')
    await mine.post(await door.newLink(), {})
    return door.newLink()
  }
  await allow()
  expect(await may()).toBe(true)
  await door.cast.admin.query(
    `update browser_letter set used_at = used_at - interval '25 hours' where browser is not null`,
  )
  expect(await may()).toBe(false)
  const me = async () => (await signIn(door.cast.admin, door.cast.kim.id)).person
  const ways: [string, () => Promise<unknown>][] = [
    ['everywhere', async () => endAllSessions.run(await me(), {})],
    ['password', async () => changePassword.run(await me(), { password: 'sinine vihm ronib üle katuse' })],
    [
      'address',
      () => door.cast.admin.query(`update person set email = 'kim2@naidis.example' where id = $1`, [door.cast.kim.id]),
    ],
  ]
  for (const [what, ends] of ways) {
    const link = await allow()
    expect([what, await may()]).toEqual([what, true])
    await ends()
    expect([what, await may(), (await door.browser().post(link, {})).status]).toEqual([what, false, 404])
  }
}, 240_000)
