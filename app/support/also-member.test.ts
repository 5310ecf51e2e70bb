// Somebody helps a family and sits in the core group of the same network: is she shown what helping shows before she is invited, and may she write what a member writes only afterwards?
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../test/cast.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { givenAction } from '../../test/transfer.ts'
import { openCase } from '../cases/case-file.server.ts'
import { listCases } from '../cases/cases.server.ts'
import { planContact } from '../cases/contact/plan.server.ts'
import { openContact, openSafeContact } from '../cases/contact/safe.server.ts'
import { addPlace, openBrief, openPlaces, saveBrief } from '../cases/identity/places.server.ts'
import { revealValue } from '../cases/identity/reveal.server.ts'
import { openTimeline } from '../cases/timeline.server.ts'
import { today } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import { NotFound } from '../core/errors.ts'
import type { Person } from '../core/user.ts'
import { formatDate } from '../i18n/format.ts'
import { openAssignment } from '../matching/assignment/assignments.server.ts'
import { lookAtPlace, openToSupport } from '../matching/assignment/steer.server.ts'
import { openNext, planNext } from './next/next.server.ts'
import { logVisit } from './visit/visits.server.ts'

let cast: Cast
let of: Support
/** Lou, who speaks for child protection in Ida-Viru as well. */
let lou: Person
beforeAll(async () => {
  cast = await openCast()
  of = await givenSupport(cast, '2026-11-03')
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values ($1, 'member', $2, 'lastekaitse', '2020-01-01', '2999-12-31')`,
    [cast.lou.id, cast.networks.ida],
  )
  lou = (await signIn(cast.admin, cast.lou.id)).person
})
afterAll(() => cast.close())

const own = async () => (await openAssignment.run(lou, { id: of.assignment })).own
const listed = async () =>
  (await listCases.run(lou, { status: 'all', page: 1 })).rows.some(({ id }) => id === of.caseId)
const id = () => ({ id: of.caseId })
const place = { kind: 'address', value: 'Näidise tänav 1' }
const tomorrow = () => formatDate(new Date(Date.now() + 86_400_000))

test('what helping shows is hers: the brief, how she may be reached, the place that was opened, and a visit', async () => {
  const shown = await own()
  expect(shown).toMatchObject({
    givenName: 'Anna',
    rules: { codeWord: 'õunakook' },
    places: [{ kind: 'safe_contact' }],
  })
  const [opened] = shown?.places ?? []
  expect((await lookAtPlace.run(lou, { id: of.assignment, place: opened?.id })).value).toBeTruthy()
  await planNext.run(lou, {
    id: of.assignment,
    channel: 'call',
    day: tomorrow(),
    time: '10',
    because: 'Ta palus ise nii',
  })
  expect((await openNext.run(lou, { id: of.assignment })).plans).toHaveLength(1)
  await logVisit.run(lou, { assignment: of.assignment, day: today(), ...usualVisit })
})

test('and no more: before her agency is invited the case is nowhere, and nothing of it is written', async () => {
  expect(await listed()).toBe(false)
  for (const open of [openCase, openTimeline, openPlaces, openBrief, openContact, openSafeContact])
    await expect(open.run(lou, { ...id(), part: 'rules' })).rejects.toBeInstanceOf(NotFound)
  const [opened] = (await own())?.places ?? []
  const look = { ...id(), what: 'whereabouts', item: opened?.id, purpose: 'contact' }
  const words = { ...id(), seen: '', givenName: 'Anu', safetyNote: 'Näidis', agreedTasks: '' }
  const contact = { ...id(), channel: 'call', day: tomorrow(), time: '10', because: 'Ta palus ise nii' }
  await expect(revealValue.run(lou, look)).rejects.toBeInstanceOf(NotFound)
  await expect(addPlace.run(lou, { ...id(), ...place })).rejects.toBeInstanceOf(NotFound)
  await expect(saveBrief.run(lou, words)).rejects.toBeInstanceOf(NotFound)
  await expect(planContact.run(lou, contact)).rejects.toBeInstanceOf(NotFound)
})

test('nor does a statement past the program write it', async () => {
  const [ida, caseId] = [cast.networks.ida, of.caseId]
  const statements = [
    `insert into case_brief (network_id, case_id, whereabouts_ids, recorded_by) values ('${ida}', '${caseId}', '{}', auth_person())`,
    `insert into case_whereabouts (network_id, case_id, kind, value_sealed, recorded_by) values ('${ida}', '${caseId}', 'address', '\\x01', auth_person())`,
    `insert into safe_contact (network_id, case_id, part, words_sealed, recorded_by) values ('${ida}', '${caseId}', 'rules', '\\x01', auth_person())`,
    `update case_brief set superseded_at = now() where case_id = '${caseId}' and superseded_at is null`,
    `update safe_contact set superseded_at = now() where case_id = '${caseId}' and superseded_at is null`,
  ]
  const done = (statement: string) =>
    asPerson('write', lou.claim, (db) => sql.raw(statement).execute(db)).then(
      ({ numAffectedRows }) => Number(numAffectedRows),
      (error: unknown) => (error instanceof NotFound ? 0 : error),
    )
  for (const statement of statements) expect([statement, await done(statement)]).toEqual([statement, 0])
})

test('from her invitation on she sees and writes what every member does', async () => {
  await givenAction({ ...cast, mall: lou }, of.caseId)
  expect(await listed()).toBe(true)
  expect((await openCase.run(lou, id())).words?.brief).toMatchObject({ named: true })
  await addPlace.run(lou, { ...id(), ...place })
  expect((await openPlaces.run(lou, id())).places.map(({ kind }) => kind)).toEqual(['address', 'safe_contact'])
})

test('whoever guides her and sits in the core group opens a place to her by her own office, before an invitation of her own', async () => {
  await cast.admin.query(
    `insert into person_role (person_id, role, network_id, agency, valid_from, valid_to) values ($1, 'member', $2, 'haigla', '2020-01-01', '2999-12-31')`,
    [cast.sirje.id, cast.networks.ida],
  )
  const sirje = (await signIn(cast.admin, cast.sirje.id)).person
  const [address] = (await openPlaces.run(lou, id())).places
  const opened = async () => {
    const { rows } = await cast.admin.query<{ of: boolean }>(
      `select $2 = any (whereabouts_ids) as of from case_brief where case_id = $1 and superseded_at is null`,
      [of.caseId, address?.id],
    )
    return rows.map((row) => row.of)
  }
  const steer = (open: string) => openToSupport.run(sirje, { id: of.assignment, place: address?.id, open })
  expect(await opened()).toEqual([false])
  await steer('yes')
  expect(await opened()).toEqual([true])
  await steer('no')
  expect(await opened()).toEqual([false])
  // By that office alone: the case itself is nowhere, and what a member writes is not hers to write.
  for (const open of [openCase, openPlaces]) await expect(open.run(sirje, id())).rejects.toBeInstanceOf(NotFound)
  await expect(addPlace.run(sirje, { ...id(), ...place })).rejects.toBeInstanceOf(NotFound)
})

test('with the end of the support what helping showed is over, and what the invitation shows stays', async () => {
  await cast.admin.query(`update assignment set status = 'ended', end_on = current_date - 1 where id = $1`, [
    of.assignment,
  ])
  const [address] = (await openPlaces.run(lou, id())).places
  expect(
    await openAssignment.run(lou, { id: of.assignment }).then(
      ({ own }) => own,
      () => null,
    ),
  ).toBeNull()
  await expect(lookAtPlace.run(lou, { id: of.assignment, place: address?.id })).rejects.toBeInstanceOf(NotFound)
  await expect(openNext.run(lou, { id: of.assignment })).rejects.toBeInstanceOf(NotFound)
  expect(await listed()).toBe(true)
})
