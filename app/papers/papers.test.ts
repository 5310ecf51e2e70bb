// Is a paper filled in from what is kept, does its signed copy prove what it is for, and does nobody else read it?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { container, pdf, sent, signatureXml, signerCode } from '../../test/signed.ts'
import { givenSupport, usualVisit } from '../../test/support.ts'
import { givenVolunteer } from '../../test/volunteers.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { formatDate } from '../i18n/format.ts'
import { logVisit } from '../support/visit/visits.server.ts'
import { openVolunteer } from '../volunteers/profile/profile.server.ts'
import { openDue } from './due/due.server.ts'
import { paperFile } from './made/document.server.ts'
import { MakePaper, papersFor } from './made/paper.ts'
import { dropPaper, listOwnPapers, listPapers, makePaper, openNewPaper } from './made/papers.server.ts'
import { openPaper, signedFile, signPaper } from './signed/signed.server.ts'
import { writeTemplate } from './template/templates.server.ts'

let cast: Cast
let id = ''
beforeAll(async () => {
  cast = await openCast()
  const setting = `insert into setting (name, valid_from, value, note, set_by) values ('exportsPerDay', '2026-01-01', '100', 'Näidis', $1)`
  await cast.admin.query(setting, [cast.kim.id])
  id = await givenVolunteer(cast, { name: 'Mari Näidis-Kask', personalCode: signerCode, languages: ['ru', 'et'] })
})
afterAll(() => cast.close())

const make = (more: Record<string, string> = {}) =>
  makePaper.run(cast.kim, { id, template: 'contract', locale: 'et', validFrom: today(), ...more })
const contractOf = async (volunteer = id) => {
  const { standing } = await openVolunteer.run(cast.kim, { id: volunteer })
  return standing.papers.contract
}

test('a paper is filled in with what is known, sealed, and kept with the version of its wording', async () => {
  expect(await openNewPaper.run(cast.kim, { id, template: 'contract' })).toMatchObject({ version: 1, locale: 'ru' })
  const { paper } = await make({ validTo: addDays(today(), 365) })
  const opened = await openPaper.run(cast.kim, { paper })
  expect(opened).toMatchObject({ kind: 'contract', template: 1, locale: 'et', copy: null })
  expect(opened.facts).toMatchObject({
    nimi: 'Mari Näidis-Kask',
    algus: formatDate(today()),
    koordinaator: cast.kim.name,
  })
  const { rows } = await cast.admin.query('select * from paper where id = $1', [paper])
  expect(JSON.stringify(rows)).not.toMatch(/Mari|Kask/)
  // A later version changes nothing of what was made.
  const wording = '# Uus leping\n{nimi} {kood} {algus} {lõpp}'
  await writeTemplate.run(cast.kim, {
    template: 'contract',
    version: 1,
    fromOn: today(),
    et: wording,
    en: wording,
    ru: wording,
  })
  const before = await paperFile.run(cast.kim, { paper, kind: 'docx' })
  expect(before.words).not.toContain('Uus leping')
  const next = await paperFile.run(cast.kim, { paper: (await make()).paper, kind: 'docx' })
  expect([next.words, next.template, next.facts.lõpp]).toEqual([wording, 2, 'tähtajatu'])
})

test('the signed copy sets the fact: from the file come the day and who signed, and nothing is typed twice', async () => {
  const { paper } = await make({ validFrom: addDays(today(), -5), validTo: addDays(today(), 360) })
  expect((await contractOf()).state).toBe('missing')
  const claimed = `${addDays(today(), -2)}T09:30:00Z`
  await signPaper.run(cast.kim, { paper, file: sent(container([signatureXml({ claimed })])) })
  expect(await contractOf()).toMatchObject({ state: 'valid', from: addDays(today(), -5), until: addDays(today(), 360) })
  const { copy } = await openPaper.run(cast.kim, { paper })
  expect(copy).toMatchObject({ form: 'asice', signedOn: addDays(today(), -2), by: cast.kim.name })
  expect(copy?.signers).toEqual([
    {
      name: 'MARI NÄIDIS-KASK',
      claimedAt: new Date(claimed).toISOString(),
      own: true,
      files: [{ name: 'leping.pdf', held: 'same' }],
    },
  ])
  const { bytes } = await signedFile.run(cast.kim, { paper })
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  const { rows } = await cast.admin.query('select * from paper_signed where paper_id = $1', [paper])
  expect(JSON.stringify(rows)).not.toMatch(/MARI|47101/)
  // A new copy takes the place of the old one, and proves once.
  await signPaper.run(cast.kim, { paper, file: sent(pdf(), 'leping.pdf'), signedOn: formatDate(today()) })
  const { papers } = await openVolunteer.run(cast.kim, { id })
  expect(
    papers
      .filter(({ kind }) => kind === 'contract')
      .map(({ superseded }) => superseded)
      .toSorted(),
  ).toEqual([false, true])
  // Taken back, it proves nothing any more.
  await dropPaper.run(cast.kim, { paper, reason: 'Näidis-viga' })
  expect((await contractOf()).state).toBe('missing')
  await expect(
    signPaper.run(cast.kim, { paper, file: sent(pdf()), signedOn: formatDate(today()) }),
  ).rejects.toMatchObject({ status: 409 })
  await expect(dropPaper.run(cast.kim, { paper, reason: 'x' })).rejects.toMatchObject({ status: 404 })
})

test('what is missing or wrong is said at the field, and changes nothing', async () => {
  await expect(make({ validTo: addDays(today(), -1) })).rejects.toMatchObject({ fields: { validTo: {} } })
  await expect(makePaper.run(cast.kim, { id, template: 'contract', locale: 'et' })).rejects.toMatchObject({
    fields: { validFrom: {} },
  })
  const fresh = await givenVolunteer(cast, {
    name: 'Uus Näidis-Inimene',
    status: { status: 'training', fromOn: today(), untilOn: null, reason: null },
  })
  await expect(makePaper.run(cast.kim, { id: fresh, template: 'certificate', locale: 'et' })).rejects.toMatchObject({
    status: 409,
  })
  const { paper } = await make()
  const sign = (more: Record<string, unknown>) => signPaper.run(cast.kim, { paper, ...more })
  await expect(sign({})).rejects.toMatchObject({ fields: { file: { key: 'papers.sign.missing' } } })
  await expect(sign({ file: 'tekst' })).rejects.toMatchObject({ fields: { file: { key: 'papers.sign.missing' } } })
  await expect(sign({ file: sent(pdf()) })).rejects.toMatchObject({
    fields: { signedOn: { key: 'core.error.dateMissing' } },
  })
  const later = `${addDays(today(), 3)}T09:30:00Z`
  await expect(sign({ file: sent(container([signatureXml({ claimed: later })])) })).rejects.toMatchObject({
    fields: { signedOn: {} },
  })
  expect((await openPaper.run(cast.kim, { paper })).copy).toBeNull()
})

test('of the goodwill agreement the day is kept and no file, whatever is sent', async () => {
  const { paper } = await makePaper.run(cast.kim, { id, template: 'goodwill', locale: 'ru' })
  await signPaper.run(cast.kim, { paper, file: sent(pdf()), signedOn: formatDate(today()) })
  const { rows } = await cast.admin.query(
    'select form, file_sealed, size, evidence_id from paper_signed where paper_id = $1',
    [paper],
  )
  expect(rows).toEqual([{ form: 'seen', file_sealed: null, size: null, evidence_id: null }])
  await expect(signedFile.run(cast.kim, { paper })).rejects.toMatchObject({ status: 404 })
})

test('what is offered can be made: nothing is certified before somebody has begun, nothing signed after they left', () => {
  expect(papersFor('candidate')).toEqual(['contract', 'pledge', 'goodwill'])
  expect(papersFor('contract')).toEqual(['contract', 'pledge', 'goodwill'])
  expect(papersFor('ended')).toEqual(['certificate', 'thanks'])
  expect(papersFor('active')).toEqual(papersFor('paused'))
  expect(papersFor('active')).toHaveLength(5)
  expect(MakePaper.shape.validFrom.meta()).toMatchObject({ optional: false })
})

test('a certificate says hours and years from what was logged', async () => {
  const { assignment } = await givenSupport(cast, '2026-06-01')
  await logVisit.run(cast.lou, { ...usualVisit, assignment, day: today(), minutes: '90' })
  const { paper } = await makePaper.run(cast.kim, { id: cast.volunteer, template: 'certificate', locale: 'en' })
  const { facts } = await openPaper.run(cast.kim, { paper })
  expect(facts).toMatchObject({ tunnid: '1,5', kohtumised: '1', lõpp: formatDate(today()) })
})

test('a volunteer reads her own papers and nobody else’s; others read none', async () => {
  const own = (await makePaper.run(cast.kim, { id: cast.volunteer, template: 'pledge', locale: 'et' })).paper
  const { paper: foreign } = await make()
  expect((await listOwnPapers.run(cast.lou, {})).papers.map((one) => one.id)).toContain(own)
  expect((await openPaper.run(cast.lou, { paper: own })).facts?.nimi).toContain('Lou')
  expect((await paperFile.run(cast.lou, { paper: own, kind: 'pdf' })).words).toContain('Konfidentsiaalsuskinnitus')
  for (const run of [openPaper, signedFile])
    await expect(run.run(cast.lou, { paper: foreign })).rejects.toMatchObject({ status: 404 })
  await expect(paperFile.run(cast.lou, { paper: foreign, kind: 'pdf' })).rejects.toMatchObject({ status: 404 })
  for (const who of ['max', 'lea', 'mall', 'sirje', 'peep', 'aino', 'ott', 'jaan'] as const) {
    await expect(openPaper.run(cast[who], { paper: own })).rejects.toMatchObject({ status: 403 })
    await expect(listPapers.run(cast[who], { id })).rejects.toMatchObject({ status: 403 })
    await expect(makePaper.run(cast[who], { id, template: 'pledge', locale: 'et' })).rejects.toMatchObject({
      status: 403,
    })
  }
  // She is told that something waits, in a letter that says nothing of what.
  const { rows } = await cast.admin.query(`select kind from mail_outbox where person_id = $1 and unique_key = $2`, [
    cast.lou.id,
    `paper/${own}`,
  ])
  expect(rows).toEqual([{ kind: 'new-task' }])
})

test('the coordinator sees whose check is due and why, and what waits to be signed', async () => {
  const someone = await givenVolunteer(cast, {
    ...{ name: 'Laste Näidis-Sõber', childContact: true, childContactReason: 'Käib peres, kus on lapsed' },
    evidence: [
      { kind: 'background', validFrom: addDays(today(), -350), validTo: null, passed: true, checkedBy: 'Näidis' },
    ],
  })
  const { due, unsigned } = await openDue.run(cast.kim, {})
  const of = due.filter((one) => one.id === someone)
  expect(of.find(({ kind }) => kind === 'background')).toMatchObject({
    why: 'lapsing',
    reason: 'Käib peres, kus on lapsed',
  })
  expect(
    of
      .filter(({ why }) => why === 'first')
      .map(({ kind }) => kind)
      .toSorted(),
  ).toEqual(['contract', 'pledge', 'training'])
  // Who meets no children is asked for no check.
  expect(due.filter((one) => one.id === id && one.kind === 'background')).toEqual([])
  expect(unsigned.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['contract', 'pledge']))
  expect(unsigned.some(({ kind }) => kind === 'goodwill')).toBe(false)
})
