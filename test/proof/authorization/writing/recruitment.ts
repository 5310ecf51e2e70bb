// May somebody decide about an application, agree a step, make a call, or write to somebody without an account? The access table.
import { has } from '../rules/rights.ts'
import { type Draw, type Given, insert, now, pickSeen, update } from './draw.ts'

const coordinates = ({ rights }: Given) => has(rights, 'coordinator')

/** Decided once, in one's own name, while something of it is left; what was decided stays. */
const decide: Draw = (given) => {
  const row = pickSeen(given, 'application')
  const set = { outcome: 'refused', no_reason: 'silent', decided_by: given.signed, decided_at: now }
  return (
    row &&
    update(given, 'application', row, set, coordinates(given) && row.outcome === null && !row.erased_at && given.honest)
  )
}

const step: Draw = (given) => {
  const of = pickSeen(given, 'volunteer')
  if (!of) return null
  const row = { volunteer_id: of.id ?? '', step: 'call', due_on: '2026-12-01', owner_id: given.me }
  return insert('recruitment_step', { ...row, recorded_by: given.signed }, coordinates(given) && given.honest)
}

const call: Draw = (given) => {
  const code = `kutse-${given.random.whole(1, 1e9)}`
  const row = { name: 'Näidis-kutse', code, source: 'web', from_on: '2026-01-01', until_on: '2026-12-31' }
  return insert('campaign', { ...row, created_by: given.signed }, coordinates(given) && given.honest)
}

/** Put right while it runs. */
const amend: Draw = (given) => {
  const row = pickSeen(given, 'campaign')
  const runs = row !== null && row.ended_at === null
  return row && update(given, 'campaign', row, { name: 'Näidis-muudetud' }, coordinates(given) && runs)
}

/** Ended once, in one's own name. */
const stop: Draw = (given) => {
  const row = pickSeen(given, 'campaign')
  const set = { ended_by: given.signed, ended_at: now }
  const runs = row !== null && row.ended_at === null
  return row && update(given, 'campaign', row, set, coordinates(given) && runs && given.honest)
}

const aim: Draw = (given) => {
  const row = { kind: 'recruit', county_codes: '{0045}', languages: '{ru}', people: 2, by_on: '2027-03-01' }
  return insert('recruiting_target', { ...row, set_by: given.signed }, coordinates(given) && given.honest)
}

/** Ended once, in one's own name. */
const attain: Draw = (given) => {
  const row = pickSeen(given, 'recruiting_target')
  const set = { ended_by: given.signed, ended_at: now, ended_why: 'reached' }
  const runs = row !== null && row.ended_at === null
  return row && update(given, 'recruiting_target', row, set, coordinates(given) && runs && given.honest)
}

const letter: Draw = (given) =>
  insert('mail_outbox', { kind: 'application-no', to_sealed: '\\x01', locale: 'et' }, coordinates(given))

/** What was said is written down once, of a volunteer that one sees, in one's own name. */
const talk: Draw = (given) => {
  const of = pickSeen(given, 'volunteer')
  const guide = pickSeen(given, 'interview_guide')
  if (!of || !guide) return null
  const row = { volunteer_id: of.id ?? '', guide: Number(guide.version), held_on: '2026-11-02', conclusion: 'fits' }
  const signed = { answers_sealed: '\\x01', recorded_by: given.signed }
  return insert('interview', { ...row, ...signed }, coordinates(given) && given.honest)
}

const questions: Draw = (given) => {
  const row = { version: given.random.whole(1000, 1e9), questions: '[{}]', created_by: given.signed }
  return insert('interview_guide', row, coordinates(given) && given.honest)
}

/** Asked in one's own name, about somebody whom one sees; and what waits is taken back. */
const ask: Draw = (given) => {
  const of = pickSeen(given, 'volunteer')
  if (!of) return null
  const row = { volunteer_id: of.id ?? '', referee_sealed: '\\x01', locale: 'et', expires_at: soon() }
  return insert('reference_request', { ...row, asked_by: given.signed }, coordinates(given) && given.honest)
}

const soon = () => new Date(Date.now() + 3 * 86_400_000).toISOString()

const revoke: Draw = (given) => {
  const row = pickSeen(given, 'reference_request')
  const waits = row !== null && !row.answered_at && !row.revoked_at
  return row && update(given, 'reference_request', row, { revoked_at: now }, coordinates(given) && waits)
}

export const recruitmentDraws: Draw[] = [
  decide,
  step,
  call,
  aim,
  attain,
  letter,
  talk,
  questions,
  ask,
  revoke,
  amend,
  stop,
]
