// How does a test bring a case into being, the way a victim support worker does?
import { refer } from '../app/cases/referral/refer.server.ts'
import { saveStep, startReferral } from '../app/cases/referral/referral.server.ts'
import type { Part } from '../app/cases/referral/referral.ts'
import type { Person } from '../app/core/user.ts'

type Typed = Record<string, string>

/** What is typed on each page; invented people, the code is a well-known sample of the state. */
export const typed: Record<Part, Typed> = {
  source: { source: 'police', referredOn: '02.11.2026' },
  victim: {
    givenName: 'Anna',
    familyName: 'Näidis-Org',
    birthYear: '1985',
    sex: 'F',
    language: 'ru',
    interpreter: 'yes',
  },
  perpetrator: { relation: 'Endine abikaasa', givenName: 'Igor', familyName: 'Näidis-Kask' },
  children: {
    childCount: '2',
    birthYears: '2014, 2018',
    told: 'yes',
    toldOn: '01.11.2026',
    toldWhom: 'Näidislinna lastekaitse',
  },
  others: { anyAdult: 'no' },
  contact: {
    way: '+372 5550 1234',
    call: 'safe',
    text: 'unsafe',
    in_person: 'safe',
    mayAnswer: 'õde',
    codeWord: 'õunakook',
  },
  hours: { workdays: '10–12', sat: '9–12, 14–17' },
  fear: {
    feared: 'Endine abikaasa, hall kaubik.',
    tellSupport: 'yes',
    mayTell: 'Näidis-Õde Mari',
    mayNotTell: 'Näidis-Ämm Helve, naaber',
  },
  brief: { safetyNote: 'Ära jäta kõneposti teadet.', agreedTasks: 'Kaasas käimine kohtus.' },
  diversity: { origin: 'russian', disability: 'no', lgbt: 'unsaid' },
  basis: { basis: 'consent', consentOn: '01.11.2026', consentWay: 'written' },
  reason: { why: 'Vaja on politsei ja prokuratuuri osalust.' },
}

export type Changes = Partial<Record<Part, Typed>>

/** Goes through the pages up to the check; answers the journey's id. */
export async function answerPages(me: Person, changes: Changes = {}): Promise<string> {
  const { journey } = await startReferral.run(me, {})
  for (const part of Object.keys(typed) as Part[]) {
    await saveStep.run(me, { journey, part, ...typed[part], ...changes[part] })
  }
  return journey
}

/** The whole referral; answers the case's id. */
export async function referCase(me: Person, changes: Changes = {}): Promise<string> {
  const journey = await answerPages(me, changes)
  return (await refer.run(me, { journey })).id
}
