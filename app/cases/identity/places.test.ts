// Are places kept sealed and one at a time, and does the support person's view follow them?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { addPlace, dropPlace, openBrief, openPlaces, saveBrief } from './places.server.ts'
import { revealValue } from './reveal.server.ts'

const origin = 'http://localhost:3000'
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
    safetyNote: typed.brief.safetyNote,
  })
  const seen = (await openBrief.run(cast.mall, { id })).version
  await saveBrief.run(cast.mall, { id, seen, givenName: 'Anu', safetyNote: 'Helista enne tulekut.', agreedTasks: '' })
  expect((await openBrief.run(cast.lea, { id })).brief).toEqual({
    givenName: 'Anu',
    safetyNote: 'Helista enne tulekut.',
    agreedTasks: undefined,
  })
  expect((await openCase.run(cast.lea, { id })).words?.brief).toMatchObject({ named: true, tasks: null })
  expect(await opened()).toHaveLength(1)
  expect((await cast.admin.query(`select 1 from case_brief where case_id = $1`, [id])).rowCount).toBe(2)
})

test('of two who write the brief at once the second sees both texts, loses nothing and writes over what she has read', async () => {
  const visitor = newVisitor(createApp({ origin, secure: false, demo: false }), origin, cast.cookies.mall)
  const address = `/cases/${id}/brief`
  const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? ''
  const read = seenIn(await (await visitor.get(address)).text())
  const words = { givenName: 'Anna', safetyNote: 'Näidis: helista kell 9', agreedTasks: '' }
  await saveBrief.run(cast.lea, { id, seen: read, ...words })
  const mine = { givenName: 'Anna', safetyNote: 'Näidis: helista kell 15', agreedTasks: 'Näidis: kohtusse' }
  const answer = await visitor.post(address, { seen: read, ...mine })
  const html = await answer.text()
  expect(answer.status).toBe(409)
  expect(html).toContain('Keegi teine salvestas vahepeal oma teksti')
  expect(html).toMatch(/Praegu on kirjas[\s\S]*Näidis: helista kell 9/)
  expect(html).toContain('Näidis: helista kell 15')
  expect((await openBrief.run(cast.lea, { id })).brief.safetyNote).toBe('Näidis: helista kell 9')
  expect((await visitor.post(address, { seen: seenIn(html), ...mine })).status).toBe(303)
  expect((await openBrief.run(cast.lea, { id })).brief.safetyNote).toBe('Näidis: helista kell 15')
})

test('two who write at the very same moment: one is kept, the other is told', async () => {
  const { version: seen } = await openBrief.run(cast.lea, { id })
  const both = [cast.lea, cast.mall].map((who, at) => saveBrief.run(who, { id, seen, givenName: `Näidis-${at}` }))
  const results = await Promise.allSettled(both)
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
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
