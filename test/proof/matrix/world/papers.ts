// Which volunteers and reports are there in the world of the matrix, and whose is each?

import { holdExit } from '../../../../app/papers/exit/exits.server.ts'
import { dropPaper, makePaper } from '../../../../app/papers/made/papers.server.ts'
import { signPaper } from '../../../../app/papers/signed/signed.server.ts'
import { addCampaign } from '../../../../app/recruitment/campaign/campaigns.server.ts'
import { holdInterview } from '../../../../app/recruitment/interview/interviews.server.ts'
import { setTarget } from '../../../../app/recruitment/target/targets.server.ts'
import { createReport } from '../../../../app/reports/reports.server.ts'
import { acceptReport, returnReport, submitReport } from '../../../../app/reports/submit.server.ts'
import { writeReport } from '../../../../app/support/report/own-reports.server.ts'
import { addVolunteer } from '../../../../app/volunteers/keeping.server.ts'
import type { Cast } from '../../../cast.ts'
import { givenApplication, givenCandidate } from '../../../recruitment.ts'
import { askedReferee } from '../../../reference.ts'
import { container, sent, signatureXml } from '../../../signed.ts'
import { dayFromNow } from '../../../substitution.ts'
import type { Others } from '../actors.ts'
import { accountsOf, deskOf } from './accounts.ts'
import type { CaseThing } from './cases.ts'
import { expensesOf } from './expenses.ts'
import { linksOf } from './links.ts'
import { meetingsOf } from './meetings.ts'
import { referralsOf } from './referrals.ts'
import { requestsOf } from './requests.ts'
import { samplesOf } from './samples.ts'
import { supervisionOf } from './supervision.ts'
import { one, type Thing, type Things } from './thing.ts'
import { transfersOf } from './transfers.ts'

const personalCode = '60001019906'

/** Vera of Harju, whom Siim guides; and somebody nobody guides, whose personal code is known. Before the cases are made. */
export async function openVolunteers(cast: Cast, others: Others): Promise<void> {
  await cast.admin.query(
    `with made as (insert into volunteer (person_id, name, search_name, county_code, municipality_code, languages, max_cases, supervisor_id, status, created_by)
       values ($1, 'Vera Näidis-Muu', 'vera naidis-muu', '0037', '0784', '{et}', 3, $2, 'active', $3) returning id)
     insert into volunteer_status (volunteer_id, status, from_on, recorded_by, recorded_at) select id, 'active', '2020-01-01', $3, '2020-01-01' from made`,
    [others.vera.id, others.siim.id, cast.kim.id],
  )
  const said = { remote: 'no', car: 'no', children: 'undecided', languages: ['et'], firstLanguage: 'et' }
  await addVolunteer.run(cast.kim, { name: 'Vaba Näidis-Muu', county: '0045', personalCode, ...said })
  await cast.admin.query(
    `insert into volunteer_evidence (volunteer_id, kind, valid_from, valid_to, passed, recorded_by)
     select id, kind, current_date - 30, current_date + 700, true, $1 from volunteer, unnest('{training,contract,pledge,background}'::text[]) kind where name like '%Muu'`,
    [cast.kim.id],
  )
}

export async function openPapers(cast: Cast, others: Others, cases: CaseThing[]): Promise<Things> {
  return {
    ...(await volunteersOf(cast)),
    ...(await applicantsOf(cast)),
    ...(await madeWith(cast, others)),
    ...(await writtenTo(cast, others)),
    ...(await reportsOf(cast, others, cases)),
    ...(await supervisionOf(cast, others)),
    ...(await samplesOf(cast, others, cases)),
    ...(await linksOf(cast, others, cases)),
    ...(await expensesOf(cast, others)),
    ...(await accountsOf(cast, others)),
    ...(await meetingsOf(cast, cases)),
    ...(await transfersOf(cast)),
    ...(await requestsOf(cast, cases)),
    ...(await referralsOf(cast, cases)),
    ...(await deskOf(cast, others)),
  }
}

async function volunteersOf(cast: Cast): Promise<Things> {
  const { rows } = await cast.admin.query<{ id: string; name: string; status: string; evidence: string }>(
    `select v.id, v.status, split_part(lower(name), ' ', 1) as name, e.id as evidence from volunteer v join volunteer_evidence e on e.volunteer_id = v.id and e.kind = 'contract'`,
  )
  const guides: Record<string, string> = { lou: 'sirje', vera: 'siim' }
  const networks: Record<string, string> = { lou: 'ida', vera: 'harju' }
  const [things, ties]: [Thing[], Thing[]] = [[], []]
  for (const { id, name, status, evidence } of rows) {
    const words = Object.fromEntries(
      ['occupation', 'notes', 'availability', 'childContactReason'].map((kind) => [kind, `Kanaar-${kind}-${name}`]),
    )
    await cast.admin.query(
      `update volunteer set occupation = $2, notes = $3, availability = $4, child_contact_reason = $5, email = $6, phone = $7 where id = $1`,
      [
        id,
        ...Object.values(words),
        `kanaar-${name}@naidis.example`,
        `+3725551${String(things.length).padStart(3, '0')}`,
      ],
    )
    const tie = await one(
      cast,
      `insert into volunteer_tie (volunteer_id, municipality_code, reason, recorded_by) values ($1, '0784', $2, $3) returning id`,
      [id, `Kanaar-tie-${name}`, cast.kim.id],
    )
    ties.push({ name, ids: { tie }, facts: { person: name } })
    const code: Record<string, string> = name === 'vaba' ? { code: personalCode } : {}
    const kept = { ...words, ...code, email: `kanaar-${name}@naidis.example`, tie: `Kanaar-tie-${name}` }
    things.push({
      name,
      ids: { id, evidence },
      words: kept,
      facts: {
        ...{ supervisor: guides[name], network: networks[name], person: name, coded: name === 'vaba' },
        // Of whoever is only on the way in there is nothing to look back on.
        leaving: ['active', 'paused', 'ended'].includes(status),
      },
    })
  }
  return { volunteers: things, ties }
}

// Of two volunteers a paper that waits, one with a signed copy, and one that was taken back.
async function madeWith(cast: Cast, others: Others): Promise<Things> {
  const papers: Thing[] = []
  for (const [person, { id: personId }] of [
    ['lou', cast.lou],
    ['vera', others.vera],
  ] as const) {
    const id = await one(cast, 'select id from volunteer where person_id = $1', [personId])
    const make = (template: string) => makePaper.run(cast.kim, { id, template, locale: 'et' })
    const [waits, signed, dropped] = [await make('goodwill'), await make('pledge'), await make('pledge')]
    const file = `Kanaar-file-${person}.pdf`
    const copy = container([signatureXml({ file })], [{ name: file, data: 'sisu' }])
    await signPaper.run(cast.kim, { paper: signed.paper, file: sent(copy) })
    const reason = `Kanaar-drop-${person}`
    await dropPaper.run(cast.kim, { paper: dropped.paper, reason })
    const exit = `Kanaar-exit-${person}`
    await holdExit.run(cast.kim, { id, heldOn: dayFromNow(0), good: exit, hard: 'Näidis', back: 'yes' })
    papers.push({ name: `${person} waits`, ids: waits, words: { exit }, facts: { person } })
    papers.push({ name: `${person} signed`, ids: signed, words: { file }, facts: { person, file: true } })
    papers.push({ name: `${person} dropped`, ids: dropped, words: { reason }, facts: { person, dropped: true } })
  }
  return { papers }
}

// To each of two a message of her own, and the words with which another could begin.
async function writtenTo(cast: Cast, others: Others): Promise<Things> {
  const messages: Thing[] = []
  for (const [name, who] of [
    ['lou', cast.lou],
    ['vera', others.vera],
  ] as const) {
    const text = `Kanaar-message-${name}`
    const words = JSON.stringify({ et: { title: text, body: text } })
    const message = await one(
      cast,
      `with made as (insert into message (status, words, sent_by) values ('all', $2, $3) returning id, sent_by), copied as (
         insert into message_copy (message_id, volunteer_id, locale, title, body, sent_by)
         select made.id, v.id, 'et', $4, $4, sent_by from made, volunteer v where v.person_id = $1)
       select id from made`,
      [who.id, words, cast.kim.id, text],
    )
    messages.push({ name, ids: { message }, words: { text }, facts: { person: name } })
  }
  const wording = await one(cast, `select template as id from message_template order by template limit 1`, [])
  return { messages, wordings: [{ name: 'ready', ids: { wording }, facts: {} }] }
}

// Somebody who has only handed in a paper, somebody who was taken in, and how many more are sought.
async function applicantsOf(cast: Cast): Promise<Things> {
  const words = (name: string) => ({
    name: `Kanaar-applicant-${name}`,
    why: `Kanaar-why-${name}`,
    availability: `Kanaar-free-${name}`,
  })
  const typed = (name: string, phone: string) => ({ ...words(name), email: `${name}@kandidaat.example`, phone })
  const handed = await givenApplication(cast, typed('handed', '5550 3001'))
  const taken = await givenCandidate(cast, typed('taken', '5550 3002'), dayFromNow(3))
  const said = 'Kanaar-said-taken'
  const talk = { guide: 1, heldOn: dayFromNow(0), conclusion: 'fits', answer1: said }
  await holdInterview.run(cast.kim, { id: taken, ...talk })
  const { reference } = await askedReferee(cast, taken, { name: 'Kanaar-referee-taken' })
  const none = crypto.randomUUID()
  const sought = { kind: 'recruit', people: '2', languages: ['ru'], counties: ['0045'], byOn: dayFromNow(60) }
  const { id: target } = await setTarget.run(cast.kim, sought)
  const runs = { name: 'Näidis-kutse', source: 'web', fromOn: dayFromNow(0), untilOn: dayFromNow(60) }
  const { id: call } = await addCampaign.run(cast.kim, { ...runs, code: 'naidis-kutse' })
  return {
    calls: [{ name: 'runs', ids: { id: call }, facts: {} }],
    targets: [{ name: 'sought', ids: { id: target }, facts: {} }],
    applicants: [
      { name: 'handed in', ids: { id: handed, reference: none }, words: words('handed'), facts: { taken: false } },
      {
        ...{ name: 'taken in', ids: { id: taken, reference } },
        words: { ...words('taken'), said, referee: 'Kanaar-referee-taken' },
        facts: { taken: true },
      },
    ],
  }
}

// Months of the volunteers, and the coordinator's reports in every stage.
async function reportsOf(cast: Cast, others: Others, cases: CaseThing[]): Promise<Things> {
  const months: Thing[] = []
  for (const [name, who, supervisor, of] of [
    ['lou', cast.lou, 'sirje', 'own'],
    ['vera', others.vera, 'siim', 'foreign'],
  ] as const) {
    const month = dayFromNow(-30).slice(0, 7)
    const summary = `Kanaar-summary-${name}`
    await writeReport.run(who, { month, summary, supervisionNeed: 'talk', step: 'save' })
    const id = await one(
      cast,
      `select id from month_report where volunteer_id = (select id from volunteer where person_id = $1)`,
      [who.id],
    )
    await cast.admin.query(
      `update month_report set status = 'submitted', figures = '{"minutes": 60}', due_on = current_date - 3 where id = $1`,
      [id],
    )
    const caseId = cases.find((thing) => thing.name === of)?.ids.id ?? ''
    months.push({ name, ids: { id, case: caseId, month }, words: { summary }, facts: { supervisor, person: name } })
  }
  const periods = await periodsOf(cast, others)
  const late = await one(
    cast,
    `insert into month_report (volunteer_id, month, due_on) values ($1, '2026-08-01', '2026-09-05') returning id`,
    [cast.volunteer],
  )
  return { months, periods, overdue: [{ name: 'late', ids: { id: late }, facts: {} }] }
}

// The coordinator's reports in every stage, each brought there by those whose step it was.
async function periodsOf(cast: Cast, others: Others): Promise<Thing[]> {
  const periods: Thing[] = []
  for (const [at, status] of (['draft', 'submitted', 'returned', 'accepted'] as const).entries()) {
    const ownText = `Kanaar-period-${status}`
    const { id } = await createReport.run(others.kai, { period: `2026-0${at + 5}` })
    await cast.admin.query('update period_report set own_text = $2 where id = $1', [id, ownText])
    if (status !== 'draft') await submitReport.run(others.kai, { id })
    if (status === 'returned') await returnReport.run(cast.peep, { id, remark: 'Üks arv jäi arusaamatuks.' })
    if (status === 'accepted') await acceptReport.run(cast.peep, { id })
    periods.push({ name: status, ids: { id }, words: { ownText }, facts: { status } })
  }
  return periods
}
