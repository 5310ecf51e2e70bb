// Is somebody who was taken down wrongly put right, with the old entry kept and the new one in force everywhere?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { correctPerson, openCorrection } from './correct.server.ts'
import { openBrief } from './places.server.ts'
import { revealValue } from './reveal.server.ts'

let cast: Cast
let id: string
let victim: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  await cast.admin.query('delete from reveal')
  id = await referCase(cast.lea)
  victim = await personOf('victim')
})

const personOf = async (kind: string) =>
  (await openCase.run(cast.lea, { id })).people.find((one) => one.kind === kind)?.id ?? ''
const right = () => ({
  id,
  person: victim,
  givenName: 'Marju',
  familyName: 'Näidis-Kivi',
  birthYear: '1986',
  why: 'Dokumendil oli teisiti.',
})
const invalid = (...fields: string[]) =>
  expect.objectContaining({
    status: 422,
    fields: expect.objectContaining(Object.fromEntries(fields.map((name) => [name, expect.anything()]))),
  })

test('the new entry is shown, the old one stays and the support person is told the right name', async () => {
  await correctPerson.run(cast.lea, right())
  const item = await personOf('victim')
  expect(item).not.toBe(victim)
  const { identity } = await revealValue.run(cast.lea, { id, what: 'identity', item, purpose: 'verify' })
  expect(identity).toMatchObject({ givenName: 'Marju', familyName: 'Näidis-Kivi', birthYear: 1986 })
  expect((await openBrief.run(cast.lea, { id })).brief.givenName).toBe('Marju')
  const { rows } = await cast.admin.query(
    'select superseded_at, corrects_id from case_person where id = any($1) order by recorded_at',
    [[victim, item]],
  )
  expect(rows).toMatchObject([
    { superseded_at: expect.any(Date), corrects_id: null },
    { superseded_at: null, corrects_id: victim },
  ])
  const told = (await openTimeline.run(cast.lea, { id })).events.find((event) => event.kind === 'identity')
  expect(told).toMatchObject({ detail: 'victim', who: cast.lea.name })
})

test('a wrong code no longer makes an earlier case of somebody else a repeat', async () => {
  const code = '60001019906'
  const first = await referCase(cast.lea, {
    victim: { givenName: 'Anna', familyName: 'Näidis-Org', nationalId: code, birthYear: '', language: 'ru' },
  })
  const person = (await openCase.run(cast.lea, { id: first })).people.find((one) => one.kind === 'victim')?.id ?? ''
  await correctPerson.run(cast.lea, { ...right(), id: first, person })
  const second = await referCase(cast.lea, {
    victim: { givenName: 'Anna', familyName: 'Näidis-Org', nationalId: code, birthYear: '', language: 'ru' },
  })
  expect((await openCase.run(cast.lea, { id: second })).head.repeatOf).toBeNull()
})

test('what cannot be is said at the field', async () => {
  await expect(correctPerson.run(cast.lea, { ...right(), why: '' })).rejects.toEqual(invalid('why'))
  await expect(correctPerson.run(cast.lea, { ...right(), givenName: '', birthYear: '' })).rejects.toEqual(
    invalid('givenName', 'birthYear'),
  )
  await expect(correctPerson.run(cast.lea, { ...right(), nationalId: '123' })).rejects.toEqual(invalid('nationalId'))
  await expect(correctPerson.run(cast.lea, { ...right(), birthYear: '2015' })).rejects.toEqual(invalid(''))
  expect(await personOf('victim')).toBe(victim)
})

test('of two who correct at once the second one is told, and sees what is written down where her look lasts', async () => {
  const look = () => revealValue.run(cast.mall, { id, what: 'identity', item: victim, purpose: 'verify' })
  const others = { ...right(), givenName: 'Marje', nationalId: '60001019906', birthYear: '', seen: victim }
  await correctPerson.run(cast.lea, right())
  const now = await personOf('victim')
  await expect(correctPerson.run(cast.mall, others)).rejects.toMatchObject({
    said: { key: 'cases.correct.overtaken' },
    status: 409,
  })
  expect(await openCorrection.run(cast.mall, { id, person: victim })).toMatchObject({ person: { id: now }, kept: null })
  await cast.admin.query('delete from reveal')
  id = await referCase(cast.lea)
  victim = await personOf('victim')
  await look()
  await correctPerson.run(cast.lea, right())
  const [mine, next] = [{ ...others, id, person: victim, seen: victim }, await personOf('victim')]
  await expect(correctPerson.run(cast.mall, mine)).rejects.toMatchObject({ said: { key: 'core.error.overtaken' } })
  const { kept } = await openCorrection.run(cast.mall, { id, person: victim })
  expect(kept).toMatchObject({ givenName: 'Marju', familyName: 'Näidis-Kivi', birthYear: 1986, nationalId: null })
  const { rows } = await cast.admin.query(
    `select object_kind, object_id from audit_event where action = 'case.person.open' and case_id = $1 order by seq desc limit 1`,
    [id],
  )
  expect(rows).toEqual([{ object_kind: 'case-identity', object_id: next }])
  // Having read it she may say otherwise.
  await correctPerson.run(cast.mall, { ...mine, seen: next })
  const item = await personOf('victim')
  const { identity } = await revealValue.run(cast.lea, { id, what: 'identity', item, purpose: 'verify' })
  expect(identity).toMatchObject({ givenName: 'Marje', nationalId: '60001019906' })
})

test('two who save at the very same moment are two: one is saved, one is told', async () => {
  const both = await Promise.allSettled([correctPerson.run(cast.lea, right()), correctPerson.run(cast.mall, right())])
  const told = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(told).toEqual([expect.objectContaining({ status: 409 })])
})

test('an entry is corrected once; somebody of another case cannot be', async () => {
  await correctPerson.run(cast.lea, right())
  await expect(correctPerson.run(cast.lea, right())).rejects.toBeInstanceOf(Conflict)
  const other = await referCase(cast.lea)
  await expect(correctPerson.run(cast.lea, { ...right(), id: other })).rejects.toBeInstanceOf(NotFound)
})

test('Max cannot, and the coordinator cannot', async () => {
  await expect(openCorrection.run(cast.max, { id, person: victim })).rejects.toBeInstanceOf(NotFound)
  await expect(correctPerson.run(cast.max, right())).rejects.toBeInstanceOf(NotFound)
  await expect(correctPerson.run(cast.kim, right())).rejects.toBeInstanceOf(Refused)
})
