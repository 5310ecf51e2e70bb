// Which pages does the floor answer? Each is the script of an operation of the product, run once here as a person of the bench.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listCases } from '../../app/cases/cases.server.ts'
import { nameKeys } from '../../app/cases/repeat/name-key.ts'
import { openTimeline } from '../../app/cases/timeline.server.ts'
import { today } from '../../app/core/clock.server.ts'
import { connect, disconnect } from '../../app/core/db.server.ts'
import type { Operation } from '../../app/core/operation.server.ts'
import { blindIndex } from '../../app/core/seal.server.ts'
import { whoBears } from '../../app/core/session.server.ts'
import type { Person } from '../../app/core/user.ts'
import { logVisit } from '../../app/support/visit/visits.server.ts'
import { openWork, openYears } from '../../app/support/work/work.server.ts'
import { lastMonths } from '../../app/support/work/work.ts'
import { listVolunteers } from '../../app/volunteers/volunteers.server.ts'
import { familyName, givenName } from '../data/names.ts'
import type { Crowd, Guest } from '../load/people.ts'
import { sought } from '../pages/search.ts'
import type { Place } from '../place/place.ts'
import { scans } from './scans.ts'
import { type Script, scriptOf, type Words } from './script.ts'
import type { FloorPlan } from './server.ts'

/** Writes the plan into the place's folder; returns its path and the scripts by page. */
export async function planFloor(place: Place, crowd: Crowd): Promise<{ path: string; plan: FloorPlan }> {
  connect(
    {
      readUrl: place.urlOf('tugivork_read'),
      writeUrl: place.urlOf('tugivork_write'),
      doorUrl: place.urlOf('tugivork_door'),
    },
    2,
  )
  try {
    const [lead, helper, one] = [crowd.network[0], crowd.volunteers[0], crowd.cases[0]]
    if (!lead || !helper || !one) throw new Error('nobody has signed in')
    const [coordinator] = crowd.coordinators
    if (!coordinator) throw new Error('no coordinator has signed in')
    const network = crowd.words[lead.cookie]?.network
    const look = (operation: Operation, input: object, words: Words = {}) =>
      written(lead, operation, input, { network, ...words })
    const pages = [
      { method: 'GET', path: '/cases', script: await look(listCases as unknown as Operation, {}) },
      {
        ...{ method: 'GET', path: '/cases/:case/timeline' },
        script: await look(openTimeline as unknown as Operation, { id: one }, { case: one }),
      },
      {
        ...{ method: 'POST', path: '/support/visits/new' },
        script: await written(
          helper,
          logVisit as unknown as Operation,
          visit(helper.assignment),
          crowd.words[helper.cookie] ?? {},
        ),
      },
      // What the product asks for a search and for the pages of work, for those who would know what its own design costs without its pages.
      {
        ...{ method: 'GET', path: '/volunteers' },
        script: await written(coordinator, listVolunteers as unknown as Operation, { q: sought }, {}),
      },
      { method: 'GET', path: '/support/work', script: await look(openWork as unknown as Operation, {}) },
      { method: 'GET', path: '/support/work/years', script: await look(openYears as unknown as Operation, {}) },
    ]
    const asked = {
      volunteer: sought,
      people: await peopleNamed(place, network ?? ''),
      since: lastMonths(today())[0] ?? '',
    }
    const plan: FloorPlan = { pages: [...pages, ...scans(asked)], guests: crowd.words }
    const path = join(place.folder, 'floor.json')
    writeFileSync(path, JSON.stringify(plan))
    return { path, plan }
  } finally {
    await disconnect()
  }
}

/** Whom the telephone's first name means in a network: the scan is told, for it opens no names. */
async function peopleNamed({ admin }: Place, network: string): Promise<string[]> {
  const keys = nameKeys({ givenName, familyName: familyName(0) }).map((key) => blindIndex(`${network}/name`, key))
  const { rows } = await admin.query<{ id: string }>(
    'select person_row as id from case_name_key where network_id = $1 and key_index = any ($2)',
    [network, keys],
  )
  return rows.map(({ id }) => id)
}

const visit = (assignment: string) => ({ assignment, day: today(), way: 'phone', minutes: '30', note: 'Näidis' })

// The first run reads what a process reads but once.
async function written(guest: Guest, operation: Operation, input: object, words: Words): Promise<Script> {
  const me = (await whoBears(guest.claim, operation.access)) as Person
  const once = () => (operation.access === 'write' ? randomUUID() : undefined)
  await operation.run(me, input, once())
  const key = once()
  return scriptOf(operation.access, { ...words, me: me.id, once: key }, () => operation.run(me, input, key))
}
