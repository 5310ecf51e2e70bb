// Is it kept whether a support person was offered, and does a yes open the need for matching?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { standAt } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { listCases } from '../cases.server.ts'
import { tellsTooMuch } from './need.ts'
import { closeNeed, insertNeed, offerSupport, openNeed, openOffer } from './needs.server.ts'
import { openSupport } from './support.server.ts'

let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  standAt(new Date('2026-11-23T09:00:00Z'))
  id = await referCase(cast.lea)
})
afterEach(() => standAt(null))

const yes = () => ({
  id,
  offeredOn: '20.11.2026',
  answer: 'accepted',
  language: 'ru',
  wantedSex: 'F',
  fromOn: '01.12.2026',
  months: '8',
  avoidLocal: 'yes',
})
const no = () => ({ id, offeredOn: '20.11.2026', answer: 'declined', declineReason: 'no_trust' })
const invalid = (...fields: string[]) =>
  expect.objectContaining({
    status: 422,
    fields: expect.objectContaining(Object.fromEntries(fields.map((name) => [name, expect.anything()]))),
  })
const needs = async () => (await openSupport.run(cast.lea, { id })).needs

test('a yes opens a need under the number of the case, with the offer before it', async () => {
  expect(await openOffer.run(cast.lea, { id })).toMatchObject({ language: 'ru', months: 8 })
  await offerSupport.run(cast.lea, yes())
  const [need] = await needs()
  expect(need).toMatchObject({
    status: 'open',
    language: 'ru',
    wantedSex: 'F',
    fromOn: '2026-12-01',
    months: 8,
    avoidLocal: true,
    childCount: 2,
  })
  expect(need?.number).toMatch(/^M-2026-\d{3}$/)
  expect(need?.events.map((event) => [event.kind, event.onDate])).toEqual([
    ['offered', '2026-11-20'],
    ['opened', '2026-11-20'],
  ])
})

test('a no is kept with its reason and opens nothing; later one may offer again', async () => {
  await expect(offerSupport.run(cast.lea, { ...no(), declineReason: '' })).rejects.toEqual(invalid('declineReason'))
  await expect(offerSupport.run(cast.lea, { ...no(), declineReason: 'other' })).rejects.toEqual(invalid('declineNote'))
  await offerSupport.run(cast.lea, no())
  expect((await needs())[0]).toMatchObject({
    status: 'declined',
    events: [{ kind: 'offered' }, { kind: 'declined', reason: 'no_trust' }],
  })
  await offerSupport.run(cast.lea, yes())
  expect((await needs()).map((need) => [need.status, need.number.endsWith('/2')])).toEqual([
    ['open', true],
    ['declined', false],
  ])
})

test('two needs of one case are never open together', async () => {
  await offerSupport.run(cast.lea, yes())
  await expect(offerSupport.run(cast.mall, yes())).rejects.toBeInstanceOf(Conflict)
})

test('what matching needs must be answered, and no number of a person fits into a note', async () => {
  await expect(offerSupport.run(cast.lea, { ...yes(), language: '', fromOn: '', months: '' })).rejects.toEqual(
    invalid('language', 'fromOn', 'months'),
  )
  await expect(offerSupport.run(cast.lea, { ...yes(), note: 'Helista 5550 1234' })).rejects.toEqual(invalid('note'))
  await expect(offerSupport.run(cast.lea, { ...yes(), offeredOn: '24.11.2026' })).rejects.toEqual(invalid('offeredOn'))
  await expect(offerSupport.run(cast.lea, { ...yes(), offeredOn: '01.10.2026' })).rejects.toEqual(invalid('offeredOn'))
})

test.each([
  ['60001019906', true],
  ['tel +372 5550 1234', true],
  ['kolmapäeviti kell 10–12', false],
  ['alates 01.12.2026', false],
  ['', false],
])('%s tells too much: %s', (text, told) => {
  expect(tellsTooMuch(text)).toBe(told)
})

test('a need is closed with its reason, but not while somebody is asked or helps', async () => {
  await offerSupport.run(cast.lea, yes())
  const [need] = await needs()
  expect((await openNeed.run(cast.lea, { id, need: need?.id })).need.status).toBe('open')
  await cast.admin.query(`update need set status = 'proposed' where id = $1`, [need?.id])
  const close = { id, need: need?.id, reason: 'victim_wish' }
  await expect(closeNeed.run(cast.lea, close)).rejects.toBeInstanceOf(Conflict)
  await cast.admin.query(`update need set status = 'open' where id = $1`, [need?.id])
  await expect(closeNeed.run(cast.lea, { ...close, reason: 'other' })).rejects.toEqual(invalid('note'))
  await closeNeed.run(cast.lea, close)
  expect((await needs())[0]).toMatchObject({
    status: 'closed',
    events: [{}, {}, { kind: 'closed', reason: 'victim_wish' }],
  })
  await expect(closeNeed.run(cast.lea, close)).rejects.toBeInstanceOf(Conflict)
})

test('Kim sees that somebody waits, nationwide and without a name; she does not offer in the place of the network', async () => {
  await offerSupport.run(cast.lea, yes())
  const { rows } = await listCases.run(cast.kim, { need: 'open' })
  expect(rows).toContainEqual(expect.objectContaining({ id, needStatus: 'open' }))
  expect((await openSupport.run(cast.kim, { id })).needs).toHaveLength(1)
  await expect(offerSupport.run(cast.kim, yes())).rejects.toBeInstanceOf(Refused)
})

test('Max cannot see, offer or close; volunteers may not try', async () => {
  await offerSupport.run(cast.lea, yes())
  const [need] = await needs()
  const input = { ...yes(), need: need?.id, reason: 'victim_wish' }
  for (const operation of [openOffer, offerSupport, openNeed, closeNeed, openSupport]) {
    await expect(operation.run(cast.max, input)).rejects.toBeInstanceOf(NotFound)
    await expect(operation.run(cast.lou, input)).rejects.toBeInstanceOf(Refused)
  }
})

test('the import opens a need in the coordinator’s own name', async () => {
  const facts = {
    caseId: id,
    networkId: cast.networks.ida,
    countyCode: '0045',
    municipalityCode: null,
    language: 'et',
    wantedSex: 'any',
    childCount: 0,
    avoidLocal: false,
    fromOn: '2026-11-01',
    months: 6,
    note: null,
    offeredOn: '2026-11-01',
    importKey: 'need:x',
  } as const
  const made = await asPerson('write', cast.kim.claim, (db) => insertNeed(db, cast.kim, facts))
  expect((await needs())[0]).toMatchObject({ id: made.id, number: made.number, status: 'open', months: 6 })
})
