// Is a PDF whole and open to whoever reads it, and is there nothing in it that would do something – also where its objects are packed?
import { constants, inflateSync } from 'node:zlib'

type PdfFault = 'damaged' | 'encrypted' | 'active' | 'closed'

/**
 * What does something when it is opened, sends something away, or carries another file along. Each of them needs its name, and the names are long:
 * in the bytes of a picture none of them stands by chance.
 */
const active =
  /\/(JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|Rendition|SubmitForm|ImportData|GoToE|XFA)(?![A-Za-z0-9])/
const limits = { streams: 5_000, unpacked: 30_000_000 }

/** Nothing where it may be taken; `closed` where one cannot look into it, or only for longer than it is worth. */
export function faultOfPdf(bytes: Buffer): PdfFault | null {
  const text = plainly(bytes)
  if (!text.slice(-2048).includes('%%EOF')) return 'damaged'
  if (/\/Encrypt\b/.test(text)) return 'encrypted'
  if (active.test(text)) return 'active'
  return faultOfPacked(bytes)
}

/** As its reader understands it: a name may be written by the numbers of its letters, `/J#61vaScript`. */
const plainly = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** Banks and shops pack the objects of a document several together (object streams), so each stream that can hold objects is unpacked and looked into. */
function faultOfPacked(bytes: Buffer): PdfFault | null {
  const text = bytes.toString('latin1')
  let [left, streams] = [limits.unpacked, 0]
  for (const { 0: word, index } of text.matchAll(/(?<!end)stream[^\r\n]{0,200}(?:\r\n?|\n)/g)) {
    if (++streams > limits.streams) return 'closed'
    const head = headOf(bytes.subarray(Math.max(0, index - 1024), index))
    const packed = bytes.subarray(index + word.length)
    const objects = objectsIn(packed, head, left)
    if (objects === 'closed') return 'closed'
    left -= objects.length
    if (active.test(plainly(objects))) return 'active'
  }
  return null
}

/** What stands before a stream about it. */
function headOf(before: Buffer): string {
  const text = plainly(before)
  return text.slice(Math.max(text.lastIndexOf('endobj'), text.lastIndexOf('endstream'), 0))
}

const none = Buffer.alloc(0)

/** The objects of a stream. One that says that it has some and cannot be unpacked is closed; a picture, a font, a page have none. */
function objectsIn(packed: Buffer, head: string, most: number): Buffer | 'closed' {
  const saysSo = /\/ObjStm\b/.test(head)
  const isDeflated = ((packed[0] ?? 0) & 15) === 8 && packed.readUInt16BE(0) % 31 === 0
  // Not packed at all it has been read already.
  if (packed.length < 2 || !isDeflated) return saysSo && /\/Filter\b/.test(head) ? 'closed' : none
  const begins = unpacked(packed.subarray(0, 1024), most)
  // Objects begin with the numbers of the objects.
  const mayBe = begins !== null && /^(?:$|[\s\0]*[\d%])/.test(begins.subarray(0, 64).toString('latin1'))
  if (!mayBe) return saysSo ? 'closed' : none
  return unpacked(packed, most) ?? 'closed'
}

/** As far as there is something; nothing where it is damaged, or more than there is room for. */
function unpacked(packed: Buffer, most: number): Buffer | null {
  try {
    return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(most, 1) })
  } catch {
    return null
  }
}
