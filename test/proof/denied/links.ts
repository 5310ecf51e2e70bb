// What is answered to what stands in the cookies of the door and in the links of letters, when it is over or was made for something else?
import { endCalendar, makeCalendar } from '../../../app/access/calendar/calendars.server.ts'
import { invite } from '../../../app/access/invitation/invitations.server.ts'
import { noPassword } from '../../../app/access/passwords.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { revokeReference } from '../../../app/recruitment/reference/references.server.ts'
import type { Cast } from '../../cast.ts'
import { askedReferee } from '../../reference.ts'
import { lastToken } from '../../two-people.ts'
import type { Actor } from '../matrix/actors.ts'
import type { Cell } from '../matrix/expectations.ts'
import { alike, random, sealed, type Trial, type Values } from './alike.ts'
import type { Asked, Desk } from './send.ts'
import type { DeniedWorld } from './world.ts'

/** At every door at which a cookie or a link says whose it is. */
export async function tryLinks(desk: Desk, world: DeniedWorld): Promise<void> {
  const links = await linksOf(world)
  const browsers = await browsersOf(world)
  for (const trial of [
    ...stepsOf(world),
    questionOf(world),
    browsers,
    cardOf(world),
    ...references(world, links),
    ...opened(world, links),
  ])
    await alike(desk, trial)
}

const actorOf = ({ actors }: DeniedWorld, name: string) => actors.find((one) => one.name === name) as Actor

/** A request at a door, by nobody or by somebody, with this cookie; a form where something is sent. */
function asks(who: Actor, method: 'GET' | 'POST', address: string, name: string, sent: Values = {}): Trial['ask'] {
  const session = who.cookie ? `sid=${who.cookie}; ` : ''
  return (value): Asked => ({
    cell: cellAt(who, method, address, address),
    path: address,
    headers: { cookie: `${session}${name}=${value}` },
    ...(method === 'POST' && { body: new URLSearchParams(sent) }),
  })
}

const cellAt = (who: Actor, method: string, address: string, path: string): Cell => ({
  ...{ address, method, who, open: true, page: { operations: [] } },
  place: { relation: 'nobody’s', path, ids: {}, may: () => true, thing: null },
})

/** Where somebody stands between password and session. */
function stepsOf(world: DeniedWorld): Trial[] {
  const [nobody, stages, at] = [actorOf(world, 'nobody'), ['code', 'setup', 'password', 'invitation'], Date.now()]
  return stages.flatMap((stage) =>
    (['GET', 'POST'] as const).map((method): Trial => {
      const standing = { id: world.cast.kim.id, stage, to: '/', at }
      return {
        what: `cookie step at ${method} /sign-in/${stage}`,
        never: random(),
        values: {
          'ended: took too long': sealed('sign-in', { ...standing, at: at - 3_600_000 }),
          'foreign: of another step': sealed('sign-in', { ...standing, stage: stages.find((one) => one !== stage) }),
          'foreign: made for something else': sealed('passkey', standing),
        },
        ask: asks(nobody, method, `/sign-in/${stage}`, 'step', { code: '123456' }),
      }
    }),
  )
}

/** Which question a key was asked. */
function questionOf(world: DeniedWorld): Trial {
  const { cast } = world
  const asked = { use: 'sign-in', challenge: random(), session: null, email: null, at: Date.now() }
  return {
    what: 'cookie question at POST /sign-in/passkey',
    never: random(),
    values: {
      ended: sealed('passkey', { ...asked, at: asked.at - 3_600_000 }),
      foreign: sealed('passkey', { ...asked, session: cast.kim.sessionId }),
    },
    before: () => cast.admin.query('delete from sign_in_attempt'),
    ask: asks(actorOf(world, 'nobody'), 'POST', '/sign-in/passkey', 'question', { credential: '{}' }),
  }
}

/** By which browser somebody has come in before. */
async function browsersOf(world: DeniedWorld): Promise<Trial> {
  const { cast } = world
  await cast.admin.query('update credential set password_hash = $2 where person_id = $1', [cast.kim.id, noPassword()])
  return {
    what: 'cookie browser at POST /sign-in',
    never: random(),
    values: {
      foreign: await knownBrowser(cast, cast.tiia),
      ended: await knownBrowser(cast, actorOf(world, 'closed account').person as Person),
    },
    before: () => cast.admin.query('delete from sign_in_attempt'),
    ask: asks(actorOf(world, 'nobody'), 'POST', '/sign-in', 'browser', {
      ...{ email: 'kim@naidis.example', password: 'vale vale vale vale' },
    }),
  }
}

async function knownBrowser(cast: Cast, { id }: Person): Promise<string> {
  const value = random()
  await cast.admin.query(
    `update session set browser = sha256(convert_to('browser' || $2, 'utf8')) where id = (select id from session where person_id = $1 limit 1)`,
    [id, value],
  )
  return value
}

/** Whose card was shown. */
function cardOf(world: DeniedWorld): Trial {
  const { lea, kim } = world.cast
  const card = { code: '47101010033', name: 'Näidis', to: '/', at: Date.now() }
  return {
    what: 'cookie found at GET /account/identity/confirm',
    never: random(),
    values: {
      foreign: sealed('oidc-found', { ...card, who: lea.id, session: lea.sessionId }),
      ended: sealed('oidc-found', { ...card, who: kim.id, session: kim.sessionId }),
    },
    ask: asks(actorOf(world, 'kim'), 'GET', '/account/identity/confirm', 'found'),
  }
}

type Links = { reference: string; calendar: string; invitation: string }

/** Links out of letters that lead nowhere any more. */
async function linksOf({ cast, things }: DeniedWorld): Promise<Links> {
  const taken = things.applicants?.find(({ facts }) => facts.taken === true)?.ids.id ?? ''
  const { reference, link } = await askedReferee(cast, taken, { email: 'teine@naidis.example' })
  await revokeReference.run(cast.kim, { id: taken, reference })
  const { path } = await makeCalendar.run(cast.lea, {})
  await endCalendar.run(cast.lea, {})
  const person = things.people?.find(({ name }) => name === 'newcomer')?.ids.id
  await invite.run(cast.ott, { id: person })
  const invitation = await lastToken(cast)
  // The newer one makes the older one void.
  await invite.run(cast.ott, { id: person })
  return { reference: last(link), calendar: last(path), invitation }
}

const last = (path: string) => path.split('/').at(-1) ?? ''

const references = (world: DeniedWorld, links: Links): Trial[] =>
  (['GET', 'POST'] as const).map((method) => ({
    what: `cookie reference at ${method} /reference`,
    never: random(),
    values: { ended: sealed('reference', links.reference), random: sealed('reference', random()) },
    ask: asks(actorOf(world, 'nobody'), method, '/reference', 'reference'),
  }))

const opened = (world: DeniedWorld, links: Links): Trial[] =>
  Object.entries(links).map(([name, token]) => ({
    what: `link at GET /${name}/:token`,
    never: random(),
    values: { ended: token },
    ask: (value): Asked => {
      const path = `/${name}/${encodeURIComponent(value)}`
      return { cell: cellAt(actorOf(world, 'nobody'), 'GET', `/${name}/:token`, path), path }
    },
  }))
