// How much faster is a case found by somebody's name than by asking every case for its people?
import { randomUUID } from 'node:crypto'
import { csrfToken, ownerMark } from '../../app/core/session.server.ts'
import { familyName, givenName } from '../data/names.ts'
import type { Ask } from '../load/load.ts'
import type { Guest } from '../load/people.ts'

/** A name somebody says on the telephone, each time another of the first fifty. */
export function findByName(guest: Guest, origin: string, nth: number): Ask {
  const body = new URLSearchParams({
    ...{ _csrf: csrfToken(guest), _once: randomUUID(), _owner: ownerMark(guest) },
    ...{ who: `${givenName} ${familyName(nth % 50)}`, purpose: 'called' },
  })
  const headers = { cookie: `sid=${guest.cookie}`, origin, 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', path: '/cases/find', headers, body: body.toString() }
}
