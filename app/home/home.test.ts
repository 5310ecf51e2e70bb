// Does everybody see first what waits for them, and nothing that is not theirs?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, type CastName, openCast } from '../../test/cast.ts'
import { openNeed } from '../../test/need.ts'
import { expectAccessible, look, openSite, type Site } from '../../test/site.ts'
import { givenSupport, type Support } from '../../test/support.ts'
import { addDays } from '../core/calendar/working-days.ts'
import { today } from '../core/clock.server.ts'
import { Refused } from '../core/errors.ts'
import { formatDate } from '../i18n/format.ts'
import { locales, translator } from '../i18n/i18n.ts'
import { openCoordinatorHome } from './coordinator/coordinator.server.ts'
import { coordinatorTasks } from './coordinator/coordinator-tasks.ts'
import { openMonthFigure } from './coordinator/month.server.ts'
import { monthFigureIds } from './coordinator/month.ts'
import { openNetworkHome } from './network.server.ts'
import {
  openAdminHome,
  openAuditorHome,
  openManagerHome,
  openSteeringHome,
  openTrainerHome,
} from './oversight.server.ts'
import { openSupervisorHome, openVolunteerHome } from './support.server.ts'
import { nextStep } from './volunteer.tsx'

let cast: Cast
let site: Site
let support: Support
const t = translator('et')
const daysAgo = (days: number) => addDays(today(), -days)

beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  support = await givenSupport(cast, daysAgo(60))
  await openNeed(cast)
  await cast.admin.query(
    `insert into month_report (volunteer_id, month, due_on) values ($1, '2026-01-01', '2026-02-06')`,
    [cast.volunteer],
  )
  await cast.admin.query(
    `insert into concern (network_id, case_id, number, volunteer_id, kind, raised_at, raised_by)
     values ($1, $2, $3, $4, 'danger', now() - interval '2 days', $5)`,
    [cast.networks.ida, support.caseId, support.number, cast.volunteer, cast.lou.id],
  )
}, 120_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('the coordinator hears of a danger first, then of needs, late reports and what else waits', async () => {
  const facts = await openCoordinatorHome.run(cast.kim, {})
  const tasks = coordinatorTasks(t, facts)
  expect(tasks[0]).toMatchObject({ kind: 'danger', hint: 'Vastus hilineb.' })
  expect(tasks[0]?.text).toContain(support.number)
  const said = tasks.map((task) => `${task.count ?? ''} ${task.text}`.trim())
  expect(said).toContain('1 vajadus ilma tugiisikuta')
  expect(said).toContain('1 kuuaruanne on hiljaks jäänud')
  expect(facts.coverage.find(({ code }) => code === '0045')).toMatchObject({ needs: 2, covered: 1 })
})

test('how many wait is said once a line, in every language', async () => {
  const facts = await openCoordinatorHome.run(cast.kim, {})
  const unsigned = [{ id: support.caseId, madeOn: '2026-11-01' }]
  const more = { ...facts, unsigned, links: [{}] } as unknown as typeof facts
  for (const locale of locales) {
    const lines = coordinatorTasks(translator(locale), more).filter(({ action }) =>
      /^\/(papers|matching\/links)/.test(action?.href ?? ''),
    )
    expect(lines.map(({ count }) => count)).toEqual([1, 1])
    expect(lines.map(({ text }) => text).join()).not.toMatch(/\d/)
  }
})

test('a figure of the month has as many rows as it says', async () => {
  const { month } = await openCoordinatorHome.run(cast.kim, {})
  for (const figure of monthFigureIds.filter((id) => id !== 'waitMean' && id !== 'hours')) {
    const { rows } = await openMonthFigure.run(cast.kim, { figure })
    expect(rows.length, figure).toBe(month.find(({ id }) => id === figure)?.value)
  }
  const { rows } = await openMonthFigure.run(cast.kim, { figure: 'hours' })
  expect(rows.reduce((sum, row) => sum + (row.minutes ?? 0), 0) / 60).toBe(
    month.find(({ id }) => id === 'hours')?.value,
  )
})

test('a network sees its own cases and worries, and another network sees none of them', async () => {
  const own = await openNetworkHome.run(cast.lea, {})
  expect(own.concerns).toHaveLength(1)
  expect(own.standing).toMatchObject({ open: 2, waiting: 1 })
  const other = await openNetworkHome.run(cast.max, {})
  expect([other.concerns, other.tasks, other.standing.open]).toEqual([[], [], 0])
  expect((await openNetworkHome.run(cast.mall, {})).concerns).toEqual([])
})

test('the volunteer sees one next step, and the late report before the next visit', async () => {
  const facts = await openVolunteerHome.run(cast.lou, {})
  expect(facts.assignments.map(({ number }) => number)).toEqual([support.number])
  expect(nextStep(t, 'et', facts)).toMatch(/^Sinu järgmine samm: esita kuuaruanne \(jaanuar 2026\), \d+ päeva hiljaks/)
  expect(nextStep(t, 'et', { ...facts, report: null })).toContain('lepi kokku esimene kohtumine')
  expect(nextStep(t, 'et', { ...facts, report: null, assignments: [] })).toContain('Praegu sul juhtumit ei ole')
  // What she has planned for tomorrow comes before the report, what is further away after it; what is over or taken back is no step.
  const plan = (day: number, minute: number, back = false) =>
    cast.admin.query(
      `insert into contact_plan (network_id, case_id, assignment_id, channel, on_date, at_minute, recorded_by, withdrawn_at, withdrawn_by)
       values ($1, $2, $3, 'in_person', $4, $5, $6, ${back ? 'now(), $6' : 'null, null'})`,
      [cast.networks.ida, support.caseId, support.assignment, addDays(today(), day), minute, cast.lou.id],
    )
  await plan(-1, 600)
  await plan(1, 540, true)
  await plan(1, 870)
  await plan(5, 600)
  const planned = await openVolunteerHome.run(cast.lou, {})
  const tomorrow = `Sinu järgmine samm: kohtumine homme, ${formatDate(addDays(today(), 1))} kell 14.30.`
  expect(nextStep(t, 'et', planned)).toBe(tomorrow)
  const later = { ...planned, planned: planned.planned && { ...planned.planned, onDate: addDays(today(), 5) } }
  expect(nextStep(t, 'et', later)).toContain('esita kuuaruanne')
  expect(nextStep(t, 'et', { ...later, report: null })).toContain('kohtumine 5 päeva pärast')
  const phone = await site.as('lou', { width: 390 })
  await phone.goto('/')
  await phone.getByText(tomorrow).waitFor()
  await phone.getByRole('link', { name: 'Sinu plaanitud kontaktid' }).waitFor()
  await look(phone, 'home-planned')
  await phone.context().close()
  await cast.admin.query('delete from contact_plan')
})

test('the supervisor sees the worry and the late report of whom she guides', async () => {
  const facts = await openSupervisorHome.run(cast.sirje, {})
  expect(facts.concerns).toHaveLength(1)
  expect(facts.late.map(({ month }) => month)).toContain('2026-01')
})

test('of how many people no personal code is known is told to the administrator and the auditor', async () => {
  for (const who of ['ott', 'aino'] as const) {
    const page = await site.as(who)
    await page.goto('/')
    await page.getByText('inimese isikukood ei ole teada').first().waitFor()
    await page.locator('a[href="/people/codes"]').first().click()
    await look(page, `codes-${who}`)
    await page.context().close()
  }
})

test('a role that ends soon is told to the administrator, and a refused attempt to the auditor', async () => {
  await cast.admin.query(`update person_role set valid_to = current_date + 10 where person_id = $1`, [cast.tiia.id])
  expect((await openAdminHome.run(cast.ott, {})).ending.map(({ name }) => name)).toEqual([cast.tiia.name])
  const before = (await openAuditorHome.run(cast.aino, {})).week.refused
  await openAdminHome.run(cast.lou, {}).catch(() => undefined)
  expect((await openAuditorHome.run(cast.aino, {})).week.refused).toBe(before + 1)
})

test('a stranger cannot open the first page of another role', async () => {
  const homes = [
    [openCoordinatorHome, 'max'],
    [openNetworkHome, 'lou'],
    [openVolunteerHome, 'max'],
    [openSupervisorHome, 'lou'],
    [openManagerHome, 'lou'],
    [openSteeringHome, 'max'],
    [openTrainerHome, 'lou'],
    [openAuditorHome, 'kim'],
    [openAdminHome, 'kim'],
  ] as const
  for (const [home, who] of homes) await expect(home.run(cast[who], {}), home.name).rejects.toThrow(Refused)
  await expect(openMonthFigure.run(cast.max, { figure: 'hours' })).rejects.toThrow(Refused)
})

const everybody: CastName[] = ['kim', 'peep', 'lea', 'mall', 'sirje', 'lou', 'tiia', 'jaan', 'aino', 'ott', 'piret']

test.each(everybody)(
  'the first page of %s can be used by everybody, on a phone and on a desk',
  async (who) => {
    for (const width of [390, 1280] as const) {
      const page = await site.as(who, { width })
      expect((await page.goto('/'))?.status()).toBe(200)
      await expectAccessible(page)
      const places = page.locator('nav[aria-label] a')
      expect(
        new Set(await places.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).size,
      ).toBeGreaterThan(3)
      await page.context().close()
    }
  },
  60_000,
)
