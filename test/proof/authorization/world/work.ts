// Who helps in which case: needs, supports asked for, running, planned and ended, visits, worries and looks?
import type { Book, NewRow } from './book.ts'
import type { Case } from './cases.ts'
import { putLink, putTie } from './links.ts'
import { putLook, putLooks } from './looks.ts'
import type { People } from './people.ts'
import type { Volunteer } from './volunteers.ts'

type Given = { book: Book; people: People; volunteers: Volunteer[] }
type Of = { network_id: string; case_id: string }

// Every way in which a support can stand in time; `null` is no day at all.
const stages: [status: string, start: number | null, end: number | null][] = [
  ['proposed', null, null],
  ['withdrawn', null, null],
  ['declined', null, null],
  ['active', -60, null],
  ['active', -60, 30],
  ['active', -60, 0],
  ['active', -60, -1],
  ['active', 1, null],
  ['active', 0, null],
  ['ended', -90, -10],
  ['ended', -90, 0],
  ['ended', -90, 5],
]

/** Two needs in each case; every volunteer comes in turn through every stage. */
export function putWork(book: Book, people: People, volunteers: Volunteer[], cases: Case[]): void {
  const given = { book, people, volunteers }
  let turn = book.random.whole(0, 99)
  for (const one of cases) {
    const of = { network_id: one.networkId, case_id: one.id }
    for (let need = 0; need < 2; need++, turn++) {
      if (one.quiet) continue
      // Nobody is asked or helps where the case is closed or rests on nothing: that ended with it.
      const all = one.alive ? stages : stages.filter(([status]) => status !== 'active' && status !== 'proposed')
      const stage = all[turn % all.length] as (typeof stages)[number]
      const helper = volunteers[(turn * 5 + Math.floor(turn / stages.length)) % volunteers.length] as Volunteer
      putNeed(
        given,
        of,
        one.number,
        stage,
        !one.alive || book.inTurn('helper', [...Array(9).fill(true), false]) ? helper : null,
      )
    }
    putLooks(book, people, one)
    if (book.random.chance(0.3)) putTie(book, people, volunteers, of)
    putLink(book, people, volunteers, of)
  }
  putSure(given, cases)
}

// Whatever the turn: everybody who can sign in is asked, helps, and has helped.
const sure: (typeof stages)[number][] = [
  ['proposed', null, null],
  ['active', -60, null],
  ['active', -60, -1],
]

function putSure(given: Given, cases: Case[]): void {
  const busy = cases.filter(({ alive, quiet }) => alive && !quiet)
  const helpers = given.volunteers.filter(({ personId }) => personId !== null)
  for (const [index, helper] of helpers.entries())
    for (const [at, stage] of sure.entries()) {
      const one = busy[(index * sure.length + at) % busy.length] as Case
      putNeed(given, { network_id: one.networkId, case_id: one.id }, one.number, stage, helper)
      // Each looks at where she is, as far as that was opened.
      for (const item_id of one.places) putLook(given.book, helper.personId ?? '', one, item_id)
    }
  // … in one case everybody at once, and of those who see more of it somebody by a support that is over by its own last day, too …
  const crowd = busy.find(({ networkId }) => networkId === given.people.networks[0]) as Case
  const there = { network_id: crowd.networkId, case_id: crowd.id }
  for (const helper of helpers) {
    putNeed(given, there, crowd.number, ['active', -60, null], helper)
    // What she planned there under no support she planned when she was of that network.
    const plan = { ...there, id: given.book.uuid(), assignment_id: null, recorded_by: helper.personId }
    given.book.put('contact_plan', {
      ...plan,
      channel: 'call',
      on_date: given.book.day(3),
      withdrawn_at: null,
      withdrawn_by: null,
    })
  }
  const lead = helpers.find(({ personId }) => personId === given.people.ids.managerOfMuch) as Volunteer
  putNeed(given, there, crowd.number, ['active', -60, -1], lead)
  // … somebody said no, and somebody was asked no longer …
  for (const [index, status] of ['declined', 'withdrawn'].entries()) {
    const one = busy[index % busy.length] as Case
    const of = { network_id: one.networkId, case_id: one.id }
    putNeed(given, of, one.number, [status, null, null], helpers[index] as Volunteer)
  }
  // … and where the ground is gone or the case is closed somebody has helped, whose reports may still wait.
  for (const [index, one] of cases.filter(({ alive }) => !alive).entries()) {
    const helper = helpers[index % helpers.length] as Volunteer
    const of = { network_id: one.networkId, case_id: one.id }
    putNeed(given, of, one.number, ['ended', -90, index % 2 === 0 ? -10 : -45], helper)
    // A worry that nobody has seen was there when the case ended over it, as an erasure does.
    putConcern(given, of, one.number, helper, 0)
  }
}

const needStates: Record<string, string> = { proposed: 'proposed', active: 'covered' }

function putNeed(given: Given, of: Of, number: string, stage: (typeof stages)[number], helper: Volunteer | null): void {
  const { book, people } = given
  const id = book.uuid()
  const by = people.ids.coordinator1 ?? ''
  const row = {
    ...of,
    id,
    number,
    county_code: '0045',
    language: 'et',
    from_on: '2026-04-01',
    months: 8,
    created_by: by,
  }
  book.put('need', { ...row, status: helper ? (needStates[stage[0]] ?? 'open') : 'open' })
  for (const kind of ['offered', 'opened'])
    book.put('need_event', { ...of, id: book.uuid(), need_id: id, kind, on_date: '2026-04-01', recorded_by: by })
  if (helper) putSupport(given, of, { need_id: id, number }, stage, helper)
  else putVisit(given, of, number, null, book.random.pick(given.volunteers))
}

function putSupport(
  given: Given,
  of: Of,
  need: { need_id: string; number: string },
  stage: (typeof stages)[number],
  helper: Volunteer,
) {
  const { book, people } = given
  const [status, start, end] = stage
  const id = book.uuid()
  const days = { start_on: start === null ? null : book.day(start), end_on: end === null ? null : book.day(end) }
  const by = people.ids.coordinator1 ?? ''
  const row = { ...of, ...need, id, volunteer_id: helper.id, chosen_by_solver: true, load_before: 0, created_by: by }
  // Who guided her when it was agreed; since then she may have come to somebody else.
  const supervisor_id = book.random.chance(0.3) ? (people.ids.supervisor2 ?? null) : null
  book.put('assignment', { ...row, status, ...days, supervisor_id })
  const kinds = status === 'proposed' ? [] : [status === 'active' ? 'accepted' : status]
  for (const kind of ['proposed', ...kinds])
    book.put('assignment_event', {
      ...{ ...of, id: book.uuid(), assignment_id: id, kind, on_date: '2026-05-01', recorded_by: by },
      no_conflict_declared: kind === 'accepted' ? true : null,
    })
  if (start !== null) for (let visit = 0; visit < 2; visit++) putVisit(given, of, need.number, id, helper)
  const taken = book.inTurn('taken back', [true, false, false])
  const over = { withdrawn_at: taken ? book.minute(-5) : null, withdrawn_by: taken ? helper.personId : null }
  const planned = { channel: 'in_person', on_date: book.day(3), ...over }
  if (start !== null && helper.personId) {
    const plan = { ...of, assignment_id: id, recorded_by: helper.personId }
    const plan_id = book.put('contact_plan', { ...plan, id: book.uuid(), ...planned })
    // … and what whoever guides planned with her.
    const by = people.ids.supervisor2 ?? ''
    if (book.inTurn('planned for her', [true, false, false]))
      book.put('contact_plan', { ...plan, id: book.uuid(), ...planned, recorded_by: by })
    if (book.inTurn('outing', [true, true, false])) putOuting(book, { ...plan, plan_id, number: need.number }, helper)
  }
  if (start !== null && book.random.chance(0.6)) putConcern(given, of, need.number, helper)
}

/** Expected back, with the ladder climbed as far as chance has it; as often it is a drill of hers. */
function putOuting(book: Book, of: NewRow, helper: Volunteer): void {
  const drill = book.inTurn('drill', [true, false, false])
  const rung = book.inTurn(drill ? 'rung of a drill' : 'rung', [0, 1, 2, 3])
  const until_at = book.minute(-90)
  const { recorded_by } = of
  const row = { id: book.uuid(), volunteer_id: helper.id, begins_at: book.minute(-150), until_at, rung }
  book.put('outing', { ...row, ...(drill ? { recorded_by: recorded_by ?? null } : of) })
  for (let step = 1; step <= rung; step++)
    book.put('outing_step', {
      outing_id: row.id,
      until_at,
      step,
      due_at: until_at,
      taken_at: book.minute(-80),
      told: 1,
    })
}

function putVisit(
  { book, people }: Given,
  of: Of,
  number: string,
  assignment_id: string | null,
  helper: Volunteer,
): void {
  const recorded_by = helper.personId ?? people.ids.supervisor1 ?? ''
  const superseded = book.inTurn('visit', [true, false, false, false])
    ? { superseded_at: book.minute(-9), superseded_reason: 'viga' }
    : {}
  const row = {
    ...of,
    id: book.uuid(),
    assignment_id,
    volunteer_id: helper.id,
    number,
    on_date: '2026-10-02',
    minutes: 30,
  }
  book.put('visit', {
    ...row,
    way: 'phone',
    note_sealed: '\\x01',
    recorded_by,
    superseded_at: null,
    superseded_reason: null,
    ...superseded,
  })
}

function putConcern({ book, people }: Given, of: Of, number: string, helper: Volunteer, at?: number): void {
  const raised_by = helper.personId ?? people.ids.supervisor1 ?? ''
  const stage = at ?? (book.rows.get('concern')?.length ?? 0) % 4
  const by = people.ids.lead0 ?? ''
  book.put('concern', {
    ...{
      ...of,
      id: book.uuid(),
      number,
      volunteer_id: helper.id,
      kind: book.inTurn('concern', ['danger', 'help']),
      raised_by,
    },
    ...{ seen_at: stage > 0 ? book.minute(-50) : null, seen_by: stage > 0 ? by : null },
    ...{ answered_at: stage > 1 ? book.minute(-40) : null, answered_by: stage > 1 ? by : null },
    ...{ answer_sealed: stage > 1 ? '\\x01' : null },
    ...{ closed_at: stage > 2 ? book.minute(-30) : null, closed_by: stage > 2 ? by : null },
  })
}
