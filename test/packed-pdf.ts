// How is a PDF made whose objects are packed several together, as banks and shops make them – and as whoever wants to hide something in one?
import { deflateSync } from 'node:zlib'

type Packed = {
  /** What the catalogue holds besides its pages. */
  inside?: string
  /** What is said of the stream of objects; by default what is true. */
  said?: string
  /** What is made of its bytes instead of packing them. */
  pack?: (objects: Buffer) => Buffer
  /** What stands somewhere else in the file. */
  beside?: Buffer
}

const latin = (text: string) => Buffer.from(text, 'latin1')

/** One page; its catalogue, its pages and the page are in a stream of objects, found through a table that is a stream itself (PDF 1.5). */
export function packedPdf({ inside = '', said, pack = deflateSync, beside = Buffer.alloc(0) }: Packed = {}): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${inside} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 5 0 R >>',
  ]
  let at = 0
  const numbers = objects.map((text, nth) => {
    const pair = `${nth + 1} ${at}`
    at += text.length + 1
    return pair
  })
  const head = `${numbers.join(' ')} `
  const what = said ?? '/Type /ObjStm /Filter /FlateDecode'
  const stored = pack(latin(`${head}${objects.join(' ')}`))
  const parts = [
    stream(4, `${what} /N ${objects.length} /First ${head.length}`, stored),
    stream(5, '/Filter /FlateDecode', deflateSync('BT ET')),
    beside,
  ]
  return withTable(parts)
}

const stream = (number: number, what: string, bytes: Buffer): Buffer =>
  Buffer.concat([
    latin(`${number} 0 obj\n<< ${what} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    latin('\nendstream\nendobj\n'),
  ])

function withTable(parts: Buffer[]): Buffer {
  const [packed = Buffer.alloc(0)] = parts
  const start = latin('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n')
  const places = [start.length, start.length + packed.length]
  const tableAt = start.length + parts.reduce((sum, part) => sum + part.length, 0)
  // Kind, where or in which stream, generation or which of its objects.
  const rows = [
    [0, 0, 255],
    ...[0, 1, 2].map((nth) => [2, 4, nth]),
    ...[places[0] ?? 0, places[1] ?? 0, tableAt].map((place) => [1, place, 0]),
  ]
  const table = Buffer.concat(
    rows.map(([kind = 0, place = 0, last = 0]) => {
      const row = Buffer.alloc(6)
      row.writeUInt8(kind, 0)
      row.writeUInt32BE(place, 1)
      row.writeUInt8(last, 5)
      return row
    }),
  )
  const what = `/Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode`
  return Buffer.concat([start, ...parts, stream(6, what, deflateSync(table)), latin(`startxref\n${tableAt}\n%%EOF\n`)])
}
