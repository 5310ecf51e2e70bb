// What of a PNG is the picture, and how is it packed anew without anything else?
import { promisify } from 'node:util'
import { crc32, deflate, inflate } from 'node:zlib'

const [packed, unpacked] = [promisify(deflate), promisify(inflate)]
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The most bytes that the points of a picture may take when they are unpacked. */
const mostBytes = 80_000_000

type Head = { width: number; height: number; depth: number; colour: number; woven: boolean }

/**
 * The same points in a file of our own making: the lines are unpacked, counted, and packed again; beside them only the
 * palette and what is transparent stay. `null` where it is no whole PNG, or one that unpacks to more than it says.
 */
export async function cleanPng(bytes: Buffer): Promise<Buffer | null> {
  const chunks = chunksOf(bytes)
  const head = chunks?.[0]?.kind === 'IHDR' ? headOf(chunks[0].body) : null
  if (!chunks || !head) return null
  const size = sizeOf(head)
  if (size > mostBytes) return null
  const drawn = chunks.filter(({ kind }) => kind === 'IDAT').map(({ body }) => body)
  const lines = await unpacked(Buffer.concat(drawn), { maxOutputLength: size + 1 }).catch(() => null)
  if (lines?.length !== size) return null
  const beside = chunks.filter(({ kind, body }) => (kind === 'PLTE' || kind === 'tRNS') && body.length <= 768)
  if (head.colour === 3 && !beside.some(({ kind }) => kind === 'PLTE')) return null
  return Buffer.concat([
    signature,
    chunk('IHDR', chunks[0]?.body ?? Buffer.alloc(0)),
    ...['PLTE', 'tRNS']
      .flatMap((kind) => beside.filter((one) => one.kind === kind).slice(0, 1))
      .map(({ kind, body }) => chunk(kind, body)),
    chunk('IDAT', await packed(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

type Chunk = { kind: string; body: Buffer }

/** All chunks up to the end, each with a sum that is right; what follows the end is not looked at. */
function chunksOf(bytes: Buffer): Chunk[] | null {
  if (!bytes.subarray(0, 8).equals(signature)) return null
  const chunks: Chunk[] = []
  let at = 8
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    if (at + 12 + length > bytes.length) return null
    const named = bytes.subarray(at + 4, at + 8 + length)
    if (crc32(named) !== bytes.readUInt32BE(at + 8 + length)) return null
    const kind = named.subarray(0, 4).toString('latin1')
    if (kind === 'IEND') return chunks
    chunks.push({ kind, body: named.subarray(4) })
    at += 12 + length
  }
  return null
}

// Which depths each way of colour may have (PNG, table 11.1), and how many numbers a point is made of.
const depths: Record<number, readonly number[]> = {
  ...{ 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] },
}
const numbers: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

function headOf(body: Buffer): Head | null {
  if (body.length !== 13) return null
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
  const [depth = 0, colour = 0, packing, filter, woven = 0] = body.subarray(8)
  if (!depths[colour]?.includes(depth) || packing !== 0 || filter !== 0 || woven > 1) return null
  return width > 0 && height > 0 && width < 65_536 && height < 65_536
    ? { width, height, depth, colour, woven: woven === 1 }
    : null
}

// Where the seven passes of a woven picture begin and how far they step (Adam7).
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** How many bytes the lines take, each with the one that says how it is written. */
function sizeOf({ width, height, depth, colour, woven }: Head): number {
  const lines = (across: number, down: number) =>
    across === 0 || down === 0 ? 0 : down * (1 + Math.ceil((across * depth * (numbers[colour] ?? 1)) / 8))
  if (!woven) return lines(width, height)
  return passes.reduce(
    (sum, [x, y, right, below]) =>
      sum + lines(Math.max(0, Math.ceil((width - x) / right)), Math.max(0, Math.ceil((height - y) / below))),
    0,
  )
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
