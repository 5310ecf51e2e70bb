// Do floor and product show the same, so that it is fair to compare them?
import { look, writeVisit } from '../load/people.ts'
import type { Running } from '../place/process.ts'
import { atMost, type Row } from '../rows.ts'
import type { Session } from '../session.ts'

/** Fetches one page as a person of the bench; throws where it is not answered as it should be. */
export async function fetchPage(server: Running, ask: ReturnType<typeof look>, expect = 200): Promise<string> {
  const { method = 'GET', headers, body } = ask
  const answer = await fetch(`${server.origin}${ask.path}`, { method, headers, body, redirect: 'manual' })
  if (answer.status !== expect) throw new Error(`${server.origin}${ask.path}: ${answer.status}, not ${expect}`)
  return answer.text()
}

/** The case numbers of a page's table in their order, each once. */
export function numbersIn(html: string): string {
  const table = html.slice(html.indexOf('<table'))
  // Below the fifty lines the floor tells of drafts that wait; the page does so above its table.
  return [...new Set(table.match(/M-\d{4}-\d{3,}/g))].slice(0, 50).join()
}

/** How many are in the one and not in the other, either way. */
export function apart(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const without = (of: ReadonlySet<string>, known: ReadonlySet<string>) => [...of].filter((word) => !known.has(word))
  return without(one, other).length + without(other, one).length
}

/** The same cases in the same order; the same number of events; one visit, one form and one audit event more. */
export async function comparePages({ crowd, floor, product, place }: Session): Promise<Row[]> {
  const [guest, helper] = [crowd.network[0], crowd.volunteers[0]]
  if (!guest || !helper) throw new Error('nobody has signed in')
  const lists = await Promise.all([floor, product].map((server) => fetchPage(server, look(guest, '/cases'))))
  const [first = '', second = ''] = lists.map(numbersIn)
  const listed = first === second && first.split(',').length === 50 ? 0 : 1
  let logs = 0
  for (const id of crowd.cases.slice(0, 5)) {
    const pages = [floor, product].map((server) => fetchPage(server, look(guest, `/cases/${id}/timeline`)))
    const [plain = '', full = ''] = await Promise.all(pages)
    const events = plain.slice(plain.indexOf('class="events"'))
    if (
      events.slice(0, events.indexOf('</table>')).split('<tr>').length !==
      full.split('class="moj-timeline__item').length
    )
      logs++
  }
  let writes = 0
  for (const server of [floor, product]) {
    const before = await countWrites(place.admin)
    await fetchPage(server, writeVisit(helper, server.origin), 303)
    const after = await countWrites(place.admin)
    if (after.some((count, at) => count !== (before[at] ?? 0) + 1)) writes++
  }
  const note = `lists ${listed}, logs ${logs}, entries ${writes} differ`
  return [
    atMost('floor and product do the same: differences', listed + logs + writes, 0, {
      unit: '',
      note,
      steady: 'exactly',
    }),
  ]
}

async function countWrites(admin: Session['place']['admin']): Promise<number[]> {
  const { rows } = await admin.query<{ counts: number[] }>(
    `select array[(select count(*) from visit), (select count(*) from once), (select count(*) from audit_event)]::int[] as counts`,
  )
  return rows[0]?.counts ?? []
}
