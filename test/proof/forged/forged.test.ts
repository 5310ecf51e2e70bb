// Does any form of ours take effect when somebody else’s page sends it – where the one it is sent for may, and where it would?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../../app/app.tsx'
import { logTo } from '../../../app/core/log.server.ts'
import type { Env } from '../../../app/core/page.tsx'
import { sealForProcess } from '../../../app/core/seal.server.ts'
import { csrfToken } from '../../../app/core/session.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { signIn } from '../../cast.ts'
import type { Actor } from '../matrix/actors.ts'
import { bodyOf } from '../matrix/bodies.ts'
import { type Cell, expectedOf } from '../matrix/expectations.ts'
import { isEffect, openCounting, wouldKeep } from '../matrix/kept.ts'
import { origin, type Target, targetsOf, theirsOf } from '../matrix/matrix.ts'
import { placesOf } from '../matrix/places.ts'
import { openStage, rehearse } from '../matrix/rehearse.ts'
import { isTelling, undone } from '../matrix/undone.ts'
import { type MatrixWorld, openMatrixWorld } from '../matrix/world/world.ts'
import { effectsSince, momentOf } from '../once/effects.ts'
import { record, scale } from '../record.ts'
import { doorsOf, undoneAtDoors } from './doors.ts'
import { asLooks, type Forgery, forged, fromElsewhere, genuine, type Sent, withoutToken } from './forgeries.ts'

let world: MatrixWorld
let app: Hono<Env>
let posts: Target[]
/** Somebody else’s session, and another one of each who sends. */
let stranger: Person
const again = new Map<string, Person>()
let close: () => void
const begun = performance.now()
const whole = scale(0, 1) === 1
/** How many forgeries each route was sent, what went wrong, and where the same form unforged took effect. */
const sent = new Map<string, number>()
const wrong: string[] = []
const done = new Set<string>()

beforeAll(async () => {
  close = openStage()
  logTo(() => undefined)
  world = await openMatrixWorld()
  // She has yet to link the card that she shows.
  await world.cast.admin.query('delete from person_identity where person_id = $1', [world.cast.kim.id])
  await openCounting(world.cast.admin)
  app = createApp({ origin, secure: false, demo: true })
  posts = targetsOf(app).filter(({ method }) => method === 'POST')
  stranger = world.cast.jaan
}, 300_000)
afterAll(async () => {
  close()
  await world?.cast.close()
})

async function ask(request: Request): Promise<Response> {
  let answer = await app.request(request.clone())
  for (let again = 0; answer.status === 503 && again < 5; again++) answer = await app.request(request.clone())
  return answer
}

const setsSession = (answer: Response) =>
  answer.headers.getSetCookie().some((cookie) => /^(sid|__Host-sid)=\w/.test(cookie))

async function forgeAll(address: string, form: Sent, forgeries: readonly Forgery[]): Promise<void> {
  const own = { stranger, again: again.get(form.me?.id ?? '') ?? stranger }
  for (const forgery of forgeries) {
    const answer = await ask(forged(form, forgery, own))
    const looks = forgeries === asLooks
    if (!looks) sent.set(address, (sent.get(address) ?? 0) + 1)
    if ((looks ? answer.status >= 500 : answer.status !== (forgery.refused ?? 403)) || setsSession(answer))
      wrong.push(`${forgery.what}: ${address}: ${answer.status}`)
  }
}

/** A form of somebody who may: the first that takes effect, otherwise the last – or, of what is nobody’s here, of somebody whose role fits. */
async function formAt(target: Target): Promise<Sent> {
  const seen = new Set<string>()
  const live = world.actors.filter(({ standing }) => standing === 'live')
  const cells = theirsOf(target, live, world.things)
  // Of everybody who may in the same way one each time first, then the others.
  const first = cells.filter(({ who, place }) => {
    const key = `${who.role} ${place.relation}`
    return !seen.has(key) && seen.add(key)
  })
  let last = formOf(cells[0] ?? whereRoleFits(target, live))
  for (const cell of [...new Set([...first, ...cells])].slice(0, target.address in undone ? 2 : 40)) {
    last = formOf(cell)
    const form = last
    const { answer, kept } = await rehearse(() => wouldKeep(() => ask(genuine(form))))
    const tells = answer.status === 200 && isTelling(target.address)
    if (!tells && !(answer.status === 303 && (isEffect(kept) || setsOther(answer)))) continue
    done.add(target.address)
    return form
  }
  return last
}

function whereRoleFits(target: Target, live: Actor[]): Cell {
  const all = live.flatMap((who) =>
    placesOf(target.address, 'POST', world.things).map((place) => ({ ...target, who, place })),
  )
  return all.find((cell) => expectedOf(cell) === 'missing') ?? (all[0] as Cell)
}

const setsOther = (answer: Response) => answer.headers.getSetCookie().some((cookie) => !cookie.startsWith('said='))

/** A card that was shown just now, where the form is about one. */
function shown({ address, who: { person } }: Cell): string {
  if (address !== '/account/identity/confirm') return ''
  const card = {
    who: person?.id,
    session: person?.sessionId,
    code: '47101010033',
    name: 'Näidis',
    to: '/',
    at: Date.now(),
  }
  return `; found=${sealForProcess('oidc-found', JSON.stringify(card)).toString('base64url')}`
}

const formOf = (cell: Cell): Sent => ({
  ...{ path: cell.place.path, cookie: `sid=${cell.who.cookie}${shown(cell)}`, me: cell.who.person },
  body: String(bodyOf(cell.page, cell.who, world.things)),
})

/** Every row of every table, in one line each. That a session was awake is no effect of a form. */
async function everything(aside: string[] = []): Promise<string[]> {
  const { admin } = world.cast
  const { rows } = await admin.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all ($1) order by 1`,
    [aside],
  )
  const parts = rows.map(
    ({ name }) =>
      `select '${name} ' || coalesce(md5(string_agg(r, '|' order by r)), '') as line from (select (to_jsonb(t) - '{seen_at,idle_until}'::text[])::text as r from ${name} t) every_row`,
  )
  return (await admin.query<{ line: string }>(parts.join(' union all '))).rows.map(({ line }) => line).toSorted()
}

test('a form that somebody may send, and that would take effect, is refused from anywhere but our own page, and changes nothing', async () => {
  const forms: [address: string, form: Sent][] = []
  for (const target of posts.filter(({ open }) => !open)) {
    const form = await formAt(target)
    forms.push([target.address, form])
    if (form.me && !again.has(form.me.id)) again.set(form.me.id, (await signIn(world.cast.admin, form.me.id)).person)
  }
  const before = await everything()
  // In every run half of them at each route, others at the next one; never less than twelve.
  const kinds = [...fromElsewhere, ...withoutToken]
  for (const [at, [address, form]] of forms.entries())
    await forgeAll(
      address,
      form,
      kinds.filter((_, nth) => whole || (nth + at) % 2 === 0),
    )
  expect(await everything()).toEqual(before)
  // That it was looked at is written down; a look does nothing else.
  const looked = ['audit_event']
  const still = await everything(looked)
  for (const [address, form] of forms.filter((_, at) => whole || at % 3 === 0)) await forgeAll(address, form, asLooks)
  expect(await everything(looked)).toEqual(still)
  // Whatever nobody has done here stands on the list of the matrix, with where it is done.
  const addresses = posts.filter(({ open }) => !open).map(({ address }) => address)
  expect(addresses.filter((address) => !done.has(address) && !(address in undone))).toEqual([])
}, 1_200_000)

test('what is sent before anybody has signed in is refused from elsewhere as well, and takes effect from our own page', async () => {
  const { admin } = world.cast
  const doors = await doorsOf(world)
  for (const { address, form: make } of doors) {
    const form = await make()
    const before = await momentOf(admin)
    await forgeAll(address, form, fromElsewhere)
    expect(await effectsSince(admin, before), address).toEqual({})
    await forgeAll(address, form, asLooks)
    // How often somebody knocks is counted, and that it was looked at is written down.
    const { audit_event: _, sign_in_attempt: __, ...others } = await effectsSince(admin, before)
    expect(others, address).toEqual({})
    const moment = await momentOf(admin)
    const answer = await ask(genuine(form))
    const effects = Object.keys(await effectsSince(admin, moment)).filter((name) => name !== 'sign_in_attempt')
    if (answer.status < 400 && (effects.length > 0 || setsOther(answer))) done.add(address)
  }
  expect(doors.map(({ address }) => address).toSorted()).toEqual(
    posts
      .filter(({ open }) => open)
      .map(({ address }) => address)
      .toSorted(),
  )
  expect(doors.map(({ address }) => address).filter((address) => !done.has(address))).toEqual(
    Object.keys(undoneAtDoors),
  )
  const root = join(import.meta.dirname, '../../..')
  const unseen = Object.values(undoneAtDoors).filter(
    ({ seen, by }) => !readFileSync(join(root, seen), 'utf8').includes(by),
  )
  expect(unseen).toEqual([])
}, 600_000)

test('every route was sent at least twelve forgeries, and none of them did anything', () => {
  const [routes, failed] = [posts.length, wrong.length]
  const count = [...sent.values()].reduce((sum, one) => sum + one, 0)
  const fewest = Math.min(...posts.map(({ address }) => sent.get(address) ?? 0))
  record({ promise: 'forged', what: `forged requests at ${routes} routes`, count, failed }, begun)
  record({ promise: 'forged', what: 'of them at the route with the fewest', count: fewest, failed }, begun)
  record({ promise: 'forged', what: 'of these forms took effect from our own page', count: done.size, failed }, begun)
  expect(wrong).toEqual([])
  expect(fewest).toBeGreaterThanOrEqual(12)
  expect(done.size).toBeGreaterThan(180)
})

test('every address that takes a form refuses every other method that would change something', async () => {
  const { cookies, kim } = world.cast
  for (const { address } of posts)
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const headers = { origin, cookie: `sid=${cookies.kim}`, 'x-csrf-token': csrfToken(kim) }
      const [place] = placesOf(address, 'POST', world.things)
      const answer = await app.request(`${origin}${place?.path ?? address}`, { method, headers })
      expect(answer.status, `${method} ${address}`).toBe(404)
    }
})
