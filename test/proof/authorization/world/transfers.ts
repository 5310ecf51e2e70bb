// Which cases came from another network, which went there, and which are asked for?
import type { Book } from './book.ts'
import type { Case } from './cases.ts'
import { putView } from './meetings.ts'
import type { People } from './people.ts'

/** Of most cases somebody asked once: it came that way, or it did not; of some somebody asks now. What was said before it came stayed behind. */
export function putTransfers(book: Book, people: People, cases: Case[]): void {
  const [first, second] = people.networks
  // One came from a network to another of which somebody is, too; in the midst of a meeting.
  const between = cases.find(({ networkId, alive }) => networkId === second && alive)
  for (const one of cases) {
    const others = people.networks.filter((id) => id !== one.networkId)
    const other = one === between ? (first ?? '') : book.random.pick(others)
    const before = book.inTurn('before', ['came', 'came', 'stayed', 'never'])
    if (before === 'came' || one === between) {
      putTransfer(book, people, { from: other, to: one.networkId, id: one.id, state: 'accepted' })
      putBehind(book, people, { case_id: one.id, network_id: other }, 'held')
      if (one === between) putBehind(book, people, { case_id: one.id, network_id: other }, 'sitting')
    } else if (before === 'stayed') {
      const state = book.inTurn('stayed', ['refused', 'revoked', 'lapsed'])
      putTransfer(book, people, { from: one.networkId, to: other, id: one.id, state })
    }
    if (one.alive && book.inTurn('asked for', [true, false, false]))
      putTransfer(book, people, { from: one.networkId, to: other, id: one.id, state: 'open' })
    if (one.quiet || !book.inTurn('confirms', [true, false, false])) continue
    const task = { network_id: one.networkId, case_id: one.id, id: book.uuid(), due_on: book.day(2) }
    const done = { done_at: null, done_by: null }
    book.put('case_task', { ...task, kind: 'confirm-support', ...done })
  }
}

type Asked = { from: string; to: string; id: string; state: string }

function putTransfer(book: Book, people: People, { from, to, id, state }: Asked): void {
  const by = people.ids.lead0 ?? ''
  const closed = { ground_sealed: '\\x01', words_sealed: '\\x01' }
  const asked = { reason: 'moved', urgent: false, ground: 'law', due_on: book.day(1), lapses_on: book.day(9) }
  const over = state !== 'open'
  const ended = { answered_by: over && state !== 'lapsed' ? by : null, answered_at: over ? book.minute(-60) : null }
  const because = state === 'refused' || state === 'revoked' ? 'other' : null
  const row = { network_id: from, case_id: id, id: book.uuid(), to_network_id: to, opened_by: by }
  book.put('case_transfer', { ...row, ...asked, ...closed, state, because, ...ended })
}

/** A line on an agenda there, what was told, what she said and what was decided, and in the log that it was looked at. */
function putBehind(
  book: Book,
  people: People,
  where: { case_id: string; network_id: string },
  phase: 'held' | 'sitting',
) {
  const { case_id, network_id } = where
  const at = (book.rows.get('meeting') ?? []).find((row) => row.network_id === network_id && row.phase === phase)
  if (!at) return
  const of = { network_id, case_id, meeting_id: String(at.id) }
  const recorded_by = people.ids.lead0 ?? ''
  const heard = { outcome: 'planned', heard_by: recorded_by, heard_at: book.minute(-70) }
  const waits = { outcome: null, heard_by: null, heard_at: null }
  book.put('agenda_item', { ...of, id: book.uuid(), kind: 'new', position: 50, ...(phase === 'held' ? heard : waits) })
  if (phase === 'sitting') return
  const told = { agency: 'police', words_sealed: null, relevance_sealed: null, told_to: [], superseded_at: null }
  book.put('research', { ...of, id: book.uuid(), ...told, recorded_by })
  const words = { words_sealed: '\\x01', reason_sealed: '\\x01', superseded_at: null }
  book.put('case_decision', { ...of, id: book.uuid(), ...words, recorded_by })
  putView(book, of, recorded_by)
  // Somebody there had opened it.
  const look = { seq: 1_000_000 + book.next(), at: book.minute(-70), actor: null, action: 'case.open', result: 'done' }
  book.put('audit_event', {
    ...look,
    case_id,
    network_id,
    fields: [],
    prev: '\\x00',
    hash: '\\x00',
    on_behalf_of: null,
  })
}
