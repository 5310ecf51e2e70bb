// What is answered to a form that somebody may send, with an identifier in it that is not for them – and to the same form with one that never was?
import { randomUUID } from 'node:crypto'
import { dayFromNow } from '../../substitution.ts'
import type { Actor } from '../matrix/actors.ts'
import { bodyOf } from '../matrix/bodies.ts'
import { guides } from '../matrix/canaries.ts'
import type { Cell } from '../matrix/expectations.ts'
import { namedParts, pathTo } from '../matrix/places.ts'
import type { Things } from '../matrix/world/thing.ts'
import { bodyIds, type IdField, queryIds } from './fields.ts'
import type { Ids, Kind, Named } from './ids.ts'
import { filledIn, type Offered, offeredBy } from './offered.ts'
import { type Desk, difference, type Heard } from './send.ts'

export type Scene = {
  desk: Desk
  things: Things
  ids: Ids
  /** What this person sees, asked once. */
  seen: (who: Actor) => Promise<Set<string>>
  /** Numbers of cases, with the case of each. */
  numbers: Map<string, string>
  /** How many identifiers of each table and kind where it is known which table is meant, and of the others. */
  most: { meant: number; other: number; tables: number; malformed: number }
}

export const malformed = [
  ...['Näidis-nimetu', '-'.repeat(36), '00000000-0000-0000-0000-00000000000g', 'a'.repeat(300)],
  ...["' or ''='", '\u0000nimetu'],
]

/** Where an identifier may stand only beside certain words. */
const beside: Record<string, Record<string, string>> = {
  ...Object.fromEntries(
    ['/people/new', '/people/:id/roles/new'].map((at) => [at, { role: 'lead', agency: 'ohvriabi' }]),
  ),
  '/recruitment/campaigns/new': { code: 'naidis-teine', untilOn: dayFromNow(60) },
}

/** Puts one value into the field; several at once go beside what was there. */
type Put = (value: string | null) => Promise<Heard>

/** Everything that is tried at one address by one person at one place of theirs. */
export async function tryForm(scene: Scene, cell: Cell): Promise<void> {
  const { desk, things } = scene
  const fields = bodyIds(cell.page, cell.address)
  const { offered, html } = await pageOf(scene, cell)
  const plain = bodyOf(cell.page, cell.who, things)
  for (const [name, word] of Object.entries(beside[cell.address] ?? {})) plain.set(name, word)
  for (const field of fields) {
    const put: Put = (value) => {
      const body = filledIn(plain, offered)
      // The key of a form is new each time: the same one would be answered as before.
      body.set('_once', randomUUID())
      const [own] = field.list ? (offered.get(field.name)?.values ?? []) : []
      body.delete(field.name)
      for (const one of [own, value]) if (one) body.append(field.name, one)
      return desk.ask({ cell, path: cell.place.path, body }, value === null ? [] : [value])
    }
    const name = `${cell.address} ${field.name}`
    desk.figures.read.set(
      name,
      (desk.figures.read.get(name) ?? false) || (await isRead(cell, filledIn(plain, offered), field)),
    )
    const valid = [plain.get(field.name) ?? '', ...(offered.get(field.name)?.values ?? [])]
    await tryField(scene, cell, { field, put, valid, html: `${html} ${plain}` })
  }
}

/** Whether everything else in the form is as it should be, so that the identifier is what the work is asked about. */
async function isRead(
  { page, place, address }: Cell,
  body: URLSearchParams,
  { name, number }: IdField,
): Promise<boolean> {
  const names = [...new Set(body.keys())]
  const values = Object.fromEntries(
    names.map((one) => [one, body.getAll(one).length > 1 ? body.getAll(one) : body.get(one)]),
  )
  const parts = address.split('/').map((piece, at) => [piece.slice(1), place.path.split('/')[at]] as const)
  const asked = Object.fromEntries(parts.filter((_, at) => address.split('/')[at]?.startsWith(':')))
  const typed = { ...values, [name]: number ? 'M-2026-999999' : randomUUID(), ...asked }
  return (await page.operations.at(-1)?.input.safeParseAsync(typed))?.success ?? false
}

/** The same of the names that the address of a page may carry. */
export async function tryQuery(scene: Scene, cell: Cell): Promise<void> {
  const { desk, things } = scene
  const plain = bodyOf(cell.page, cell.who, things)
  for (const field of queryIds(cell.page, cell.address)) {
    const put: Put = (value) => {
      const query = value === null ? '' : `?${new URLSearchParams({ [field.name]: value })}`
      return desk.ask({ cell, path: `${cell.place.path}${query}` }, value === null ? [] : [value])
    }
    const { raw } = await put(null)
    await tryField(scene, cell, { field, put, valid: [plain.get(field.name) ?? ''], html: raw })
  }
}

/** The same of every part of the address itself; `theirs` are the other places that this person may have here. */
export async function tryPath(scene: Scene, cell: Cell, theirs: Cell[]): Promise<void> {
  const { desk, things } = scene
  for (const name of namedParts(cell.address)) {
    const put: Put = (value) => {
      const path = pathTo(cell.address, { ...cell.place.ids, [name]: encodeURIComponent(value ?? '-') })
      const body = cell.method === 'POST' ? { body: bodyOf(cell.page, cell.who, things) } : {}
      return desk.ask({ cell, path, ...body }, value === null ? [] : [value])
    }
    const field = { name: `:${name}`, list: false, number: false }
    const own = theirs.map(({ place }) => place.ids[name] ?? '')
    const above = async (id: string) => (await pagesAbove(scene, cell, name)).some((html) => html.includes(id))
    await tryField(scene, cell, { field, put, valid: own, html: own.join(' '), above })
  }
}

/** The pages that lead to this address, as this person sees them. */
async function pagesAbove({ desk }: Scene, cell: Cell, part: string): Promise<string[]> {
  const pieces = cell.address.split('/')
  const pages: string[] = []
  for (let length = pieces.indexOf(`:${part}`); length > 1; length--) {
    const address = pieces.slice(0, length).join('/')
    const path = cell.place.path.split('/').slice(0, length).join('/')
    const { status, raw } = await desk.ask({ cell: { ...cell, method: 'GET', address }, path }, [])
    if (status === 200) pages.push(raw)
  }
  return pages
}

type Page = { offered: Map<string, Offered>; html: string }

async function pageOf({ desk }: Scene, cell: Cell): Promise<Page> {
  if (!cell.page.get) return { offered: new Map(), html: '' }
  const { raw } = await desk.ask({ cell: { ...cell, method: 'GET' }, path: cell.place.path }, [])
  return { offered: offeredBy(raw, cell.place.path), html: raw }
}

type Trial = {
  field: IdField
  put: Put
  valid: string[]
  html: string
  /** Whether a page above offers it, asked where it makes a difference. */
  above?: (id: string) => Promise<boolean>
}

/** What is kept of somebody else’s without a word, because it is there: whoever names a case as near to them is walled off from it, and hears nothing. */
const inSilence: Record<string, string> = { 'POST /account/relations/case number': 'wall' }

async function tryField(scene: Scene, cell: Cell, { field, put: send, valid, html, above }: Trial): Promise<void> {
  const { figures } = scene.desk
  const silent = inSilence[`${cell.method} ${cell.address} ${field.name}`]
  const put: Put = async (value) => {
    const heard = await send(value)
    return { ...heard, kept: heard.kept.filter((line) => !line.startsWith(`${silent}: `)) }
  }
  const name = `${cell.method} ${cell.address} ${field.name}`
  const never = field.number ? () => `M-2026-${900_000 + Math.floor(Math.random() * 90_000)}` : randomUUID
  const missing = await put(never())
  const same = difference(await put(never()), missing)
  if (same) figures.differ.push(`${name} × ${cell.who.name}: two that never were differ: ${same}`)
  figures.routes.add(`${cell.method} ${cell.address}`)
  figures.fields.add(name)
  for (const { id, table, kind } of await strange(scene, cell, { field, valid, html })) {
    figures.pairs++
    figures.kinds[kind] = (figures.kinds[kind] ?? 0) + 1
    let fault = difference(await put(id), missing)
    // What the clock has changed meanwhile is no word about what is there.
    if (fault) fault = difference(await put(id), await put(never()))
    if (fault && !(await above?.(id)))
      figures.differ.push(`${name} × ${cell.who.name} × ${cell.place.relation}, ${kind} ${table}: ${fault}`)
  }
  const absent = await put(null)
  for (const value of some(malformed, scene.most.malformed, name)) {
    figures.kinds.malformed = (figures.kinds.malformed ?? 0) + 1
    const answer = await put(value)
    // Any words may be looked for among numbers.
    const taken =
      !field.number && answer.status < 400 && difference(answer, absent) !== '' && difference(answer, missing) !== ''
    if (taken) figures.differ.push(`${name} × ${cell.who.name}: ${value.slice(0, 40)}: ${difference(answer, absent)}`)
  }
}

/** Where everything of the very case is hers to choose from, though she reads none of it: of places she knows their kinds. */
const ofOneCase = ['/assignments/:id/places place']

/** In an emergency whoever guides says the number of a case that her own support person helps in, or did until lately: nobody else's opens. */
const guidesIn = ({ things }: Scene, { address, who }: Cell, caseId: string): boolean =>
  address === '/break-glass/new' &&
  (things.cases ?? []).some(({ ids, facts }) => ids.id === caseId && guides(who, facts) && facts.support !== 'proposed')

/** What is there and not for this person, of the table that is meant first: neither seen in it nor offered on the page. */
export async function strange(
  scene: Scene,
  cell: Cell,
  { field, valid, html }: { field: IdField; valid: string[]; html: string },
): Promise<Named[]> {
  const { ids, seen, numbers, most } = scene
  const mine = await seen(cell.who)
  if (field.number) {
    const hidden = [...numbers].filter(
      ([number, of]) => !mine.has(of) && !html.includes(number) && !guidesIn(scene, cell, of),
    )
    return hidden.map(([id, caseId]) => ({ id, table: 'number of a case', kind: kindOf(ids, caseId), caseId }))
  }
  const meant = new Set(ids.all.filter(({ id }) => valid.includes(id)).map(({ table }) => table))
  const here = ofOneCase.includes(`${cell.address} ${field.name}`) ? cell.place.thing?.ids.id : ''
  const hidden = ids.all.filter(({ id, caseId }) => {
    return !mine.has(id) && !html.includes(id) && id !== cell.who.person?.id && caseId !== here
  })
  const groups = [...Map.groupBy(hidden, ({ table, kind }) => `${table} ${kind}`)]
  const own = groups.filter(([, [first]]) => first && meant.has(first.table))
  const rest = some(
    groups.filter(([, [first]]) => first && !meant.has(first.table)),
    most.tables,
    `${cell.address} ${field.name}`,
  )
  return [...own.flatMap(([, all]) => spread(all, most.meant)), ...rest.flatMap(([, all]) => spread(all, most.other))]
}

const kindOf = (ids: Ids, caseId: string): Kind => ids.all.find(({ id }) => id === caseId)?.kind ?? 'foreign'

/** So many of them, from everywhere in the list. */
const spread = <One>(all: One[], most: number): One[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)] as One)

/** Some of them, always the same ones, and others elsewhere. */
export function some<One>(all: One[], most: number, where: string): One[] {
  if (all.length <= most) return all
  const from = [...where].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7) % all.length
  return [...all, ...all].slice(from, from + most)
}
