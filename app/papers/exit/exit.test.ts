// Is a talk with somebody who leaves kept sealed, for the coordinator alone, and of those who were there?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { expectAccessible, openSite } from '../../../test/site.ts'
import { givenVolunteer } from '../../../test/volunteers.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { openCoordinatorHome } from '../../home/coordinator/coordinator.server.ts'
import { coordinatorTasks } from '../../home/coordinator/coordinator-tasks.ts'
import { translator } from '../../i18n/i18n.ts'
import { changeStatus } from '../../volunteers/papers/papers.server.ts'
import { openDue } from '../due/due.server.ts'
import { listOwnPapers, listPapers, makePaper } from '../made/papers.server.ts'
import { holdExit, openExit } from './exits.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const talk = (more = {}) => ({
  ...{ id: cast.volunteer, heldOn: today(), good: 'Näidis-hea', hard: 'Näidis-raske', back: 'maybe' },
  ...more,
})

test('what was said is sealed, and the coordinator reads it', async () => {
  await holdExit.run(cast.kim, talk({ better: 'Näidis-parem' }))
  const { exits } = await listPapers.run(cast.kim, { id: cast.volunteer })
  expect(exits).toMatchObject([
    { back: 'maybe', by: cast.kim.name, answers: { good: 'Näidis-hea', hard: 'Näidis-raske', better: 'Näidis-parem' } },
  ])
  const { rows } = await cast.admin.query('select * from exit_talk')
  expect(JSON.stringify(rows)).not.toMatch(/Näidis-(hea|raske|parem)/)
  expect(JSON.stringify(await listOwnPapers.run(cast.lou, {}))).not.toContain('Näidis-hea')
})

test('a talk has been held, says something, and is with somebody who was there', async () => {
  for (const wrong of [{ heldOn: addDays(today(), 1) }, { good: '' }, { hard: '' }, { back: 'x' }])
    await expect(holdExit.run(cast.kim, talk(wrong))).rejects.toMatchObject({ status: 422 })
  const id = await givenVolunteer(cast, {
    ...{ name: 'Näidis-Teel', status: { status: 'training', fromOn: today(), untilOn: null, reason: null } },
  })
  await expect(openExit.run(cast.kim, { id })).rejects.toMatchObject({ status: 404 })
  await expect(holdExit.run(cast.kim, talk({ id }))).rejects.toMatchObject({ status: 404 })
  for (const who of ['peep', 'lou', 'max', 'sirje', 'aino', 'ott'] as const)
    await expect(holdExit.run(cast[who], talk())).rejects.toMatchObject({ status: 403 })
})

test('who has left without a talk, a certificate or thanks is told to the coordinator, until all is done or three months are over', async () => {
  const id = await givenVolunteer(cast, { name: 'Näidis-Lahkuja' })
  const lacking = async () => (await openDue.run(cast.kim, {})).left.find((one) => one.id === id)?.lacks
  expect(await lacking()).toBeUndefined()
  await changeStatus.run(cast.kim, { id, status: 'ended', fromOn: today(), reason: 'Näidis' })
  expect(await lacking()).toEqual(['talk', 'certificate', 'thanks'])
  const home = coordinatorTasks(translator('et'), await openCoordinatorHome.run(cast.kim, {}))
  expect(home.map(({ action }) => action?.href)).toContain(`/volunteers/${id}/papers`)
  await holdExit.run(cast.kim, talk({ id }))
  await makePaper.run(cast.kim, { id, template: 'certificate', locale: 'et' })
  expect(await lacking()).toEqual(['thanks'])
  await cast.admin.query(`update volunteer_status set from_on = $2 where volunteer_id = $1 and status = 'ended'`, [
    ...[id, addDays(today(), -91)],
  ])
  expect(await lacking()).toBeUndefined()
  await cast.admin.query(`update volunteer_status set from_on = $2 where volunteer_id = $1 and status = 'ended'`, [
    ...[id, today()],
  ])
  await makePaper.run(cast.kim, { id, template: 'thanks', locale: 'et' })
  expect(await lacking()).toBeUndefined()
})

test('on a desk and on a phone it is written down and read', async () => {
  const site = await openSite(cast)
  for (const width of [390, 1280] as const) {
    const page = await site.as('kim', { width })
    await page.goto(`/volunteers/${cast.volunteer}/papers`)
    await page.getByRole('link', { name: 'Pane lahkumisvestlus kirja' }).click()
    await expectAccessible(page)
    await page.getByLabel('Mis oli hea?').fill(`Näidis-soe ${width}`)
    await page.getByLabel('Mis oli raske?').fill('Näidis-väsimus')
    await page.getByLabel('Jah', { exact: true }).check()
    await page.getByRole('button', { name: 'Salvesta vestlus' }).click()
    await page.getByText('Vestlus on kirjas.').waitFor()
    await page.getByText(`Näidis-soe ${width}`).waitFor()
    await expectAccessible(page)
  }
  await site.close()
}, 120_000)
