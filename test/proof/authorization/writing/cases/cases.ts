// May a case be referred, described, judged and briefed by whoever tries? R1, R8, R11, R12; the access table, `case.*`.
import { closed, has, inNetwork, leads, sharesCase, unfounded } from '../../rules/rights.ts'
import type { Row } from '../../world/world.ts'
import { type Draw, foreign, type Given, insert, now, open, pick, pickSeen, place, update } from '../draw.ts'

/** Only a case's own network writes into it, in the own name, and not behind a wall. */
const writes = (given: Given, row: Row) => sharesCase(given.rights, row) && open(given, row.case_id ?? row.id)
/** A closed case is read and no longer written (decision 20). */
const writesOpen = (given: Given, row: Row) => writes(given, row) && !closed(given.rights, row.case_id ?? row.id)

const refer: Draw = (given) => {
  const network = pick(given, 'network', (row) => given.random.chance(0.3) || given.rights.networks.has(row.id ?? ''))
  if (!network) return null
  const imported = given.random.chance(0.3)
  const number = `M-2026-${given.random.whole(100_000, 999_999)}`
  const row = { network_id: network.id ?? '', number, county_code: '0045', language: 'et', source: 'police' }
  const allowed =
    inNetwork(given.rights, { network_id: network.id ?? null }) || (imported && has(given.rights, 'coordinator'))
  const more = { referred_on: '2026-11-01', legal_basis: imported ? 'imported' : 'law', created_by: given.signed }
  return insert('case_file', { ...row, ...more }, allowed && given.honest)
}

const mendCase: Draw = (given) => {
  const row = pickSeen(given, 'case_file')
  return row && update(given, 'case_file', row, { language: 'ru' }, writesOpen(given, row))
}

const names: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const kind = given.random.pick(['child', 'adult'])
  const person = { ...place(of), kind, given_name_sealed: '\\x01', recorded_by: given.signed }
  return insert('case_person', person, writesOpen(given, of) && given.honest)
}

const places: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const row = { ...place(of), kind: 'address', value_sealed: '\\x01', recorded_by: given.signed }
  return insert('case_whereabouts', row, writesOpen(given, of) && given.honest)
}

const setAside =
  (table: string): Draw =>
  (given) => {
    const row = pickSeen(given, table, ({ superseded_at }) => superseded_at === null)
    return row && update(given, table, row, { superseded_at: now }, writesOpen(given, row))
  }

/** The network, and the supervisor, who opens single items under her own name (R11). */
const briefs = (given: Given, row: Row) => {
  const id = row.case_id ?? row.id ?? ''
  if (closed(given.rights, id)) return false
  return writes(given, row) || (given.rights.supervised.has(id) && !unfounded(given.rights, id))
}

const brief: Draw = (given) => {
  const without = (row: Row) =>
    !given.rights.facts.rows('case_brief').some((one) => one.case_id === row.id && !one.superseded_at)
  const mine = (row: Row) => without(row) && given.rights.supervised.has(row.id ?? '')
  const of = pick(given, 'case_file', mine) ?? pickSeen(given, 'case_file', without)
  if (!of) return null
  const row = { ...place(of), whereabouts_ids: [], recorded_by: given.signed }
  return insert('case_brief', row, briefs(given, of) && given.honest)
}

const closeBrief: Draw = (given) => {
  const row = pickSeen(given, 'case_brief', ({ superseded_at }) => superseded_at === null)
  return row && update(given, 'case_brief', row, { superseded_at: now }, briefs(given, row))
}

const judge: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  const instrument = pick(given, 'instrument')
  if (!of || !instrument) return null
  const state = given.random.pick(['draft', 'final', 'imported'] as const)
  const drafts = given.rights.facts.rows('assessment').filter((row) => row.case_id === of.id && !row.superseded_at)
  if (state === 'draft' && drafts.some((row) => row.state === 'draft')) return null
  const made_on = '2026-11-02'
  const trained = given.rights.facts.one('person', given.me)?.marac_trained_on ?? null
  const claimed = given.random.chance(0.8) ? trained : '2020-02-02'
  // Whose assessment it is and who prepared it are two names; a final one is its assessor's own.
  const assessor = given.random.chance(0.3) ? (pick(given, 'person')?.id ?? given.me) : given.me
  const prepared_by = state === 'draft' ? given.signed : given.me
  const row = {
    ...{ ...place(of), instrument_id: instrument.id ?? '', made_on, with_victim: true, yes_count: 1 },
    ...{ by_count: false, by_judgement: false, by_escalation: false, by_critical: false, level: 'standard', state },
    ...{ assessor_id: assessor, assessor_trained_on: claimed, prepared_by },
    answers_sealed: state === 'imported' ? null : '\\x01',
  }
  if (state === 'final' && claimed === null) return null
  const honest = state === 'draft' ? given.honest : assessor === given.me
  return insert(
    'assessment',
    row,
    honest && allowedToJudge(given, of, state, claimed === trained && (claimed ?? '') <= made_on),
  )
}

/** R1: final only under the name of somebody whose own training, from before, is on record; anybody of the network prepares; workbooks are the coordinator's. */
function allowedToJudge(given: Given, of: Row, state: 'draft' | 'final' | 'imported', known: boolean): boolean {
  if (state === 'imported')
    return has(given.rights, 'coordinator') && open(given, of.id) && !closed(given.rights, of.id)
  if (state === 'draft') return writesOpen(given, of)
  return writesOpen(given, of) && known
}

const task: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  return insert(
    'case_task',
    { ...place(of), kind: 'tell-child-protection', due_on: '2026-12-24' },
    writesOpen(given, of),
  )
}

const finishTask: Draw = (given) => {
  const row = pickSeen(given, 'case_task', ({ done_at }) => done_at === null)
  return (
    row &&
    update(
      given,
      'case_task',
      row,
      { done_at: now, done_by: given.signed },
      writes(given, row) && (row.kind !== 'confirm-support' || leads(given.rights, row)) && given.honest,
    )
  )
}

const newKey: Draw = (given) => {
  const asked = new Set(given.rights.facts.rows('key_change').map((row) => row.case_id))
  const of = pickSeen(given, 'case_file', (row) => !asked.has(row.id ?? null))
  if (!of) return null
  // Not of a case elsewhere, in the name of one's own network.
  const other = foreign(given, of)
  const row = { ...place(of), case_id: other?.id ?? of.id ?? '', why: 'suspicion', asked_by: given.signed }
  return insert('key_change', row, leads(given.rights, of) && !other && open(given, of.id) && given.honest)
}

const erase: Draw = (given) => {
  const waiting = new Set(given.rights.facts.rows('erasure').flatMap((row) => (row.outcome ? [] : [row.owner_id])))
  const ofCase = given.random.chance(0.6)
  const of = pickSeen(given, ofCase ? 'case_file' : 'volunteer', (row) => !waiting.has(row.id ?? null))
  if (!of) return null
  const asked_as = given.random.pick(['auditor', 'keeper'])
  const keeps = has(given.rights, 'coordinator') || (ofCase && leads(given.rights, of))
  const mine = asked_as === 'auditor' ? has(given.rights, 'auditor') : keeps
  // By its own name, and of its own network; not by those of another.
  const another = () => pick(given, ofCase ? 'case_file' : 'volunteer') ?? of
  const named = given.random.chance(0.8) ? of : another()
  const placed = given.random.chance(0.8) ? of : another()
  // Nor somebody who helps as if she were a case.
  const mixed = !ofCase && given.random.chance(0.15) ? pick(given, 'network') : null
  const row = {
    kind: ofCase || mixed ? 'case' : given.random.pick(['volunteer', 'talks', 'papers']),
    owner_id: of.id ?? '',
    network_id: ofCase ? (placed.network_id ?? null) : (mixed?.id ?? null),
  }
  const label = (ofCase ? named.number : named.code) ?? ''
  const asked = { label, ground: 'wish', asked_by: given.signed, asked_as, reason_sealed: '\\x01' }
  const meant = named === of && placed.network_id === of.network_id && !mixed
  const allowed = mine && meant && open(given, of.id) && given.honest && given.rights.inPerson
  return insert('erasure', { ...row, ...asked }, allowed)
}

/** Decision 18: each word on the ground by the network, in the own name; one takes back what was given. */
const ground: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const kind = given.random.pick(['law', 'consent', 'withdrawn', 'imported'])
  const way = kind === 'consent' || kind === 'withdrawn' ? 'spoken' : null
  const word = { ...place(of), kind, on_date: '2026-11-02', way, goes_on: kind === 'withdrawn' ? 'ends' : null }
  const follows = kind === 'withdrawn' ? ['consent', 'imported'].includes(of.legal_basis ?? '') : kind !== 'imported'
  return insert(
    'case_basis',
    { ...word, recorded_by: given.signed },
    writes(given, of) && follows && given.honest && (kind === 'withdrawn' || !closed(given.rights, of.id)),
  )
}
/** What happened, by the network and in the own name, as long as the case is open. */
const incident: Draw = (given) => {
  const of = pickSeen(given, 'case_file')
  if (!of) return null
  const row = { ...place(of), kind: 'threat', on_date: '2026-11-02', police: 'no', recorded_by: given.signed }
  return insert('case_incident', row, writes(given, of) && given.honest && !closed(given.rights, of.id))
}
/** What she said of herself, once at a time, by the network and in the own name. */
const diversity: Draw = (given) => {
  const said = new Set(given.rights.facts.rows('case_diversity').map((row) => (row.superseded_at ? '' : row.case_id)))
  const of = pickSeen(given, 'case_file', (row) => !said.has(row.id ?? ''))
  if (!of) return null
  const row = { ...place(of), origin: 'other', disability: 'no', lgbt: 'no', recorded_by: given.signed }
  return insert('case_diversity', row, writesOpen(given, of) && given.honest)
}
const prove: Draw = (given) => {
  const own = (one: Row) => one.recorded_by === given.me
  const here = (one: Row) => own(one) && writes(given, one)
  const row = pick(given, 'case_basis', given.random.chance(0.7) ? here : own) ?? pickSeen(given, 'case_basis')
  const mine = row?.recorded_by === given.me
  return row && update(given, 'case_basis', row, { proof_sealed: '\\x01' }, writes(given, row) && mine)
}

export const caseDraws: Draw[] = [
  ...[
    ground,
    incident,
    diversity,
    prove,
    refer,
    mendCase,
    names,
    places,
    brief,
    closeBrief,
    judge,
    task,
    finishTask,
    newKey,
    erase,
  ],
  ...['case_person', 'case_whereabouts', 'assessment', 'case_diversity'].map(setAside),
]
