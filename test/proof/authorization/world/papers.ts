// What else lies in the tables: reports, workbooks, confirmations, erasures, walls, the log, letters and everybody's own things?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import { putCounted } from './counted.ts'
import type { People } from './people.ts'
import type { Volunteer } from './volunteers.ts'
import { putWalls } from './walls.ts'

type Given = { book: Book; people: People; volunteers: Volunteer[]; cases: Case[] }

export function putPapers(given: Given): void {
  putReports(given)
  putWorkbooks(given)
  putConfirmations(given)
  putErasures(given)
  putWalls(given.book, given.people, given.cases)
  putLog(given)
  putOwnThings(given)
  putHidden(given)
}

function putReports({ book, people }: Given): void {
  putCounted(book, people)
  for (const [index, status] of ['draft', 'submitted', 'returned', 'accepted', 'accepted', 'submitted'].entries()) {
    const id = book.uuid()
    const days = { period: `2026-0${index + 1}`, from_on: '2026-01-01', to_on: '2026-01-31', due_on: '2026-02-15' }
    book.put('period_report', {
      id,
      ...days,
      status,
      created_by: people.ids[index === 1 ? 'bothPosts' : 'coordinator1'] ?? '',
      figures: {},
    })
    if (status === 'draft') continue
    const submitted = book.uuid()
    // The last one was handed in by whoever is the project manager now, and was coordinator then.
    const by = people.ids[index === 5 ? 'manager1' : 'coordinator1'] ?? ''
    book.put('period_report_event', { id: submitted, report_id: id, kind: 'submitted', recorded_by: by, remark: null })
    // … and had come back once before, by the other one.
    const back = {
      id: book.uuid(),
      report_id: id,
      kind: 'returned',
      remark: 'x',
      recorded_by: people.ids.manager2 ?? '',
    }
    if (index === 5) book.put('period_report_event', back)
    if (index !== 2) book.put('period_report_snapshot', { event_id: submitted, report_id: id, figures: {} })
    if (status === 'submitted') continue
    const answer = { id: book.uuid(), report_id: id, kind: status, recorded_by: people.ids.manager1 ?? '' }
    book.put('period_report_event', { ...answer, remark: 'x' })
  }
  for (const network_id of people.networks)
    for (const way of ['phone', 'meeting'])
      book.put('work_sum', { network_id, month: '2026-10-01', way, contacts: 3, minutes: 30, expense_cents: 0 })
}

function putWorkbooks({ book, people }: Given): void {
  for (const [maker, giver] of [
    ['coordinator1', null],
    ['coordinator2', null],
    ['coordinatorOver', null],
    ['supervisorCoordinator', null],
    ['manager1', 'coordinator1'],
    ['manager1', 'coordinatorOver'],
    ['managerOfMuch', 'coordinator2'],
    ['manager2', 'coordinator1'],
  ] as const) {
    const id = book.uuid()
    const made_for = giver ? (people.ids[giver] ?? null) : null
    book.put('import_batch', {
      id,
      sha256: 'x',
      counts: {},
      made_by: people.ids[maker] ?? '',
      made_for,
      state: 'previewed',
    })
    book.put('sealed_key', {
      id: book.uuid(),
      kind: 'import',
      owner_id: id,
      network_id: null,
      master_id: 'm',
      wrapped: '\\x01',
    })
  }
}

function putConfirmations(given: Given): void {
  const { book, people } = given
  const askers = ['admin1', 'admin2', 'coordinator1', 'coordinator2', 'manager1', 'supervisor1', 'supervisorVolunteer']
  const whom = ['volunteer1', 'volunteer2', 'supervisor2', 'trainer', 'lead0', 'nobody', 'coordinator2', 'leadShut']
  for (const asker of askers)
    for (const one of whom.filter((name) => name !== asker && book.random.chance(0.7))) {
      const kind = one === 'leadShut' ? 'reopen' : book.inTurn('asked', ['role', 'recover', 'email', 'name'])
      const decided = book.inTurn(`decided ${kind}`, [null, null, 'withdrawn', 'refused', 'confirmed'])
      const row = kind === 'role' ? roleAsked(given) : { way: kind === 'reopen' ? null : 'video' }
      book.put('confirmation', {
        ...{
          id: book.uuid(),
          kind,
          person_id: people.ids[one] ?? '',
          reason: 'x',
          proposed_by: people.ids[asker] ?? '',
        },
        ...{ proposed_at: book.minute(-12_000), expires_at: book.minute(book.inTurn('expired', [-60, 5_000, 5_000])) },
        ...emptyRole,
        ...row,
        ...decision(given, decided, kind, asker, one),
      })
    }
}

const emptyRole = { role: null, network_id: null, valid_from: null, valid_to: null, way: null }

function roleAsked({ book, people }: Given) {
  const role = book.inTurn('role', ['volunteer', 'supervisor', 'trainer', 'manager', 'lead', 'coordinator'])
  const network_id = role === 'lead' ? (people.networks[0] ?? null) : null
  return { role, network_id, valid_from: book.day(0), valid_to: '2999-12-31', way: null }
}

function decision({ book, people }: Given, how: string | null, kind: string, asker: string, one: string) {
  const decider = ['admin2', 'admin1', 'manager2'].find((name) => name !== asker && name !== one) ?? ''
  return {
    ...{ decision: how, decided_at: how ? book.minute(-100) : null, decision_reason: how === 'refused' ? 'x' : null },
    decided_by: how ? (people.ids[how === 'withdrawn' ? asker : decider] ?? null) : null,
    decision_way: how === 'confirmed' && kind !== 'role' && kind !== 'reopen' ? 'known' : null,
  }
}

function putErasures({ book, people, volunteers, cases }: Given): void {
  const [auditor, lead] = [people.ids.auditor1 ?? '', people.ids.lead0 ?? '']
  const row = { ground: 'wish', reason_sealed: '\\x01' }
  for (const one of cases) {
    if (!book.inTurn('erased', [true, false])) continue
    const refused = { decided_by: lead, decided_at: book.minute(-8), outcome: 'refused' }
    const decided = book.inTurn('decided', [refused, undecided])
    const asked = { asked_by: auditor, asked_as: 'auditor', label: one.number }
    book.put('erasure', {
      id: book.uuid(),
      kind: 'case',
      owner_id: one.id,
      network_id: one.networkId,
      ...row,
      ...asked,
      ...decided,
    })
  }
  for (const { id } of volunteers.slice(0, 6)) {
    const asked = { asked_by: auditor, asked_as: 'auditor', label: 'TI' }
    book.put('erasure', {
      id: book.uuid(),
      kind: 'volunteer',
      owner_id: id,
      network_id: null,
      ...row,
      ...asked,
      ...undecided,
    })
  }
}

const undecided = { decided_by: null, decided_at: null, outcome: null }

function putLog({ book, people, cases }: Given): void {
  const substitutions = book.rows.get('substitution') ?? []
  const event = (actor: string | null, of: Case | null, on_behalf_of: string | null, result = 'done') => {
    const about = { case_id: of?.id ?? null, network_id: of?.networkId ?? null }
    const rest = { result, fields: [], prev: '\\x00', hash: '\\x00', on_behalf_of }
    book.put('audit_event', {
      seq: 1_000_000 + book.next(),
      at: book.minute(-70),
      actor,
      action: 'case.open',
      ...about,
      ...rest,
    })
  }
  for (const one of cases)
    for (const who of [null, book.random.pick(people.all), book.random.pick(people.all)]) event(who, one, null)
  for (const who of people.all) event(who, null, null)
  for (const who of people.all) event(who, book.random.pick(cases), null, 'denied')
  for (const network_id of people.networks)
    book.put('audit_event', {
      ...{
        seq: 1_000_000 + book.next(),
        at: book.minute(-70),
        actor: null,
        action: 'case.list',
        case_id: null,
        network_id,
      },
      ...{ result: 'done', fields: [], prev: '\\x00', hash: '\\x00', on_behalf_of: null },
    })
  for (const { giver_id, taker_id } of substitutions)
    for (const result of ['done', 'denied']) event(String(taker_id), book.random.pick(cases), String(giver_id), result)
  book.put('audit_checkpoint', { number: 1, size: 1, head: '\\x00', note: 'x' })
  book.put('audit_delivery', { place: 'x', number: 1 })
}

const ownKey = { kind: 'person', network_id: null, master_id: 'm', wrapped: '\\x01' }

function putOwnThings({ book, people }: Given): void {
  for (const [index, person_id] of people.all.entries()) {
    book.put('draft', { person_id, form: '/x', values_sealed: '\\x01' })
    if (index % 3 !== 0)
      book.put('calendar_feed', { person_id, token_hash: `\\x${book.uuid().replaceAll('-', '').repeat(2)}` })
    book.put('saved_filter', { person_id, id: book.uuid(), list: 'cases', words_sealed: '\\x01' })
    book.put('once', { person_id, key: book.uuid(), name: 'x' })
    book.put('mail_outbox', { id: book.uuid(), person_id, kind: 'new-task' })
    book.put('declared_relation', { id: book.uuid(), person_id, kind: 'friend', label: 'x' })
    const subject_index = `\\x${book.uuid().replaceAll('-', '')}`
    if (index % 2 === 0) book.put('sealed_key', { ...ownKey, id: book.uuid(), owner_id: person_id })
    if (book.random.chance(0.6)) book.put('person_identity', { person_id, subject_index, linked_by: person_id })
    if (book.random.chance(0.4))
      book.put('passkey', {
        ...{ id: book.uuid(), person_id, credential_id: subject_index, public_key: '\\x01' },
        ...{ backed_up: false, name: 'Näidis-võti' },
      })
  }
  book.put('upkeep', { id: book.uuid(), kind: 'backup', note: {} })
  book.put('master_retired', { id: 'm0' })
}

// What no login may read at all has rows too: that nothing is seen must not be because nothing is there.
function putHidden({ book, people }: Given): void {
  const network_id = people.networks[0] ?? ''
  for (const [index, person_id] of people.all.slice(0, 5).entries()) {
    book.put('credential', { person_id, password_hash: 'x', password_once: false })
    book.put('recovery_code', { id: book.uuid(), person_id, code_hash: '\\x01' })
    book.put('own_code', { person_id, network_id, code_index: '\\x01' })
    book.put('own_code_kept', { person_id, code_sealed: '\\x01' })
    const hashes = { token_hash: `\\x${book.uuid().replaceAll('-', '')}`, code_hash: '\\x01' }
    const used = { expires_at: book.minute(900), used_at: index === 0 ? book.minute(-90) : null }
    book.put('invitation', { id: book.uuid(), person_id, ...hashes, ...used })
    const link = { token_hash: `\\x${book.uuid().replaceAll('-', '').repeat(2)}`, sent_at: book.minute(-9) }
    book.put('browser_letter', { id: book.uuid(), person_id, ...link })
  }
  book.put('credential', { person_id: people.ids.neverIn ?? '', password_hash: 'x', password_once: true })
  const relation = book.rows.get('declared_relation')?.[0]
  book.put('declared_code', { relation_id: String(relation?.id), network_id, code_index: '\\x01' })
  book.put('sign_in_attempt', { account: '\\x01', failures: 1, last_at: book.minute(-1) })
  book.put('sign_in_trip', { trip: '\\x01' })
  book.put('spent_challenge', { hash: '\\x01' })
}
