// What decides seldom who somebody is, and what they see by it: posts that are over or to come, cards to be linked anew, emergencies that nobody else can judge?
import type { Book } from './book.ts'
import type { People } from './people.ts'

type Given = { book: Book; people: People }

const rowsOf = ({ book }: Given, table: string) => [...(book.rows.get(table) ?? [])]

/** After everything else is there. */
export function putSeldomRights(given: Given): void {
  putPosts(given)
  putPasswords(given)
  putSupports(given)
  putEmergencies(given)
}

/** Many have sat in their network before, and will again, for victim support. */
function putPosts(given: Given): void {
  const { book } = given
  for (const row of rowsOf(given, 'person_role').filter(({ role }) => role === 'lead' || role === 'member'))
    for (const [valid_from, valid_to] of [
      ['2017-01-01', '2017-12-31'],
      ['3000-01-01', '3000-12-31'],
    ] as const)
      if (book.random.chance(0.5))
        book.put('person_role', { ...row, id: book.uuid(), agency: 'ohvriabi', valid_from, valid_to })
}

/** Whether a helper's password counts was said otherwise before, and will be; and some cards have to be linked anew. */
function putPasswords(given: Given): void {
  const { book } = given
  const said = (valid_from: string, value: string) => {
    book.put('setting', { name: 'helperPassword', valid_from, value, note: 'x' })
  }
  const now = book.random.pick(['yes', 'no'])
  said('2025-01-01', now === 'yes' ? 'no' : 'yes')
  said('2025-06-01', now)
  // As it has to be where somebody asks for it to count from 2031 on.
  said('2030-01-01', 'no')
  for (const row of rowsOf(given, 'person_identity')) row.again_at = book.random.chance(0.4) ? book.minute(-60) : null
}

/** Supports that begin in some days, and reports of months before them that nobody has read. */
function putSupports(given: Given): void {
  const { book } = given
  for (const row of rowsOf(given, 'assignment'))
    if (row.status === 'active' && book.random.chance(0.3)) Object.assign(row, { start_on: book.day(5), end_on: null })
  const before = { month: '2019-01-01', due_on: '2019-02-06', status: 'submitted' }
  for (const volunteer_id of new Set(rowsOf(given, 'month_report').map((row) => row.volunteer_id ?? null)))
    book.put('month_report', { id: book.uuid(), volunteer_id, ...before, summary_sealed: '\\x01' })
}

/** Of cases that rest on nothing any more, and agreed to by somebody who is an administrator now. */
function putEmergencies(given: Given): void {
  for (const [index, use] of rowsOf(given, 'break_glass').entries()) {
    if (!use.opened_at) continue
    if (index % 3 === 1) use.second_by = given.people.ids.admin2 ?? ''
    const file = rowsOf(given, 'case_file').find(({ id }) => id === use.case_id)
    if (file && index % 4 === 2) file.legal_basis = 'none'
  }
}
