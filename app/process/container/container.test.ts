// Does a container open with its password, say nothing to anybody else, and stand as the published format has it?
import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openContainer } from '../../../test/container.ts'
import { closeContainer } from './container.ts'
import { drawPassword } from './password.ts'

/** The same bytes each time: the nth that is drawn is made from its number. */
function drawn() {
  let nth = 0
  return (size: number) => {
    nth += 1
    return createHmac('sha256', 'draw').update(String(nth)).digest().subarray(0, size)
  }
}
const content = {
  name: 'protokoll-2026-11-27.pdf',
  body: Buffer.from('Näidis-sisu: juhtum M-2026-001, õäöü. '.repeat(40)),
}
const password = '4821-0937-5564-1180-2936-7745'

test('whoever knows the password reads the file as it was, and its name', async () => {
  const { name, body, label, rounds } = openContainer(await closeContainer(content, password), password)
  expect([name, body.equals(content.body), label, rounds]).toEqual([content.name, true, 'Tugivõrk', 600_000])
})

test('files of every length come out as they went in', async () => {
  const length = fc.oneof(fc.nat(3), fc.constantFrom(511, 512, 513, 1024, 70_000), fc.nat(5000))
  await fc.assert(
    fc.asyncProperty(length, fc.integer({ min: 0, max: 255 }), async (size, byte) => {
      const body = Buffer.alloc(size, byte)
      return openContainer(await closeContainer({ name: 'x.docx', body }, password), password).body.equals(body)
    }),
    { numRuns: 12 },
  )
})

test('with another password, and with any byte changed or lost, it does not open', async () => {
  const container = await closeContainer({ name: 'x.pdf', body: Buffer.from('Näidis') }, password)
  expect(() => openContainer(container, password.replace('4821', '4822'))).toThrow()
  expect(() => openContainer(container, password.replaceAll('-', ''))).toThrow()
  expect(() => openContainer(container.subarray(0, -1), password)).toThrow()
  const places = [0, 4, 20, 60, 120, 200, container.length - 60, container.length - 1]
  for (const at of places) {
    const changed = Buffer.from(container)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => openContainer(changed, password), `byte ${at}`).toThrow()
  }
})

test('nothing of the file stands in it, and two of the same file have nothing in common but their head', async () => {
  const [one, other] = [await closeContainer(content, password), await closeContainer(content, password)]
  for (const word of ['juhtum', 'M-2026', 'protokoll', '2026-11-27', password, '4821'])
    expect(one.includes(word), word).toBe(false)
  expect(one.subarray(-200).equals(other.subarray(-200))).toBe(false)
})

// Made once with these draws; what it is made of was then read by the compiler of FlatBuffers with the published schema (docs/decisions/0046).
test('the bytes of a container are those that were compared with the published format', async () => {
  const container = await closeContainer({ name: 'x.txt', body: Buffer.from('Näidis\n') }, password, drawn())
  expect(container.subarray(0, 9).toString('hex')).toBe('43444f4302000000e4')
  const header = container.subarray(9, 9 + container.readUInt32BE(5))
  expect(createHash('sha256').update(header).digest('hex')).toBe(
    'd6a6b2a9d1620ade5cc023fbdcfe3c870d975f058c04d04800e59e380c13189b',
  )
  expect(container.subarray(9 + header.length, 41 + header.length).toString('hex')).toBe(
    '6e1e5c7b053cd78a1b6a666d11d3b0b84ff2c12e3626f7b8a8c3c5581c90660f',
  )
})

test('a password is six groups of four figures, drawn anew each time, every figure in every place', () => {
  const many = Array.from({ length: 3000 }, drawPassword)
  expect(many.filter((one) => !/^\d{4}(-\d{4}){5}$/.test(one))).toEqual([])
  expect(new Set(many).size).toBe(many.length)
  for (let at = 0; at < 29; at++)
    if (at % 5 !== 4) expect(new Set(many.map((one) => one[at])).size, `place ${at}`).toBe(10)
})
