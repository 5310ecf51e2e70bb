// Does everything that rested on the victim's wish end on the day she takes it back, and is each word kept?
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, type CastName, openCast } from '../../../test/cast.ts'
import { givenSupport, type Support } from '../../../test/support.ts'
import { setSetting } from '../../access/settings/set.server.ts'
import { standAt } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { openReveal } from '../identity/reveal.server.ts'
import { offerSupport } from '../need/needs.server.ts'
import { finishTask, openTasks } from '../tasks.server.ts'
import { openTimeline } from '../timeline.server.ts'
import { giveConsent, openBasis, openSharing, useLaw, withdrawConsent } from './basis.server.ts'

let cast: Cast
let of: Support
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(async () => {
  standAt(new Date('2026-11-26T09:00:00Z'))
  of = await givenSupport(cast, '2026-10-01', {
    changes: { basis: { basis: 'consent', consentOn: '01.11.2026', consentWay: 'written', proof: 'Näidis-kaust 4' } },
  })
})
afterEach(() => standAt(null))

const no = (more: Record<string, string> = {}) => ({
  id: of.caseId,
  on: '26.11.2026',
  way: 'spoken',
  goesOn: 'ends',
  ...more,
})
const invalid = (...fields: string[]) =>
  expect.objectContaining({
    status: 422,
    fields: expect.objectContaining(Object.fromEntries(fields.map((name) => [name, expect.anything()]))),
  })
const one = async <T>(text: string) => (await cast.admin.query<{ it: T }>(text, [of.caseId])).rows.map((row) => row.it)
const support = () => one('select status as it from assignment where case_id = $1')
const lawIs = (value: string) =>
  cast.admin.query(
    `insert into setting (name, valid_from, value, note, set_by) values ('lawBasisText', '2026-01-01', $1::jsonb, 'x', $2)
     on conflict do nothing`,
    [JSON.stringify(value), cast.ott.id],
  )
const sees = (who: CastName) =>
  openCase.run(cast[who], { id: of.caseId }).then(
    () => true,
    () => false,
  )

test('the first word is that of the referral, with its proof', async () => {
  const { words } = await openSharing.run(cast.lea, { id: of.caseId })
  expect(words).toMatchObject([
    { kind: 'consent', onDate: '2026-11-01', way: 'written', proof: 'Näidis-kaust 4', recordedBy: cast.lea.name },
  ])
})

test('a wish taken back ends the support, the search, the brief and the eyes of the other agencies the same day', async () => {
  expect([await sees('lea'), await sees('mall')]).toEqual([true, true])
  await withdrawConsent.run(cast.lea, no())
  expect(await support()).toEqual(['ended'])
  expect(await one('select status as it from need where case_id = $1')).toEqual(['closed'])
  expect(await one('select superseded_at is null as it from case_brief where case_id = $1')).toEqual([false])
  expect([await sees('lea'), await sees('mall')]).toEqual([true, false])
  const { head, words } = await openSharing.run(cast.lea, { id: of.caseId })
  expect(head).toMatchObject({ legalBasis: 'none', consentOn: null, next: { kind: 'tell-recipients' } })
  expect(words[0]).toMatchObject({ kind: 'withdrawn', goesOn: 'ends', onDate: '2026-11-26', way: 'spoken' })
  const asked = await asPerson('read', cast.lou.claim, (db) =>
    db.selectFrom('caseBrief').select('id').where('caseId', '=', of.caseId).execute(),
  )
  expect(asked).toEqual([])
})

test('a coordinator finds nothing to ask for any more', async () => {
  const [person] = (await openCase.run(cast.kim, { id: of.caseId })).people
  await withdrawConsent.run(cast.lea, no())
  const after = await openCase.run(cast.kim, { id: of.caseId })
  expect([after.people, after.places]).toEqual([[], []])
  const look = openReveal.run(cast.kim, { id: of.caseId, what: 'identity', item: person?.id })
  await expect(look).rejects.toBeInstanceOf(NotFound)
})

test('who had received something is listed, and telling them is a task with its day', async () => {
  await openCase.run(cast.mall, { id: of.caseId })
  await withdrawConsent.run(cast.lea, no())
  const { recipients, head } = await openSharing.run(cast.lea, { id: of.caseId })
  const mall = recipients?.find((one) => one.id === cast.mall.id)
  expect(mall).toMatchObject({
    name: cast.mall.name,
    agency: 'ohvriabi',
    roles: ['member'],
    actions: ['case.open'],
    opened: 0,
  })
  const waiting = (await asPerson('read', cast.lea.claim, (db) => openTasks(db))).filter(
    (task) => task.caseId === of.caseId,
  )
  expect(waiting).toMatchObject([{ kind: 'tell-recipients', dueOn: '2026-11-27' }])
  await finishTask.run(cast.lea, { id: of.caseId, task: head.tasks[0]?.id })
  expect((await openSharing.run(cast.lea, { id: of.caseId })).head.tasks).toEqual([])
})

test('the law carries on what is said, with a reason and in the words of the day', async () => {
  await expect(withdrawConsent.run(cast.lea, no({ goesOn: 'network' }))).rejects.toEqual(invalid('why'))
  const withWhy = no({ goesOn: 'network', why: 'Toimepanija ähvardas tappa.' })
  await expect(withdrawConsent.run(cast.lea, withWhy)).rejects.toEqual(invalid('goesOn'))
  await lawIs('Näidisseadus § 1')
  await withdrawConsent.run(cast.lea, withWhy)
  expect(await support()).toEqual(['ended'])
  const { head, words } = await openSharing.run(cast.mall, { id: of.caseId })
  expect(head.legalBasis).toBe('law')
  expect(words[0]).toMatchObject({ lawText: 'Näidisseadus § 1', reason: 'Toimepanija ähvardas tappa.' })
  await expect(withdrawConsent.run(cast.lea, no())).rejects.toBeInstanceOf(Conflict)
})

test('the support person goes on where the law carries everything', async () => {
  await lawIs('Näidisseadus § 1')
  await withdrawConsent.run(cast.lea, no({ goesOn: 'all', why: 'Toimepanija ähvardas tappa.' }))
  expect(await support()).toEqual(['active'])
})

test('given again, the case is shared again; what had ended has to be offered anew', async () => {
  await withdrawConsent.run(cast.lea, no())
  const offer = {
    id: of.caseId,
    offeredOn: '26.11.2026',
    answer: 'accepted',
    language: 'ru',
    wantedSex: 'F',
    fromOn: '01.12.2026',
    months: '8',
  }
  await expect(offerSupport.run(cast.lea, offer)).rejects.toBeInstanceOf(Conflict)
  await giveConsent.run(cast.lea, { id: of.caseId, on: '26.11.2026', way: 'digital', proof: 'Näidis-fail' })
  expect(await sees('mall')).toBe(true)
  expect(await support()).toEqual(['ended'])
  await offerSupport.run(cast.lea, offer)
  const kinds = (await openTimeline.run(cast.lea, { id: of.caseId })).events.filter((event) => event.kind === 'basis')
  expect(kinds.map((event) => event.detail).toSorted()).toEqual(['consent', 'consent', 'withdrawn-ends'])
})

test('days that cannot be are said at the field, and nothing of it stays', async () => {
  await expect(withdrawConsent.run(cast.lea, no({ on: '27.11.2026' }))).rejects.toEqual(invalid('on'))
  await expect(withdrawConsent.run(cast.lea, no({ on: '31.10.2026' }))).rejects.toEqual(invalid('on'))
  await expect(giveConsent.run(cast.lea, { id: of.caseId, on: '27.11.2026', way: 'written' })).rejects.toEqual(
    invalid('on'),
  )
  expect(await one('select kind as it from case_basis where case_id = $1')).toEqual(['consent'])
})

test('a member records what the victim says, and with that shuts the case before herself', async () => {
  expect(await withdrawConsent.run(cast.mall, no())).toMatchObject({ shut: true })
  expect([await sees('mall'), await sees('lea')]).toEqual([false, true])
})

test('Max cannot, and nobody who only looks can', async () => {
  const id = of.caseId
  await expect(openSharing.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(openBasis.run(cast.max, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(withdrawConsent.run(cast.max, no())).rejects.toBeInstanceOf(NotFound)
  await expect(giveConsent.run(cast.max, { id, on: '26.11.2026', way: 'written' })).rejects.toBeInstanceOf(NotFound)
  await expect(useLaw.run(cast.max, { id, why: 'x' })).rejects.toBeInstanceOf(NotFound)
  for (const who of ['kim', 'lou', 'sirje', 'aino'] as const)
    await expect(withdrawConsent.run(cast[who], no())).rejects.toBeInstanceOf(Refused)
  expect((await openSharing.run(cast.aino, { id })).words[0]).toMatchObject({ kind: 'consent', proof: null })
})

test('the text of the law comes from the dated setting alone', async () => {
  const other = await referCase(cast.lea)
  await setSetting.run(cast.ott, { name: 'lawBasisText', value: 'Uus tekst', validFrom: '26.11.2026', note: 'x' })
  await useLaw.run(cast.lea, { id: other, why: 'Oht elule.' })
  expect((await openSharing.run(cast.lea, { id: other })).words[0]).toMatchObject({
    lawText: 'Uus tekst',
    reason: 'Oht elule.',
  })
})
