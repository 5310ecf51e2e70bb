// What does a workbook hold, found out without believing one number that the file says about itself?
// Runs in a worker with a small heap and a deadline, so that whatever gets past the limits here ends there.
import { parentPort, workerData } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import readXlsxFile from 'read-excel-file/universal'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { Message } from '../core/errors.ts'
import type { RawSheet } from './sheet.ts'

export type Limits = { parts: number; sheets: number; rows: number; columns: number; inflated: number; text: number }
export type Answer = { sheets: RawSheet[] } | { refused: Message }
type Part = { name: string; bytes: Buffer }
type Look = (text: string, last: boolean) => void

class Refusal extends Error {
  readonly said: Message
  constructor(said: Message) {
    super('refused')
    this.said = said
  }
}

function refuse(key: Message['key'], args?: Message['args']): never {
  throw new Refusal({ key, args })
}

const { bytes, limits } = workerData as { bytes: Uint8Array; limits: Limits }
const megabytes = (count: number) => Math.round(count / 1_000_000)

// Only what cells are made of is ever unpacked; pictures, charts and themes stay closed.
const wanted =
  /^(\[Content_Types\]\.xml|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/

function checkName(name: string, entry: Entry) {
  if (entry.isEncrypted()) refuse('imports.refused.encrypted')
  if (/vbaproject|macrosheets?\//i.test(name)) refuse('imports.refused.macros')
  if (/^xl\/externallinks\//i.test(name)) refuse('imports.refused.externalLinks')
}

/** The directory of the zip, with every name checked; nothing is unpacked yet. */
async function directory(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  const seen = new Set<string>()
  for await (const entry of zip.eachEntry()) {
    checkName(entry.fileName, entry)
    const name = entry.fileName.toLowerCase()
    if (seen.has(name) || seen.size >= limits.parts) refuse('imports.refused.damaged')
    seen.add(name)
    if (wanted.test(entry.fileName)) entries.push(entry)
  }
  const sheets = entries.filter((entry) => entry.fileName.startsWith('xl/worksheets/'))
  if (sheets.length > limits.sheets) refuse('imports.refused.tooManySheets', { max: limits.sheets })
  if (!entries.some((entry) => entry.fileName === 'xl/workbook.xml')) refuse('imports.refused.notWorkbook')
  // A bomb that owns up is refused on its word; whatever is merely large, or lies, is judged while it is unpacked.
  const declared = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (declared > 20 * limits.inflated) refuse('imports.refused.tooMuchInside', { max: megabytes(limits.inflated) })
  return entries
}

/** Unpacks one part piece by piece; `left` is what the whole file may still come to, `look` sees each piece as text. */
async function unpack(zip: ZipFile, entry: Entry, left: number, look: Look): Promise<Part> {
  const pieces: Buffer[] = []
  const decoder = new TextDecoder()
  let size = 0
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    size += piece.length
    if (size > left) refuse('imports.refused.tooMuchInside', { max: megabytes(limits.inflated) })
    look(decoder.decode(piece, { stream: true }), false)
    pieces.push(piece)
  }
  look(decoder.decode(), true)
  return { name: entry.fileName, bytes: Buffer.concat(pieces) }
}

const start = /<(?:[^\s<>/:]+:)?(row|c|f)(?=[\s/>])/g
const rest = /((?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/y
const attribute = /(?:[\s:])([rt])\s*=\s*(?:"([^"]*)"|'([^']*)')/g

function column(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

function checkCell(address: string, type: string | undefined, sheet: string) {
  const parts = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(address)
  if (!parts) refuse('imports.refused.damaged')
  if (column(parts[1] ?? '') > limits.columns) refuse('imports.refused.tooManyColumns', { max: limits.columns })
  if (Number(parts[2]) > limits.rows) refuse('imports.refused.tooManyRows', { max: limits.rows })
  if (type === 'e') refuse('imports.refused.errorCell', { sheet, cell: address })
}

/**
 * Watches the text of one sheet go by and stops at the first row or column too many, the first formula and the first
 * error. Stricter than XML where the reader behind it may be laxer: a tag it cannot follow is refused.
 */
function guard(sheet: string): Look {
  let carried = ''
  let cell = 'A1'
  return (piece, last) => {
    const text = carried + piece
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) refuse('imports.refused.damaged')
    const end = last ? text.length : text.lastIndexOf('<')
    for (const tag of text.slice(0, Math.max(end, 0)).matchAll(start)) {
      if (tag[1] === 'f') refuse('imports.refused.formula', { sheet, cell })
      rest.lastIndex = tag.index + tag[0].length
      const attributes = rest.exec(text)?.[1]
      if (attributes === undefined) refuse('imports.refused.damaged')
      const found = [...attributes.matchAll(attribute)].map((one) => [one[1], one[2] ?? one[3] ?? ''] as const)
      const places = found.filter(([name]) => name === 'r').map(([, value]) => value)
      if (tag[1] === 'row') {
        for (const place of places) checkCell(`A${place}`, undefined, sheet)
      } else {
        if (places.length === 0) refuse('imports.refused.damaged')
        for (const place of places) checkCell(place, found.find(([name]) => name === 't')?.[1], sheet)
        cell = places[0] ?? cell
      }
    }
    carried = end < 0 ? text : text.slice(end)
    if (carried.length > 1_000_000) refuse('imports.refused.damaged')
  }
}

/** The name on the tab of each sheet part, for messages. */
function tabs(parts: Part[]): Map<string, string> {
  const text = (name: string) => parts.find((part) => part.name === name)?.bytes.toString('utf8') ?? ''
  const value = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  const names = new Map<string, string>()
  for (const [tag] of text('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g))
    names.set(value(tag, '\\w+:id'), value(tag, 'name'))
  const found = new Map<string, string>()
  for (const [tag] of text('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\s[^>]*>/g)) {
    found.set(`xl/${value(tag, 'Target').replace(/^\/?(xl\/)?/, '')}`, names.get(value(tag, 'Id')) ?? '')
  }
  return found
}

function header(part: Part, at: number | null): Buffer {
  const name = Buffer.from(part.name)
  const fixed = Buffer.alloc(at === null ? 30 : 46)
  const shift = at === null ? 0 : 2
  fixed.writeUInt32LE(at === null ? 0x04034b50 : 0x02014b50, 0)
  fixed.writeUInt16LE(0x0800, 6 + shift)
  fixed.writeUInt32LE(crc32(part.bytes), 14 + shift)
  fixed.writeUInt32LE(part.bytes.length, 18 + shift)
  fixed.writeUInt32LE(part.bytes.length, 22 + shift)
  fixed.writeUInt16LE(name.length, 26 + shift)
  if (at !== null) fixed.writeUInt32LE(at, 42)
  return Buffer.concat([fixed, name])
}

// The reader opens a fresh archive of exactly the bytes that were looked at: a zip can show two faces to two readers.
function freshZip(parts: Part[]): Blob {
  const [body, index]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const part of parts) {
    const local = header(part, null)
    index.push(header(part, at))
    body.push(local, part.bytes)
    at += local.length + part.bytes.length
  }
  const ending = Buffer.alloc(22)
  ending.writeUInt32LE(0x06054b50, 0)
  ending.writeUInt16LE(parts.length, 8)
  ending.writeUInt16LE(parts.length, 10)
  ending.writeUInt32LE(
    index.reduce((sum, one) => sum + one.length, 0),
    12,
  )
  ending.writeUInt32LE(at, 16)
  return new Blob([...body, ...index, ending] as BlobPart[])
}

async function unpackAll(): Promise<Part[]> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer), {
    lazyEntries: true,
    strictFileNames: false,
    validateEntrySizes: true,
  })
  const entries = await directory(zip)
  const parts: Part[] = []
  let left = limits.inflated
  const isSheet = (entry: Entry) => entry.fileName.startsWith('xl/worksheets/')
  // The small parts first: they name the sheets, and say at once if this is something else than a table.
  for (const entry of [...entries.filter((one) => !isSheet(one)), ...entries.filter(isSheet)]) {
    const look = isSheet(entry) ? guard(tabs(parts).get(entry.fileName) ?? '') : () => {}
    const part = await unpack(zip, entry, left, look)
    left -= part.bytes.length
    parts.push(part)
    if (part.name === '[Content_Types].xml' && /macroenabled/i.test(part.bytes.toString()))
      refuse('imports.refused.macros')
  }
  return parts
}

async function answer(): Promise<Answer> {
  const sheets = await readXlsxFile(freshZip(await unpackAll()), { trim: false })
  let text = 0
  const read = sheets.map(({ sheet, data }) => {
    const rows = (data ?? []).map((cells, index) => ({
      row: index + 1,
      cells: cells as RawSheet['rows'][number]['cells'],
    }))
    for (const { cells } of rows) for (const cell of cells) text += typeof cell === 'string' ? cell.length : 0
    // One long text named by a thousand cells would be copied a thousand times on its way out.
    if (text > limits.text) refuse('imports.refused.tooMuchInside', { max: megabytes(limits.text) })
    return { name: sheet, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null)) }
  })
  return { sheets: read }
}

answer().then(
  (found) => parentPort?.postMessage(found),
  (error: unknown) =>
    parentPort?.postMessage({ refused: error instanceof Refusal ? error.said : { key: 'imports.refused.damaged' } }),
)
