// Which words stand nowhere else in the tests, one for each field in which something is told in confidence?
import type { Changes } from './cases.ts'
import { ofMeeting } from './meeting.ts'

// Every personal field of a case has a word of its own that stands nowhere else.
export const secret = {
  ...{ family: 'Kanaarperenimi', former: 'Kanaarendine', code: '60001019906', relation: 'Kanaarsuhe' },
  ...{ otherGiven: 'Kanaareesnimi', otherFamily: 'Kanaarkolmas', otherCode: '38001085718' },
  ...{ way: 'Kanaarkontakt', address: 'Kanaaraadress', purpose: 'Kanaarpõhjendus' },
}
export const beside = {
  relation: 'Kanaarema',
  atRisk: 'Kanaarähvardus',
  givenName: 'Kanaarhelgi',
  contact: 'Kanaartelefon',
}
export const ofNetwork = {
  ...{ why: 'Kanaarmarac', told: 'Kanaarlaps', answer: 'Kanaarvastus', mayTell: 'Kanaarõde', mayNotTell: 'Kanaarämm' },
}
export const ofSupport = {
  ...{ given: 'Kanaarnimi', safety: 'Kanaarohutus', tasks: 'Kanaartegevus', note: 'Kanaarmärge', plan: 'Kanaarturva' },
  ...{ answers: 'Kanaarvastaja', word: 'Kanaarkoodsõna', never: 'Kanaarmittekunagi', feared: 'Kanaarkardetu' },
}
// Neither who she is nor whom she fears lies on a phone.
export const onDevice = [ofSupport.safety, ofSupport.tasks, ofSupport.word, ofSupport.never]
export const ofApplicant = { name: 'Kanaarkandidaat', why: 'Kanaarsoov', availability: 'Kanaarõhtud' }
export const [inTalk, inPaper, inFound] = ['Kanaarjuhendus', 'Kanaarleping', 'Kanaarleid']
export const inReach = 'Kanaarkättesaamine'
export const inCircle = ['Kanaarlähedane', 'Kanaarsugulane']
export const inMeeting = Object.values(ofMeeting)
const told = [
  secret,
  ofNetwork,
  ofSupport,
  beside,
  ofApplicant,
  { inTalk, inPaper, inReach, inFound },
  ofMeeting,
  inCircle,
]
export const canaries = told.flatMap((words) => Object.values<string>(words))

export const typed: Changes = {
  victim: {
    ...{ givenName: ofSupport.given, familyName: secret.family, formerNames: secret.former, nationalId: secret.code },
    ...{ birthYear: '2000', sex: 'F', language: 'ru', interpreter: 'yes' },
  },
  perpetrator: {
    ...{ relation: secret.relation, givenName: secret.otherGiven, familyName: secret.otherFamily },
    nationalId: secret.otherCode,
  },
  children: { childCount: '1', birthYears: '2014', told: 'yes', toldOn: '01.11.2026', toldWhom: ofNetwork.told },
  others: { anyAdult: 'yes', ...beside },
  contact: { way: secret.way, call: 'safe', in_person: 'safe', mayAnswer: ofSupport.answers, codeWord: ofSupport.word },
  hours: { workdays: '0–24', sat: '0–24', sun: '0–24', never: ofSupport.never },
  fear: { feared: ofSupport.feared, tellSupport: 'yes', mayTell: ofNetwork.mayTell, mayNotTell: ofNetwork.mayNotTell },
  brief: { safetyNote: ofSupport.safety, agreedTasks: ofSupport.tasks },
  reason: { why: ofNetwork.why },
}
