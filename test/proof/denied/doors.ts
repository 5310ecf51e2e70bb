// What is answered to a session that is over, and to the marks and tokens of others that come along with a form?
import { randomUUID } from 'node:crypto'
import { endSession } from '../../../app/access/door.server.ts'
import { csrfToken, newSecret, ownerMark } from '../../../app/core/session.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { signIn } from '../../cast.ts'
import type { Actor } from '../matrix/actors.ts'
import { bodyOf } from '../matrix/bodies.ts'
import type { Cell } from '../matrix/expectations.ts'
import { origin, type Target } from '../matrix/matrix.ts'
import { placesOf } from '../matrix/places.ts'
import { alike, random, type Values } from './alike.ts'
import { type Asked, type Desk, difference } from './send.ts'
import type { DeniedWorld } from './world.ts'

export async function tryDoors(desk: Desk, world: DeniedWorld, targets: Target[]): Promise<void> {
  const nobody = world.actors.find(({ name }) => name === 'nobody') as Actor
  const sessions = await endedSessions(world)
  const at = (target: Target): Cell => {
    const [place] = placesOf(target.address, target.method, world.things)
    return { ...target, who: nobody, place: place as Cell['place'] }
  }
  for (const target of targets) {
    const cell = at(target)
    const { path } = cell.place
    const post = target.method === 'POST'
    const ask = (cookie: string): Asked => ({
      cell,
      path,
      headers: { cookie: `sid=${cookie}` },
      ...(post && { body: new URLSearchParams() }),
    })
    await alike(desk, {
      what: `cookie sid at ${target.method} ${target.address}`,
      never: newSecret(null).cookie,
      values: sessions,
      ask,
    })
    if (!post) continue
    await tryHeaders(desk, world, cell)
  }
}

/** Sessions that were ended in every way, and one whose bearer has left. */
async function endedSessions({ cast, actors }: DeniedWorld): Promise<Values> {
  const out = await signIn(cast.admin, cast.jaan.id)
  await endSession(out.person, 'sign-out')
  const cookieOf = (name: string) => actors.find((one) => one.name === name)?.cookie ?? ''
  return {
    'ended: idle': cookieOf('idle session'),
    'ended: past its hours': cookieOf('session past its hours'),
    'ended: signed out': out.cookie,
    'ended: account closed': cookieOf('closed account'),
    'foreign: made for somebody else': newSecret(cast.kim.id).cookie,
  }
}

async function tryHeaders(desk: Desk, { cast, actors, things }: DeniedWorld, cell: Cell): Promise<void> {
  const kim = actors.find(({ name }) => name === 'kim') as Actor
  const name = `${cell.method} ${cell.address}`
  const { path } = cell.place
  // Whose form it is stands in it, closed; whoever has left is told what everybody is.
  const gone = actors.find((one) => one.name === 'closed account')?.person as Person
  await alike(desk, {
    what: `header referer at ${name}`,
    never: randomUUID(),
    values: { foreign: things.cases?.[1]?.ids.id ?? '', ended: things.cases?.[3]?.ids.id ?? '' },
    ask: (id) => ({ cell, path, body: new URLSearchParams(), headers: { referer: `${origin}/cases/${id}` } }),
  })
  const tokenless = (value: string): Asked => {
    const body = bodyOf(cell.page, kim, things)
    body.delete('_csrf')
    return { cell: { ...cell, who: kim }, path, body, headers: { 'x-csrf-token': value } }
  }
  await alike(desk, {
    what: `header x-csrf-token at ${name}`,
    never: random(),
    values: { foreign: csrfToken(cast.lea), ended: csrfToken(gone) },
    ask: tokenless,
  })
  const marked = (value: string): Asked => ({
    cell,
    path,
    body: new URLSearchParams({ _owner: value, words: 'Näidis' }),
  })
  const whole = await desk.ask(marked(ownerMark({ id: randomUUID() })), [])
  for (const [kind, id] of Object.entries({ foreign: cast.lea.id, ended: gone.id, own: cast.kim.id })) {
    desk.figures.pairs++
    const fault = difference(await desk.ask(marked(ownerMark({ id })), []), whole)
    if (fault) desk.figures.differ.push(`mark of an owner at ${name}, ${kind}: ${fault}`)
  }
}
