// What does somebody type who wants a page, a document or a letter to do more than show words?

import { giveConsent } from '../app/cases/basis/basis.server.ts'
import { openCase } from '../app/cases/case-file.server.ts'
import { closeCase, reopenCase } from '../app/cases/closing/closing.server.ts'
import { planContact } from '../app/cases/contact/plan.server.ts'
import { addChild, addPerpetrator } from '../app/cases/identity/another.server.ts'
import { addPlace } from '../app/cases/identity/places.server.ts'
import { explainNotOffered } from '../app/cases/need/not-offered.server.ts'
import { saveAssessment } from '../app/cases/risk/assess.server.ts'
import { instrumentNow } from '../app/cases/risk/assessments.server.ts'
import { saveSafetyPlan } from '../app/cases/safety/safety-plan.server.ts'
import { refuseTransfer } from '../app/cases/transfer/answer.server.ts'
import { sendTransfer } from '../app/cases/transfer/send.server.ts'
import { withdrawPerson } from '../app/cases/withdraw/withdraw.server.ts'
import { addDays } from '../app/core/calendar/working-days.ts'
import { today } from '../app/core/clock.server.ts'
import { asPerson } from '../app/core/db.server.ts'
import { formatDate } from '../app/i18n/format.ts'
import { addItem, removeItem } from '../app/meetings/agenda/arrange.server.ts'
import { answerPlan, askForPlan, openAnswerPlan } from '../app/meetings/approval/approval.server.ts'
import { callMeeting } from '../app/meetings/calendar/calendar.server.ts'
import { cancelMeeting } from '../app/meetings/calendar/change.server.ts'
import { addObserver } from '../app/meetings/live/attendance.server.ts'
import { answerRisk } from '../app/meetings/plan/matrix.server.ts'
import { addAction, endAction } from '../app/meetings/plan/plan.server.ts'
import type { Cast } from './cast.ts'
import { ending, givenBare } from './closing.ts'
import { asked } from './transfer.ts'

// One sign that each language of ours could trip over, around a word of its own: markup, quotes of both kinds, a formula, the end of
// a piece of XML, a template, a turn of the reading direction, a line that a letter would take for a header.
export const hostile = (word: string) =>
  `=1+${word}"><img src=x onerror=y>'onx='\${7*7}{{7*7}}]]>&#0;\u202e\r\nBcc: x@x.example`
/** The same on one line, for fields that have no more. */
export const line = (word: string) => `=1+${word}"><img src=x onerror=y>'onx='\${7*7}]]>&#0;`

/** To whom a file goes that is said to be somebody else. */
export const hostileRecipient = {
  ...{ name: line('Kurjussaaja'), organisation: line('Kurjussasutus'), why: hostile('Kurjusmiks') },
  email: 'kuri@naidis.example',
}

/** What a browser would take for anything but words. */
export const alive = (html: string) =>
  [/<img src=x/i, /"><img/, /onerror=y>/, /'onx='\$/, /(?<![&\w])\]\]>(?!<\/script)/].filter((sign) => sign.test(html))

type At = { caseId: string; meeting: string }

/** Everything else that is said of a case and around its meeting, each in a word of its own. */
export async function sayAll(cast: Cast, { caseId, meeting }: At): Promise<void> {
  const [id, on] = [caseId, formatDate(today())]
  await giveConsent.run(cast.lea, { id, on, way: 'written', proof: hostile('Kurjustõend') })
  await saveSafetyPlan.run(cast.lea, {
    ...{ id, danger: hostile('Kurjuspõgenemine'), leaving: hostile('Kurjusaeg'), keptAt: line('Kurjuspeidik') },
    ...{ madeWith: 'victim_support', reviewedOn: on, tellSupport: 'yes' },
  })
  await planContact.run(cast.lea, {
    ...{ id, channel: 'through', day: formatDate(addDays(today(), 5)), person: line('Kurjusvahendaja') },
    because: hostile('Kurjusvajalik'),
  })
  await addPerpetrator.run(cast.lea, { id, relation: line('Kurjusteine'), givenName: line('Kurjusuus') })
  await addChild.run(cast.lea, { id })
  const children = (await openCase.run(cast.lea, { id })).people.filter((one) => one.kind === 'child')
  await withdrawPerson.run(cast.lea, { id, person: children.at(-1)?.id, why: hostile('Kurjuseksitus') })
  await answerRisk.run(cast.lea, {
    id,
    kind: 'perpetrator',
    nth: 1,
    way: 'accepted',
    accepted: hostile('Kurjusleppimine'),
  })
  await assess(cast, id)
  const agreed = {
    owner: cast.mall.id,
    dueOn: '31.12.2099',
    contact: 'none',
    what: hostile('Kurjusülesanne'),
    result: 'Näidis',
  }
  const { action } = await addAction.run(cast.lea, { id, ...agreed, meeting })
  await endAction.run(cast.mall, { id, action, end: 'not_done', outcome: hostile('Kurjustulemus') })
  await addObserver.run(cast.lea, { id: meeting, name: line('Kurjusvaatleja'), agency: 'other', signed: 'yes' })
}

async function assess(cast: Cast, id: string): Promise<void> {
  const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((question) => [`answers.${question.id}`, 'no']))
  await saveAssessment.run(cast.lea, {
    ...{ id, madeOn: formatDate(today()), withVictim: 'yes', save: 'final', ...answers },
    ...{ judgedHigh: 'yes', judgementReason: hostile('Kurjushinnang') },
  })
}

/** A meeting that is called off, with a case that was left off it. */
export async function sayOfAnother(cast: Cast, caseId: string): Promise<string> {
  const call = { network: cast.networks.ida, mode: 'sitting', onDate: addDays(today(), 40) }
  const { id } = await callMeeting.run(cast.lea, { ...call, place: line('Kurjussaal') })
  await addItem.run(cast.lea, { id, case: caseId, reason: hostile('Kurjuspõhjus') })
  await removeItem.run(cast.lea, { id, case: caseId, reason: hostile('Kurjuseemaldus') })
  await cancelMeeting.run(cast.lea, { id, reason: hostile('Kurjusärajätmine') })
  return id
}

/** A case that another network did not take, that was closed and came back. */
export async function sayOfEnd(cast: Cast): Promise<{ caseId: string; transfer: string }> {
  const id = await givenBare(cast, today())
  const said = { words: hostile('Kurjusedasi'), groundWords: hostile('Kurjusalus'), why: hostile('Kurjusmiks') }
  const { transfer } = await sendTransfer.run(cast.lea, { id, to: cast.networks.harju, ...asked, ...said })
  await refuseTransfer.run(cast.max, { id: transfer, because: 'capacity', words: hostile('Kurjuskeeldumine') })
  await addPlace.run(cast.lea, { id, kind: 'address', value: hostile('Kurjuspaik') })
  await explainNotOffered.run(cast.lea, { id, why: hostile('Kurjuspakkumata') })
  await askForPlan.run(cast.mall, { id })
  const { plan } = (await openAnswerPlan.run(cast.lea, { id })).standing
  await answerPlan.run(cast.lea, { id, plan, answer: 'returned', words: hostile('Kurjustagasi') })
  await closeCase.run(cast.lea, { id, ...ending, words: hostile('Kurjuslõpp') })
  await reopenCase.run(cast.lea, { id, why: hostile('Kurjustaasavamine') })
  return { caseId: id, transfer }
}
