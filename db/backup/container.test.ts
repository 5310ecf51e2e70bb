// Does a closed file open for the holder of the private half alone, and is every changed, cut or lengthened one refused?
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { closing, makePair, opening, readPrivate, readPublic } from './container.ts'

const pair = makePair()
const other = makePair()
const publicKey = readPublic(pair.publicPem, 'avalik')
const privateKey = readPrivate(pair.privatePem, 'salajane')

async function through(bytes: Buffer, stream: ReturnType<typeof closing>, piece = 10_000): Promise<Buffer> {
  const parts: Buffer[] = []
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, nth) =>
    bytes.subarray(nth * piece, (nth + 1) * piece),
  )
  await pipeline(Readable.from(pieces, { objectMode: false }), stream, async (out: AsyncIterable<Buffer>) => {
    for await (const part of out) parts.push(part)
  })
  return Buffer.concat(parts)
}

const sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 400_000]

test.each(sizes)('%i bytes come back as they were, whatever pieces they arrive in', async (size) => {
  const plain = randomBytes(size)
  const closed = await through(plain, closing(publicKey))
  for (const piece of [7_001, 1_000_000])
    expect((await through(closed, opening(privateKey), piece)).equals(plain)).toBe(true)
  if (size > 100) expect(closed.includes(plain.subarray(0, 32))).toBe(false)
})

test('any byte changed, any cut, anything added and any part left out is refused in words', async () => {
  const closed = await through(randomBytes(200_000), closing(publicKey))
  const head = closed.indexOf('\n') + 1
  const refused = (bytes: Buffer) =>
    expect(through(bytes, opening(privateKey))).rejects.toThrow(
      /ei ole terve|ei ole Tugivõrgu varukoopia|teise võtmega/,
    )
  for (const at of [
    0,
    5,
    20,
    30,
    head - 2,
    head,
    head + 65_551,
    head + 65_552,
    closed.length - 17,
    closed.length - 1,
  ]) {
    const altered = Buffer.from(closed)
    altered[at] = (altered[at] ?? 0) ^ 1
    await refused(altered)
  }
  for (const length of [0, 10, head, head + 15, head + 65_552, head + 131_104, closed.length - 1])
    await refused(closed.subarray(0, length))
  await refused(Buffer.concat([closed, Buffer.alloc(1)]))
  const part = 65_552
  await refused(Buffer.concat([closed.subarray(0, head), closed.subarray(head + part)]))
  await refused(
    Buffer.concat([
      closed.subarray(0, head),
      closed.subarray(head + part, head + 2 * part),
      closed.subarray(head, head + part),
      closed.subarray(head + 2 * part),
    ]),
  )
})

test('another key is told by its name, and halves are not mixed up', async () => {
  const closed = await through(randomBytes(100), closing(publicKey))
  await expect(through(closed, opening(readPrivate(other.privatePem, 'teine')))).rejects.toThrow(/teise võtmega/)
  expect(() => readPublic(pair.privatePem, 'avalik')).toThrow(/avalikku võtit/)
  expect(() => readPrivate(pair.publicPem, 'salajane')).toThrow(/salajast võtit/)
  expect(() => readPublic('tühi', 'avalik')).toThrow(/avalikku võtit/)
})
