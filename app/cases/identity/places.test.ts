// Are places kept sealed and one at a time, and does the support person's view follow them?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { addPlace, dropPlace, openBrief, openPlaces, saveBrief } from './places.server.ts'
import { revealValue } from './reveal.server.ts'

let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  id = await referCase(cast.lea)
})

const placeIds = async () => (await openPlaces.run(cast.lea, { id })).places
const opened = async () =>
  (await cast.admin.query(`select whereabouts_ids from case_brief where case_id = $1 and superseded_at is null`, [id]))
    .rows[0].whereabouts_ids

test('a new safe contact takes the place of the old one, for the support person too', async () => {
  const [old] = await placeIds()
  await addPlace.run(cast.lea, { id, kind: 'safe_contact', value: 'Uus number', replaces: old?.id })
  const [now] = await placeIds()
  expect(now?.id).not.toBe(old?.id)
  expect(await opened()).toEqual([now?.id])
  const shown = await revealValue.run(cast.lea, { id, what: 'whereabouts', item: now?.id, purpose: 'contact' })
  expect(shown.place?.value).toBe('Uus number')
  expect((await cast.admin.query(`select 1 from case_whereabouts where case_id = $1`, [id])).rowCount).toBe(2)
})

test('an address is not told to the support person', async () => {
  const before = await opened()
  await addPlace.run(cast.mall, { id, kind: 'address', value: 'Näidise tänav 1' })
  expect((await placeIds()).map((place) => place.kind)).toEqual(['address', 'safe_contact'])
  expect(await opened()).toEqual(before)
})

test('only an entry of the same kind is replaced', async () => {
  const [old] = await placeIds()
  const wrong = addPlace.run(cast.lea, { id, kind: 'school', value: 'Näidise kool', replaces: old?.id })
  await expect(wrong).rejects.toEqual(expect.objectContaining({ fields: { replaces: expect.anything() } }))
})

test('what is no longer true is set aside, and the support person can no longer ask for it', async () => {
  const [old] = await placeIds()
  await dropPlace.run(cast.lea, { id, place: old?.id })
  expect(await placeIds()).toEqual([])
  expect(await opened()).toEqual([])
  await expect(dropPlace.run(cast.lea, { id, place: old?.id })).rejects.toBeInstanceOf(NotFound)
})

test('the brief is mended as a whole, and the old one stays in the history', async () => {
  expect((await openBrief.run(cast.lea, { id })).brief).toMatchObject({
    givenName: 'Anna',
    safetyNote: typed.contact.safetyNote,
  })
  await saveBrief.run(cast.mall, { id, givenName: 'Anu', safetyNote: 'Helista enne tulekut.', agreedTasks: '' })
  expect((await openBrief.run(cast.lea, { id })).brief).toEqual({
    givenName: 'Anu',
    safetyNote: 'Helista enne tulekut.',
    agreedTasks: undefined,
  })
  expect((await openCase.run(cast.lea, { id })).words?.brief).toMatchObject({ named: true, tasks: null })
  expect(await opened()).toHaveLength(1)
  expect((await cast.admin.query(`select 1 from case_brief where case_id = $1`, [id])).rowCount).toBe(2)
})

test('Max cannot read or change places and the brief; volunteers and the coordinator may not try', async () => {
  const [place] = await placeIds()
  const input = { id, place: place?.id, kind: 'address', value: 'x', safetyNote: 'x' }
  for (const operation of [openPlaces, addPlace, dropPlace, openBrief, saveBrief]) {
    await expect(operation.run(cast.max, input)).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.kim, cast.aino])
      await expect(operation.run(who, input)).rejects.toBeInstanceOf(Refused)
  }
})
