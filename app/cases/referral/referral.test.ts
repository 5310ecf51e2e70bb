// Does a referral become a case whole, or leave nothing behind?
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { answerPages, referCase, typed } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { setSetting } from '../../access/settings/set.server.ts'
import { standAt } from '../../core/clock.server.ts'
import { type Invalid, NotFound, Refused } from '../../core/errors.ts'
import { checkDigit } from '../../core/form/personal-code.ts'
import { openCase } from '../case-file.server.ts'
import { openCheck, refer } from './refer.server.ts'
import { dropReferral, openStart, openStep, saveStep, startReferral } from './referral.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())
beforeEach(() => standAt(new Date('2026-11-23T09:00:00Z')))
afterEach(() => standAt(null))

const count = async (table: string) => Number((await cast.admin.query(`select count(*) from ${table}`)).rows[0].count)
const invalid = (...fields: string[]) =>
  expect.objectContaining({
    status: 422,
    fields: expect.objectContaining(Object.fromEntries(fields.map((name) => [name, expect.anything()]))),
  })

test('the pages become a case with its number, people, safe contact and what the support person may know', async () => {
  const id = await referCase(cast.lea)
  const { head, facts, people, places, words } = await openCase.run(cast.lea, { id })
  expect(head).toMatchObject({
    number: 'M-2026-001',
    network: 'Ida-Viru',
    countyCode: '0045',
    referredOn: '2026-11-02',
  })
  expect(facts).toMatchObject({
    source: 'police',
    language: 'ru',
    interpreter: true,
    childCount: 2,
    childrenToldOn: '2026-11-01',
  })
  expect(facts).toMatchObject({ legalBasis: 'consent', consentOn: '2026-11-01', consentRecordedBy: cast.lea.name })
  expect(people.map((one) => one.kind)).toEqual(['victim', 'perpetrator', 'child', 'child'])
  expect(places.map((one) => one.kind)).toEqual(['safe_contact'])
  expect(words).toMatchObject({ why: typed.reason.why, toldWhom: typed.children.toldWhom })
  expect(words?.brief).toMatchObject({
    named: true,
    safetyNote: typed.brief.safetyNote,
    tasks: typed.brief.agreedTasks,
  })
})

test('nothing that was typed stands open in the database', async () => {
  await referCase(cast.lea)
  await answerPages(cast.lea)
  for (const table of ['case_file', 'case_person', 'case_whereabouts', 'case_brief', 'draft', 'audit_event', 'once']) {
    const { rows } = await cast.admin.query(`select t::text as line from ${table} t`)
    for (const { line } of rows)
      expect(line).not.toMatch(/Anna|Näidis-Org|Igor|5550 1234|kõneposti|prokuratuuri osalust|õunakook|kaubik|Helve/)
  }
})

test('a child is refused, and nothing is kept', async () => {
  const before = [await count('case_file'), await count('draft')]
  for (const victim of [
    { birthYear: '2010' },
    { birthYear: '', nationalId: `6101231023${checkDigit('6101231023')}` },
  ]) {
    const { journey } = await startReferral.run(cast.lea, {})
    await saveStep.run(cast.lea, { journey, part: 'source', ...typed.source })
    const next = await saveStep.run(cast.lea, { journey, part: 'victim', ...typed.victim, ...victim })
    expect(next.to).toBe('/cases/new/child-protection')
    await expect(openStep.run(cast.lea, { journey, part: 'source' })).rejects.toBeInstanceOf(NotFound)
  }
  expect([await count('case_file'), await count('draft')]).toEqual(before)
})

test('in the year of coming of age somebody has to be sure', async () => {
  const { journey } = await startReferral.run(cast.lea, {})
  const turning = { journey, part: 'victim', ...typed.victim, birthYear: '2008' }
  await expect(saveStep.run(cast.lea, turning)).rejects.toEqual(invalid('adultConfirmed'))
  expect((await saveStep.run(cast.lea, { ...turning, adultConfirmed: 'yes' })).to).toContain('/perpetrator')
})

test('a wrong personal code, or one of another year, is said at its field', async () => {
  const { journey } = await startReferral.run(cast.lea, {})
  const save = (victim: object) => saveStep.run(cast.lea, { journey, part: 'victim', ...typed.victim, ...victim })
  await expect(save({ nationalId: '48505150011' })).rejects.toEqual(invalid('nationalId'))
  await expect(save({ nationalId: '60001019906', birthYear: '1985' })).rejects.toEqual(invalid('nationalId'))
  await expect(save({ birthYear: '' })).rejects.toEqual(invalid('birthYear'))
})

test('where there are children, child protection was told or it is written why not', async () => {
  const { journey } = await startReferral.run(cast.lea, {})
  const save = (children: object) => saveStep.run(cast.lea, { journey, part: 'children', childCount: '1', ...children })
  await expect(save({})).rejects.toEqual(invalid('told'))
  await expect(save({ told: 'yes' })).rejects.toEqual(invalid('toldOn', 'toldWhom'))
  await expect(save({ told: 'no' })).rejects.toEqual(invalid('notToldWhy'))
  await expect(save({ told: 'no', notToldWhy: 'x', birthYears: '2014, kaheksa' })).rejects.toEqual(
    invalid('birthYears'),
  )
  expect((await save({ told: 'no', notToldWhy: 'Pere saab juba abi.' })).to).toContain('/others')
})

test('the law is a basis only when the administrator has entered its text', async () => {
  const { journey } = await startReferral.run(cast.lea, {})
  const save = (basis: object) => saveStep.run(cast.lea, { journey, part: 'basis', ...basis })
  await expect(save({ basis: 'consent' })).rejects.toEqual(invalid('consentOn', 'consentWay'))
  await expect(save({ basis: 'law' })).rejects.toEqual(invalid('basis'))
  await setSetting.run(cast.ott, {
    name: 'lawBasisText',
    value: 'Näidisseadus § 1',
    validFrom: '2026-11-23',
    note: 'Näidis',
  })
  await expect(save({ basis: 'law' })).rejects.toEqual(invalid('whyLaw'))
  expect((await save({ basis: 'law', whyLaw: 'Oht elule.' })).to).toContain('/reason')
  const id = await referCase(cast.lea, { basis: { basis: 'law', consentOn: '', consentWay: '', whyLaw: 'Oht elule.' } })
  expect((await openCase.run(cast.lea, { id })).facts).toMatchObject({ legalBasis: 'law', consentOn: null })
})

test('the same victim within the window is a repeat case, linked to the earlier one; another network is not asked', async () => {
  const victim = { nationalId: '60001019906', birthYear: '' }
  const first = await referCase(cast.lea, { victim, source: { referredOn: '01.12.2025' } })
  const journey = await answerPages(cast.lea, { victim })
  expect(await refer.run(cast.lea, { journey })).toMatchObject({ repeat: true })
  // A member hears nothing of it when she brings the case.
  const hers = await answerPages(cast.mall, { victim })
  expect(await refer.run(cast.mall, { journey: hers })).toMatchObject({ repeat: false })
  const again = await referCase(cast.lea, { victim })
  expect((await openCase.run(cast.lea, { id: again })).head.repeatOf).not.toBeNull()
  const elsewhere = await referCase(cast.max, { victim })
  expect((await openCase.run(cast.max, { id: elsewhere })).head.repeatOf).toBeNull()
  await cast.admin.query(`update case_file set referred_on = '2025-10-01', repeat_of = null`)
  const later = await referCase(cast.lea, { victim })
  expect((await openCase.run(cast.lea, { id: later })).head.repeatOf).toBeNull()
  expect(first).not.toBe(later)
})

test('answers come back on every page, two journeys do not mix, and a mended page leads back to the check', async () => {
  const one = await answerPages(cast.lea)
  const two = await answerPages(cast.lea, { victim: { givenName: 'Berta' } })
  expect((await openStep.run(cast.lea, { journey: one, part: 'victim' })).answers.victim?.givenName).toBe('Anna')
  expect((await openStep.run(cast.lea, { journey: two, part: 'victim' })).answers.victim?.givenName).toBe('Berta')
  const mended = await saveStep.run(cast.lea, { journey: one, part: 'victim', ...typed.victim })
  expect(mended.to).toBe(`/cases/new/${one}/check`)
  expect((await openCheck.run(cast.lea, { journey: one })).missing).toBeNull()
  expect((await openStart.run(cast.lea, {})).journeys.map(({ id }) => id)).toEqual(expect.arrayContaining([one, two]))
  await dropReferral.run(cast.lea, { journey: two })
  await expect(openCheck.run(cast.lea, { journey: two })).rejects.toBeInstanceOf(NotFound)
})

test('an unfinished journey cannot be sent, and a finished one is sent once', async () => {
  const { journey } = await startReferral.run(cast.lea, {})
  await saveStep.run(cast.lea, { journey, part: 'source', ...typed.source })
  await expect(refer.run(cast.lea, { journey })).rejects.toSatisfy((error: Invalid) => '' in error.fields)
  const whole = await answerPages(cast.lea)
  const key = randomUUID()
  const before = await count('case_file')
  const sent = await Promise.all([1, 2, 3].map(() => refer.run(cast.lea, { journey: whole }, key)))
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  expect(await count('case_file')).toBe(before + 1)
  await expect(refer.run(cast.lea, { journey: whole })).rejects.toBeInstanceOf(NotFound)
})

test('when a member refers, the lead gets a letter that says nothing; children not told about become a task', async () => {
  const told = { told: 'no', toldOn: '', toldWhom: '', notToldWhy: 'Pere saab juba abi.' }
  const id = await referCase(cast.mall, { children: told })
  const { rows } = await cast.admin.query(`select kind from mail_outbox where person_id = $1`, [cast.lea.id])
  expect(rows).toContainEqual({ kind: 'new-task' })
  const { head, words } = await openCase.run(cast.lea, { id })
  expect(head.tasks).toEqual([expect.objectContaining({ kind: 'tell-child-protection', dueOn: '2026-11-24' })])
  expect(words?.notToldWhy).toBe(told.notToldWhy)
})

test('Max cannot go on with the journey of Lea, and nobody outside a network refers', async () => {
  const journey = await answerPages(cast.lea)
  for (const operation of [openCheck, refer, dropReferral]) {
    await expect(operation.run(cast.max, { journey })).rejects.toBeInstanceOf(NotFound)
    for (const who of [cast.lou, cast.kim, cast.aino, cast.sirje])
      await expect(operation.run(who, { journey })).rejects.toBeInstanceOf(Refused)
  }
  const step = { journey, part: 'victim', ...typed.victim }
  await expect(openStep.run(cast.max, step)).rejects.toBeInstanceOf(NotFound)
  await expect(saveStep.run(cast.max, step)).rejects.toBeInstanceOf(NotFound)
  for (const operation of [startReferral, openStart, openStep, saveStep])
    await expect(operation.run(cast.lou, step)).rejects.toBeInstanceOf(Refused)
})
