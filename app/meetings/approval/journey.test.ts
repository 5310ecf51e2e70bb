// Is a plan asked about at a desk, sent back and approved on a phone, and does every page say to whoever chairs what is next?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { look, openSite, type Site } from '../../../test/site.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { callMeeting } from '../calendar/calendar.server.ts'
import { inviteToMeeting } from '../calendar/change.server.ts'
import { answerRisk } from '../plan/matrix.server.ts'
import { addAction } from '../plan/plan.server.ts'

let cast: Cast
let site: Site
let id: string
beforeAll(async () => {
  cast = await openCast()
  site = await openSite(cast)
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  id = await referCase(cast.lea, { children: { childCount: '0' } })
  await cast.admin.query('update case_file set invited_at = now() where id = $1', [id])
  await answerRisk.run(cast.lea, { id, kind: 'perpetrator', nth: '1', way: 'accepted', accepted: 'Näidis: vahi all' })
  const task = {
    owner: cast.lea.id,
    dueOn: addDays(today(), 7),
    what: 'Näidis-töö',
    result: 'Näidis-tulemus',
    contact: 'none',
  }
  await addAction.run(cast.lea, { id, ...task })
  const called = { network: cast.networks.ida, mode: 'closing', onDate: addDays(today(), 20), chair: cast.mall.id }
  await inviteToMeeting.run(cast.lea, await callMeeting.run(cast.lea, called))
}, 400_000)
afterAll(async () => {
  await site.close()
  await cast.close()
})

test('the lead asks, the chair sends it back with words and then approves', async () => {
  const lea = await site.as('lea')
  await lea.goto(`/cases/${id}/plan`)
  await look(lea, 'plan-none-1280')
  await lea.getByRole('button', { name: 'Küsi kinnitust' }).click()
  await lea.getByText('Kinnitust on küsitud.').waitFor()
  const mall = await site.as('mall', { width: 390 })
  await mall.goto('/')
  await look(mall, 'chair-home-390')
  await mall.getByRole('listitem').filter({ hasText: 'tegevuskava ootab sinu kinnitust' }).getByRole('link').click()
  await look(mall, 'plan-asked-390')
  await mall.getByRole('link', { name: 'Kinnita või saada tagasi' }).click()
  await mall.getByLabel('Saadan tagasi, midagi tuleb muuta').check()
  await mall.getByRole('button', { name: 'Salvesta otsus' }).click()
  expect(await mall.locator('#words-error').count()).toBe(1)
  await mall.getByLabel('Mida tuleb muuta?').fill('Näidis: kes viib lapsed kooli?')
  await look(mall, 'plan-answer-390')
  await mall.getByRole('button', { name: 'Salvesta otsus' }).click()
  await mall.getByText('Otsus on kirjas.').waitFor()
  await lea.goto('/')
  await lea.getByRole('listitem').filter({ hasText: 'saadeti sulle tagasi' }).getByRole('link').click()
  await lea.getByText('Näidis: kes viib lapsed kooli?').waitFor()
  await look(lea, 'plan-returned-1280')
  await lea.getByRole('button', { name: 'Küsi kinnitust' }).click()
  await mall.goto(`/cases/${id}/plan/approval`)
  await mall.getByLabel('Kinnitan, kava on läbi loetud').check()
  await mall.getByRole('button', { name: 'Salvesta otsus' }).click()
  await mall.getByText('Tegevuskava on kinnitatud').waitFor()
  await look(mall, 'plan-approved-390')
  await lea.goto(`/cases/${id}/timeline`)
  await lea.getByText('Tegevuskava kinnitati').waitFor()
  await lea.context().close()
  await mall.context().close()
}, 200_000)

test('a written meeting asks nobody who is there, and when it is over the chair finds what is hers', async () => {
  const { rows } = await cast.admin.query(
    `update meeting set phase = 'closed', closed_at = now(), on_date = on_date - 20, cut_off_on = on_date - 27 where network_id = $1 returning id`,
    [cast.networks.ida],
  )
  const lea = await site.as('lea')
  await lea.goto(`/meetings/${rows[0].id}`)
  await look(lea, 'written-1280')
  expect(await lea.getByRole('link', { name: 'Kes on kohal' }).count()).toBe(0)
  await lea.getByRole('button', { name: 'Alusta otsustamist' }).click()
  await lea.getByText('Lõppkuupäev on käes.').waitFor()
  await look(lea, 'written-begun-1280')
  await lea.goto(`/meetings/${rows[0].id}`)
  await lea.getByRole('button', { name: 'Lõpeta kohtumine' }).click()
  await lea.getByRole('link', { name: 'Koosta protokoll' }).click()
  await lea.getByRole('heading', { level: 1 }).waitFor()
  await look(lea, 'written-pledge-1280')
  await cast.admin.query(
    `insert into meeting_pledge (network_id, meeting_id, person_id) select network_id, id, $1 from meeting where id = $2`,
    [cast.lea.id, rows[0].id],
  )
  await lea.goto(`/meetings/${rows[0].id}`)
  await lea.getByRole('link', { name: 'Koosta protokoll' }).click()
  await lea.locator('input[name=ground]').first().check({ force: true })
  await lea.getByRole('button', { name: 'Saada juhatajale kinnitamiseks' }).click()
  const mall = await site.as('mall', { width: 390 })
  await mall.goto(`/meetings/${rows[0].id}`)
  await look(mall, 'held-chair-390')
  expect(await mall.getByRole('link', { name: 'Kinnita protokoll' }).count()).toBe(1)
  await lea.context().close()
  await mall.context().close()
}, 200_000)
