// What is in a file that is said to be a signed paper, found out without believing what it says about itself?
import { createHash } from 'node:crypto'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { Invalid, type Message } from '../../core/errors.ts'
import { faultOfPdf } from './pdf.server.ts'
import { type Reference, type Signature, signaturesIn } from './signature.ts'

/** The largest file that is taken, for the form as well. */
export const maxBytes = 5_000_000
const limits = { parts: 60, inflated: 30_000_000, xml: 1_000_000 }

/** How a file stands to what was signed: unchanged, changed since, not in the container, or by a method that is not compared. */
export type Held = 'same' | 'changed' | 'missing' | 'unknown'
export type SignedFile = { name: string; held: Held }
export type ReadSignature = Omit<Signature, 'references'> & { files: SignedFile[] }
export type ReadCopy = { form: 'asice' | 'pdf'; bytes: Buffer; sha256: Buffer; signatures: ReadSignature[] }

const refuse = (key: Message['key'], args?: Message['args']): never => {
  throw new Invalid({ file: { key, args } })
}

/** What kind of file it is and, of a container, who has signed which of the files in it. Refused with the reason at the field `file`. */
export async function readCopy(bytes: Buffer): Promise<ReadCopy> {
  if (bytes.length === 0) return refuse('papers.refused.empty')
  if (bytes.length > maxBytes) return refuse('papers.refused.tooBig', { max: maxBytes / 1_000_000 })
  const sha256 = createHash('sha256').update(bytes).digest()
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    const fault = faultOfPdf(bytes)
    if (fault) return refuse(`papers.refused.${fault}`)
    return { form: 'pdf', bytes, sha256, signatures: [] }
  }
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') return refuse('papers.refused.kind')
  return { form: 'asice', bytes, sha256, signatures: await signaturesOf(bytes) }
}

type Part = { name: string; bytes: Buffer | null; hashes: Record<string, string> }
const algorithms: Record<string, string> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
}

async function signaturesOf(bytes: Buffer): Promise<ReadSignature[]> {
  try {
    const parts = await partsOf(bytes)
    const kind = parts.find(({ name }) => name === 'mimetype')?.bytes?.toString('utf8')
    if (kind?.trim() !== 'application/vnd.etsi.asic-e+zip') return refuse('papers.refused.container')
    const found = parts.filter(isSignature).flatMap(({ bytes: xml }) => signaturesIn(xml?.toString('utf8') ?? ''))
    const files = parts.filter((part) => part.name !== 'mimetype' && !part.name.startsWith('META-INF/'))
    if (found.length === 0 || found.every(({ references }) => references.length === 0))
      return refuse('papers.refused.unsigned')
    const read = found.map(({ references, ...rest }) => ({
      ...rest,
      files: references.map((one) => heldBy(files, one)),
    }))
    // A signature that stands for nothing in the container proves nothing; one that does is told beside those that do not.
    if (!read.some(isWhole)) return refuse('papers.refused.broken')
    return read
  } catch (error) {
    if (error instanceof Invalid) throw error
    // What the readers of archives and of signatures cannot follow is the file's doing.
    return refuse('papers.refused.damaged')
  }
}

/** True where nothing that was signed has changed or is gone. */
const isWhole = ({ files }: ReadSignature) =>
  files.length > 0 && files.every(({ held }) => held === 'same' || held === 'unknown')

const isSignature = ({ name }: { name: string }) => /^META-INF\/[^/]*signatures[^/]*\.xml$/i.test(name)

function heldBy(files: Part[], { uri, algorithm, digest }: Reference): SignedFile {
  const file = files.find(({ name }) => name === uri)
  const name = uri.slice(0, 200)
  if (!file) return { name, held: 'missing' }
  const hash = file.hashes[algorithms[algorithm] ?? '']
  return { name, held: hash === undefined ? 'unknown' : hash === digest ? 'same' : 'changed' }
}

/** Every part piece by piece; only what is read stays, of the rest its fingerprints. Sizes are counted, not believed. */
async function partsOf(bytes: Buffer): Promise<Part[]> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true })
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    if (entries.length >= limits.parts) return refuse('papers.refused.tooMuch')
    if (entry.isEncrypted()) return refuse('papers.refused.encrypted')
    if (entries.some(({ fileName }) => fileName === entry.fileName)) return refuse('papers.refused.damaged')
    if (!entry.fileName.endsWith('/')) entries.push(entry)
  }
  const parts: Part[] = []
  let left = limits.inflated
  for (const entry of entries) {
    const { size, ...part } = await unpack(zip, entry, left)
    left -= size
    parts.push(part)
  }
  return parts
}

async function unpack(zip: ZipFile, entry: Entry, left: number): Promise<Part & { size: number }> {
  const read = entry.fileName === 'mimetype' || isSignature({ name: entry.fileName })
  const most = read ? Math.min(left, limits.xml) : left
  const hashes = Object.values(algorithms).map((name) => [name, createHash(name)] as const)
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    size += piece.length
    if (size > most) return refuse('papers.refused.tooMuch')
    if (read) pieces.push(piece)
    else for (const [, hash] of hashes) hash.update(piece)
  }
  return {
    ...{ name: entry.fileName, size, bytes: read ? Buffer.concat(pieces) : null },
    hashes: read ? {} : Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('base64')])),
  }
}
