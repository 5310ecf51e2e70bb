// Which identifiers does whom not see, and what does an answer look like when all that changes by chance is taken away?
import { randomUUID } from 'node:crypto'
import type { World } from './attack.ts'
import type { Cast, CastName } from './cast.ts'

/** What stands for the parts of an address: everything of one case, of one volunteer, of one report. */
export type Parts = Record<string, string>

type Found = {
  caseId: string
  victim: string
  place: string
  need: string
  assignment: string
  visit: string
  concern: string
}

/** Everything that belongs to these cases, so that an address made of it is right in every part. */
export async function partsOf(cast: Cast, world: World, name: 'caseA' | 'caseB' | 'caseD' | 'caseE'): Promise<Parts> {
  const { rows } = await cast.admin.query<Found>(
    `select c.id as "caseId", (select id from case_person where case_id = c.id and kind = 'victim') as victim,
       (select id from case_whereabouts where case_id = c.id and kind = 'safe_contact') as place, (select id from need where case_id = c.id order by status = 'open' desc limit 1) as need,
       (select id from assignment where case_id = c.id limit 1) as assignment, (select id from visit where case_id = c.id limit 1) as visit,
       (select id from concern where case_id = c.id limit 1) as concern from case_file c where c.id = $1`,
    [world[name]],
  )
  const [found] = rows
  const known = Object.entries(found ?? {}).map(([key, value]) => [key, value ?? randomUUID()])
  return {
    ...Object.fromEntries(known),
    volunteer: world.lou ?? '',
    report: world.report ?? '',
    assessment: randomUUID(),
  }
}

export const strangers = (): Parts =>
  new Proxy({} as Parts, { get: () => randomUUID(), ownKeys: () => [], has: () => true })

const ofFolder: Record<string, string> = {
  ...{ cases: 'caseId', matching: 'need', proposals: 'assignment', assignments: 'assignment', visits: 'visit' },
  ...{ help: 'concern', concerns: 'concern', volunteers: 'volunteer', why: 'volunteer', assign: 'volunteer' },
  ...{ risk: 'assessment', need: 'need', whereabouts: 'place', identity: 'victim', look: 'place' },
}
// Parts that are words of the program, not identifiers.
const words: Record<string, string> = {
  ...{
    ':what': 'identity',
    ':measure': 'women',
    ':kind': 'contract',
    ':figure': 'open',
    ':month': '2026-10',
    ':part': 'victim',
    ':name': 'maxActiveCases',
  },
}

/** An address of the routes with everything filled in; `asked` takes the place of the parts that are identifiers. */
export function filled(address: string, parts: Parts, only?: { part: string; value: string }): string {
  const pieces = address.split('/')
  return pieces
    .map((piece, at) => {
      if (!piece.startsWith(':')) return piece
      if (only?.part === piece) return only.value
      if (words[piece]) return words[piece]
      if (pieces[1] === 'supervision' && pieces[2] === 'reports' && piece === ':id') return parts.report
      if (piece === ':case') return parts.caseId
      if (piece === ':item') return parts.victim
      return parts[ofFolder[pieces[at - 1] ?? ''] ?? ''] ?? randomUUID()
    })
    .join('/')
}

/** The parts of an address that are identifiers. */
export const identifiers = (address: string) =>
  address.split('/').filter((piece) => piece.startsWith(':') && !words[piece])

export const malformed = ['x', '00000000-0000-0000-0000-00000000000g', 'a'.repeat(300), '%27--']

/** Nobody of this list may see anything of the case: by the role, the network, an ended support, or a wall. */
export function blind(who: CastName, of: 'caseA' | 'caseB' | 'caseD' | 'caseE'): boolean {
  const never: CastName[] = ['peep', 'ott', 'tiia', 'jaan', 'piret']
  if (never.includes(who)) return true
  if (of === 'caseD') return who !== 'mall'
  if (who === 'max') return of !== 'caseB'
  if (who === 'kim' || who === 'aino') return false
  if (who === 'lou') return of === 'caseB' || of === 'caseE'
  return of === 'caseB'
}

/** Status, headers and body without what is different in every answer: the nonce, the keys of forms, the address itself. */
export async function told(answer: Response, path: string): Promise<string> {
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '-'
  const body = (await answer.text())
    .replace(/(name="_(?:once|owner|csrf)" value|data-csrf)="[^"]*"/g, '$1')
    .replace(/(<p[^>]*>[^<]*)\b[0-9a-f]{8}\b/g, '$1')
    // How long an emergency is still open runs out while we compare.
    .replace(/\b\d+ minut(?:it)?\./g, 'MINUTES')
  const headers = [...answer.headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`)
  const plain = [answer.status, ...headers.toSorted(), body].join('\n').replaceAll(nonce, 'NONCE')
  return [path, encodeURI(path), encodeURIComponent(path), path.replaceAll("'", '&#39;')]
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, form) => text.replaceAll(form, 'ADDRESS'), plain)
}

/** Two-sided Mann–Whitney test (normal approximation, ties counted): how likely is so great a difference of ranks by chance? */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, of: 0 })), ...b.map((value) => ({ value, of: 1 }))].toSorted(
    (x, y) => x.value - y.value,
  )
  let [rankSum, ties] = [0, 0]
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1
    const count = to - from
    ties += count ** 3 - count
    for (let at = from; at < to; at += 1) if (all[at]?.of === 0) rankSum += (from + 1 + to) / 2
    from = to
  }
  const [n, m, total] = [a.length, b.length, all.length]
  const u = rankSum - (n * (n + 1)) / 2
  const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))))
  const z = Math.abs(u - (n * m) / 2) / spread
  return 2 * (1 - normal(z))
}

// Abramowitz and Stegun 7.1.26 for the error function: right to seven places.
function normal(z: number): number {
  const x = z / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return 0.5 * (1 + 1 - poly * Math.exp(-x * x))
}

export const median = (values: readonly number[]) =>
  values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0
