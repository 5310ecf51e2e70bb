// Does everything that a deputy sees and does of somebody whom she guides for another stand in the log under both names?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { openNeed } from '../../test/need.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { away, deputyOfSirje } from '../../test/supervision.ts'
import { givenSupport, type Support, usualVisit } from '../../test/support.ts'
import { addPlace } from '../cases/identity/places.server.ts'
import { today } from '../core/clock.server.ts'
import { allOperations } from '../core/operation.server.ts'
import type { Person } from '../core/user.ts'
import { acceptProposal } from '../matching/assignment/answer.server.ts'
import { openAssignment } from '../matching/assignment/assignments.server.ts'
import { assign } from '../matching/assignment/propose.server.ts'
import { openToSupport } from '../matching/assignment/steer.server.ts'
import {
  answerConcern,
  askHelp,
  closeConcern,
  openConcern,
  openOwnConcern,
  seeConcern,
} from '../support/concern/concerns.server.ts'
import { openEntry, readEntry } from '../support/feedback/readings.server.ts'
import { agreeRhythm, openRhythm } from '../support/feedback/rhythm.server.ts'
import { monthEnd, nextMonth } from '../support/report/month-report.ts'
import { writeReport } from '../support/report/own-reports.server.ts'
import { judgeReport, openReview, openReviewRows } from '../support/report/review.server.ts'
import { openSupervisee } from '../support/report/supervision.server.ts'
import { monthOf } from '../support/visit/visit.ts'
import { correctVisit, logVisit, openVisit } from '../support/visit/visits.server.ts'
import { openVolunteer } from '../volunteers/profile/profile.server.ts'
import { lookAt, openLook, replyFromLook, topicFromLook } from './sample/looks.server.ts'
import { drawRound } from './sample/rounds.server.ts'
import { callOffSession, holdSession, openSession, planSession } from './sessions.server.ts'
import { seeCheckin, writeCheckin } from './wellbeing/checkins.server.ts'

const given = {
  place: '',
  matched: '',
  visit: '',
  help: '',
  report: '',
  checkin: '',
  session: '',
  own: '',
  worry: '',
  round: '',
  entry: '',
}
let cast: Cast
let endel: Person
let support: Support
beforeAll(async () => {
  cast = await openCast()
  const need = await openNeed(cast)
  await addPlace.run(cast.lea, { id: need.caseId, kind: 'address', value: 'Näidis tänav 1' })
  const { rows } = await cast.admin.query<{ id: string }>('select id from case_whereabouts where case_id = $1', [
    need.caseId,
  ])
  given.place = rows[0]?.id ?? ''
  const choice = { need: need.id, volunteer: cast.volunteer, rationale: 'Näidis-põhjus', agreedOn: today() }
  given.matched = (await assign.run(cast.kim, choice)).id
  await acceptProposal.run(cast.lou, { id: given.matched, noConflict: 'yes' })
  support = await givenSupport(cast, dayFromNow(-70))
  await writesOfLou()
  await drawnBySirje()
  endel = await deputyOfSirje(cast)
  await away(cast)
})
afterAll(() => cast.close())

async function writesOfLou(): Promise<void> {
  const month = nextMonth(monthOf(today()), -1)
  const { assignment } = support
  given.visit = (await logVisit.run(cast.lou, { ...usualVisit, assignment, day: monthEnd(month) })).id
  given.help = (await askHelp.run(cast.lou, { assignment })).concern.id
  const words = { step: 'submit', summary: 'Näidis-kuu.', supervisionNeed: 'no' }
  given.report = (await writeReport.run(cast.lou, { month, ...words })).id
  given.checkin = (await writeCheckin.run(cast.lou, { level: 'hard', carries: 'no', talk: 'soon' })).id
}

async function drawnBySirje(): Promise<void> {
  const days = { fromOn: dayFromNow(-62), toOn: today(), percent: '10', confidence: '95' }
  given.round = (await drawRound.run(cast.sirje, { scope: 'own', ...days })).id
  const { rows } = await cast.admin.query<{ id: string }>('select id from sample_entry where visit_id = $1', [
    given.visit,
  ])
  given.entry = rows[0]?.id ?? ''
}
const drawn = () => ({ round: given.round, entry: given.entry })
const allNo = Object.fromEntries([1, 2, 3, 4, 5].map((nth) => [`answer${nth}`, 'no']))

/** What a deputy does, in the order in which it can be done. */
const deeds: Record<string, () => Promise<unknown>> = {
  'volunteer.open': () => openVolunteer.run(endel, { id: cast.volunteer }),
  'support.supervision.open': () => openSupervisee.run(endel, { id: cast.volunteer }),
  'assignment.open': () => openAssignment.run(endel, { id: given.matched }),
  'assignment.open-place': () => openToSupport.run(endel, { id: given.matched, place: given.place, open: 'yes' }),
  'support.visit.open': () => openVisit.run(endel, { id: given.visit }),
  'support.entry.open': () => openEntry.run(endel, { id: given.visit }),
  'support.entry.read': () => readEntry.run(endel, { id: given.visit, reply: 'Aitäh.' }),
  'supervision.sample.entry': () => openLook.run(endel, drawn()),
  'supervision.sample.look': () => lookAt.run(endel, { ...drawn(), ...allNo }),
  'supervision.sample.reply': () => replyFromLook.run(endel, drawn()),
  'supervision.sample.topic': () => topicFromLook.run(endel, drawn()),
  'support.visit.log': async () => {
    const typed = { ...usualVisit, assignment: support.assignment, day: today(), danger: 'yes' }
    const { id, concernId } = await logVisit.run(endel, typed)
    Object.assign(given, { own: id, worry: concernId })
  },
  'support.help.state': () => openOwnConcern.run(endel, { id: given.worry }),
  'support.visit.correct': () =>
    correctVisit.run(endel, { ...usualVisit, id: given.own, day: today(), reason: 'Näidis-viga' }),
  'support.concern.open': () => openConcern.run(endel, { id: given.help }),
  'support.concern.see': () => seeConcern.run(endel, { id: given.help }),
  'support.concern.answer': () => answerConcern.run(endel, { id: given.help, answer: 'Helistasin talle.' }),
  'support.concern.close': () => closeConcern.run(endel, { id: given.help }),
  'support.review.open': () => openReview.run(endel, { id: given.report }),
  'support.review.rows': () => openReviewRows.run(endel, { id: given.report, case: support.caseId }),
  'support.review.judge': () => judgeReport.run(endel, { id: given.report, verdict: 'approved' }),
  'support.rhythm.form': () => openRhythm.run(endel, { id: support.assignment }),
  'support.rhythm.agree': () => agreeRhythm.run(endel, { id: support.assignment, days: '9' }),
  'supervision.checkin.see': () => seeCheckin.run(endel, { id: given.checkin }),
  'supervision.session.plan': async () => {
    const typed = { kind: 'individual', volunteers: cast.volunteer, day: today() }
    given.session = (await planSession.run(endel, typed)).id
  },
  'supervision.session.open': () => openSession.run(endel, { id: given.session }),
  'supervision.session.hold': () =>
    holdSession.run(endel, { id: given.session, heldOn: today(), came: cast.volunteer, topics: ['load'] }),
  'supervision.session.callOff': async () => {
    const typed = { kind: 'individual', volunteers: cast.volunteer, day: dayFromNow(3) }
    const { id } = await planSession.run(endel, typed)
    await callOffSession.run(endel, { id })
  },
}

test.each(Object.entries(deeds))('%s stands in the log under both names', async (name, deed) => {
  await deed()
  const { rows } = await cast.admin.query(
    'select on_behalf_of from audit_event where actor = $1 and action = $2 order by seq',
    [endel.id, name],
  )
  expect(rows).toEqual([{ on_behalf_of: cast.sirje.id }])
})

test('so does what is written of somebody by an id in capitals', async () => {
  for (const [kind, id] of [
    ['volunteer', cast.volunteer],
    ['concern', given.worry],
  ] as const) {
    await cast.admin.query(`begin; set local app.claim = '${endel.claim}'`)
    const { rows } = await cast.admin.query(
      `select audit_append('x', $1, upper($2), null, null, 'done', '{}', null, null) as seq`,
      [kind, id],
    )
    const event = await cast.admin.query('select object_id, on_behalf_of from audit_event where seq = $1', [
      rows[0].seq,
    ])
    await cast.admin.query('rollback')
    expect(event.rows).toEqual([{ object_id: id, on_behalf_of: cast.sirje.id }])
  }
})

test('there is nothing else that somebody who guides can do for somebody', () => {
  const all = allOperations().filter(({ name, roles, access }) => {
    const [subject = ''] = name.split('.')
    return (
      access === 'write' && roles.includes('supervisor') && ['support', 'supervision', 'assignment'].includes(subject)
    )
  })
  const aboutHerself = [
    'supervision.away.end',
    'supervision.away.tell',
    'supervision.sample.draw',
    'supervision.sample.end',
  ]
  expect(all.map(({ name }) => name).filter((name) => !(name in deeds))).toEqual(aboutHerself)
})
