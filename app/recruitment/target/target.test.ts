// Does a gap become a target, a call and people who are counted – and is nobody counted who does not fit it?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, look, openSite, type Site } from '../../../test/site.ts'
import { givenVolunteer, paper } from '../../../test/volunteers.ts'
import { offerSupport } from '../../cases/need/needs.server.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { formatDate } from '../../i18n/format.ts'
import { addCampaign, listCampaigns, openNewCampaign } from '../campaign/campaigns.server.ts'
import { recruitmentWaiting } from '../pipeline/pipeline.server.ts'
import { standingOf, stillMissing, targetFor } from './target.ts'
import { endTarget, listTargets, openNewTarget, openTarget, setTarget } from './targets.server.ts'

let cast: Cast
let site: Site
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
})
afterAll(async () => {
  await site.close()
  await cast.close()
})

const inDays = (days: number) => formatDate(addDays(today(), days))
const wanted = { kind: 'recruit', people: '2', languages: ['fi'], counties: ['0079', '0084'], byOn: inDays(90) }
const far = async (id: string) => {
  const { found, coming } = (await openTarget.run(cast.kim, { id })).target
  return { found, coming }
}

test('whoever speaks one of the languages and works in one of the counties counts from the day it was set, and nobody else', async () => {
  const { id } = await setTarget.run(cast.kim, wanted)
  expect(await far(id)).toEqual({ found: 0, coming: 0 })
  const status = (name: 'active' | 'candidate' | 'ended', fromOn: string) => ({
    status: { status: name, fromOn, untilOn: null, reason: null },
  })
  const finnish = { languages: ['et', 'fi'] }
  await givenVolunteer(cast, { ...finnish, ...status('active', addDays(today(), -1)) })
  await givenVolunteer(cast, { languages: ['ru'], ...status('active', today()) })
  await givenVolunteer(cast, { ...finnish, county: '0037', ...status('active', today()) })
  await givenVolunteer(cast, { ...finnish, ...status('ended', today()) })
  expect(await far(id)).toEqual({ found: 0, coming: 0 })
  await givenVolunteer(cast, { ...finnish, ...status('candidate', today()) })
  expect(await far(id)).toEqual({ found: 0, coming: 1 })
  await givenVolunteer(cast, { ...finnish, ...status('active', today()) })
  const areas = [{ county: '0084', municipality: null }]
  await givenVolunteer(cast, { ...finnish, county: '0037', areas, ...status('active', today()) })
  expect(await far(id)).toEqual({ found: 2, coming: 1 })
  expect(standingOf((await openTarget.run(cast.kim, { id })).target, today())).toBe('reached')
})

test('to train counts papers of training since that day, and whoever has none is on the way', async () => {
  const train = { ...wanted, kind: 'train', languages: ['lv'], people: '1' }
  const { id } = await setTarget.run(cast.kim, train)
  await givenVolunteer(cast, { languages: ['lv'], evidence: [paper('training', addDays(today(), -30))] })
  expect(await far(id)).toEqual({ found: 0, coming: 0 })
  await givenVolunteer(cast, { languages: ['lv'] })
  expect(await far(id)).toEqual({ found: 0, coming: 1 })
  await givenVolunteer(cast, { languages: ['lv'], evidence: [paper('training', today())] })
  expect(await far(id)).toEqual({ found: 1, coming: 1 })
})

test('who has handed in an application and waits is on the way', async () => {
  const { id } = await setTarget.run(cast.kim, { ...wanted, languages: ['lt'] })
  const add = (languages: string, outcome: string) =>
    cast.admin.query(
      `insert into application (id, once_key, facts_sealed, email_index, county_code, languages, locale, source, outcome, no_reason, decided_by, decided_at)
       values (gen_random_uuid(), gen_random_uuid(), '\\x01', '\\x01', '0079', $1, 'et', 'web', ${outcome})`,
      [languages],
    )
  await add('{et,lt}', 'null, null, null, null')
  await add('{et}', 'null, null, null, null')
  await cast.admin.query(`select set_config('session_replication_role', 'replica', false)`)
  await add('{lt}', `'refused', 'other', '${cast.kim.id}', now()`)
  await cast.admin.query(`select set_config('session_replication_role', 'origin', false)`)
  expect(await far(id)).toEqual({ found: 0, coming: 1 })
})

test('what is wrong is said where it is wrong', async () => {
  const wrong = async (more: object, field: string) => {
    const error = await setTarget.run(cast.kim, { ...wanted, ...more }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Invalid)
    expect(Object.keys((error as Invalid).fields)).toEqual([field])
  }
  await wrong({ byOn: inDays(-1) }, 'byOn')
  await wrong({ counties: [] }, 'counties')
  await wrong({ counties: ['0001'] }, 'counties')
  await wrong({ languages: [] }, 'languages')
  await wrong({ people: '0' }, 'people')
})

test('late the day after its day, ended once, and never missing less than nobody', async () => {
  const { id } = await setTarget.run(cast.kim, { ...wanted, byOn: inDays(0) })
  const { target } = await openTarget.run(cast.kim, { id })
  const empty = { ...target, found: 0 }
  expect(standingOf(empty, today())).toBe('running')
  expect(standingOf(empty, addDays(today(), 1))).toBe('late')
  expect(stillMissing({ people: 2, found: 5 })).toBe(0)
  await cast.admin.query(`update recruiting_target set by_on = by_on - 1, languages = '{uk}' where id = $1`, [id])
  const late = async () => (await asPerson('read', cast.kim.claim, recruitmentWaiting)).late.map((target) => target.id)
  expect(await late()).toEqual([id])
  await endTarget.run(cast.kim, { id, why: 'givenUp' })
  expect(await late()).toEqual([])
  await expect(endTarget.run(cast.kim, { id, why: 'reached' })).rejects.toBeInstanceOf(Conflict)
  await expect(endTarget.run(cast.kim, { id: crypto.randomUUID(), why: 'reached' })).rejects.toBeInstanceOf(NotFound)
  const { targets } = await listTargets.run(cast.peep, {})
  expect(targets.at(-1)).toMatchObject({ id, ended: { why: 'givenUp' } })
  expect(targetFor(targets, ['0079'], ['uk'])).toBeUndefined()
})

test('the manager reads, and nobody but the coordinator sets or ends', async () => {
  const { id } = await setTarget.run(cast.kim, wanted)
  expect((await openTarget.run(cast.peep, { id })).target.people).toBe(2)
  for (const who of ['peep', 'lea', 'lou', 'sirje', 'aino', 'tiia', 'ott', 'jaan'] as const) {
    await expect(setTarget.run(cast[who], wanted)).rejects.toBeInstanceOf(Refused)
    await expect(endTarget.run(cast[who], { id, why: 'reached' })).rejects.toBeInstanceOf(Refused)
    await expect(openNewTarget.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
    if (who !== 'peep') await expect(listTargets.run(cast[who], {})).rejects.toBeInstanceOf(Refused)
  }
})

test('a call for a target is one that is there', async () => {
  const call = { name: 'Näidis-kutse', source: 'web', fromOn: inDays(0), untilOn: inDays(9) }
  await expect(
    addCampaign.run(cast.kim, { ...call, code: 'naidis-0', target: crypto.randomUUID() }),
  ).rejects.toBeInstanceOf(NotFound)
  expect((await openNewCampaign.run(cast.kim, { target: 'x' })).target).toBeNull()
  await addCampaign.run(cast.kim, { ...call, code: 'naidis-1' })
  expect((await listCampaigns.run(cast.kim, {})).campaigns).toMatchObject([{ code: 'naidis-1', targetId: null }])
})

test('from a gap to a decision: the coordinator sees who is missing, sets out to find them, calls, and sees who came', async () => {
  for (const from of ['01.12.2026', '10.12.2026']) {
    const id = await referCase(cast.lea)
    const offer = { offeredOn: '03.11.2026', answer: 'accepted', wantedSex: 'any', months: '8' }
    await offerSupport.run(cast.lea, { ...offer, id, language: 'de', fromOn: from })
  }
  const desk = await site.as('kim', { width: 1280 })
  await desk.goto('/coverage')
  await desk.getByRole('heading', { level: 1, name: 'Kus on tugiisikutest puudu' }).waitFor()
  await desk.getByText('Vajadused, mille jaoks inimesi ei jätku').first().waitFor()
  await look(desk, 'gaps-1280')
  await desk
    .getByRole('region', { name: /saksa keel/ })
    .getByRole('link', { name: /^Sea eesmärk: leida/ })
    .first()
    .click()
  await expectAccessible(desk)
  expect(await desk.getByLabel('saksa keel').isChecked()).toBe(true)
  expect(await desk.getByLabel('Ida-Virumaa').isChecked()).toBe(true)
  await look(desk, 'target-new-1280')
  // What was ticked is still ticked in a form that comes back.
  await desk.locator('[name=byOn]').fill('01.01.2020')
  await desk.getByRole('button', { name: 'Sea eesmärk' }).click()
  await desk.getByText('Vali tänane või hilisem päev').first().waitFor()
  expect(await desk.getByLabel('saksa keel').isChecked()).toBe(true)
  expect(await desk.getByLabel('Ida-Virumaa').isChecked()).toBe(true)
  await desk.locator('[name=byOn]').fill(inDays(60))
  await desk.getByRole('button', { name: 'Sea eesmärk' }).click()
  await desk.getByText('Eesmärk on seatud.').waitFor()
  await desk.getByText('sobivat tugiisikut ei olnud').waitFor()
  await expectAccessible(desk)
  await look(desk, 'target-1280')
  await desk.getByRole('link', { name: 'Tee kampaania' }).click()
  await desk.getByLabel('Kampaania', { exact: true }).fill('Näidis-saksa kutse')
  await desk.getByLabel('Kust', { exact: true }).selectOption({ label: 'Veebilehelt' })
  await desk.getByLabel('Lühike nimi lingis').fill('saksa-26')
  await desk.getByRole('button', { name: 'Lisa kampaania' }).click()
  await desk.getByText('Kampaania on lisatud.').waitFor()
  await desk.getByRole('link', { name: '/apply/c/saksa-26' }).waitFor()

  const guest = await site.as(null, { width: 390, scripts: false })
  await guest.goto('/apply/c/saksa-26')
  await guest.getByRole('link', { name: 'Täida avaldus' }).click()
  await guest.getByLabel('Ees- ja perekonnanimi').fill('Näidis-Saksa Keele')
  await guest.getByLabel('E-post').fill('saksa@naidis.example')
  await guest.getByLabel('Maakond, kus elad').selectOption({ label: 'Ida-Virumaa' })
  await guest.getByLabel('Keel, mida räägid kõige paremini').selectOption({ label: 'Saksa' })
  await guest.getByLabel('Miks sa tahad vabatahtlik olla?').fill('Näidis-põhjus')
  await guest.getByLabel('Veebilehelt').check()
  await guest.getByRole('button', { name: 'Saada avaldus' }).click()
  await guest.getByRole('heading', { name: 'Aitäh, avaldus on kohal' }).waitFor()

  const phone = await site.as('kim', { width: 390 })
  await phone.goto('/recruitment')
  await phone.getByRole('link', { name: 'Eesmärgid' }).click()
  await expectAccessible(phone)
  await look(phone, 'targets-390')
  await phone.getByRole('link', { name: /saksa keel/ }).click()
  await phone.getByText('0 leitud, 1 teel').first().waitFor()
  await expectAccessible(phone)
  await look(phone, 'target-390')
  // The gap says what is set out already, and offers no second target.
  await phone.goto('/coverage')
  const gap = phone.getByRole('region', { name: /saksa keel/ }).first()
  await gap.getByText('Eesmärk on juba seatud').waitFor()
  expect(await gap.getByRole('link', { name: /^Sea eesmärk/ }).count()).toBe(0)
  await gap.getByRole('link', { name: /^Leida/ }).click()
  await phone.getByLabel('Pole enam vaja').check()
  await phone.getByRole('button', { name: 'Lõpeta eesmärk' }).click()
  await phone.getByText('Eesmärk on lõpetatud.').waitFor()
}, 120_000)
