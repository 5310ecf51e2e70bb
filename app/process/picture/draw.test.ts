// Does of a picture only what it shows stay – without where it was taken, and without anything smuggled in – and is what is no picture refused?
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { blackPng, pictureOf } from '../../../test/pictures.ts'
import { draw } from './draw.ts'

const kinds = ['jpeg', 'png', 'webp'] as const
const secret = 'GPS 59.4372 24.7454'

/** The markers of a JPEG before its lines, in their order; nothing where it is none. */
function markersOf(jpeg: Buffer): string[] {
  const found: string[] = []
  for (let at = 2; jpeg[at] === 0xff; at += 2 + jpeg.readUInt16BE(at + 2)) {
    found.push(jpeg.subarray(at + 1, at + 2).toString('hex'))
    if (jpeg[at + 1] === 0xda) break
  }
  return found
}

/** Tables, the frame and the scan: what a decoder needs, and nothing that tells. */
function expectBare(jpeg: Buffer) {
  expect([...new Set(markersOf(jpeg))].sort()).toEqual(['c0', 'c4', 'da', 'db'])
  expect(jpeg.subarray(-2).toString('hex')).toBe('ffd9')
}

async function colourAt(jpeg: Buffer, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
  const [red = 0, , blue = 0] = data.subarray((y * info.width + x) * info.channels)
  return red > 150 && blue < 100 ? 'red' : blue > 150 && red < 100 ? 'blue' : `${red} ${blue}`
}

describe.each(kinds)('a picture in %s', (kind) => {
  test('becomes a JPEG without place, thumbnails, remarks, profile, and what follows its end', async () => {
    const sent = await pictureOf(kind, { words: secret })
    expect(sent.toString('latin1').split('59.4372').length).toBeGreaterThan(3)
    const drawn = (await draw(sent)) as Buffer
    expectBare(drawn)
    expect(drawn.toString('latin1')).not.toMatch(/GPS|Exif|ICC_PROFILE|xmp/)
    expect(await colourAt(drawn, 4, 8)).toBe('red')
    expect(await colourAt(drawn, 28, 8)).toBe('blue')
  })

  test('stands the right way up', async () => {
    // Red on the left, and the right side up: red is then below, or above where it was turned the other way.
    for (const [turned, above] of [
      [6, 'red'],
      [8, 'blue'],
    ] as const) {
      const drawn = (await draw(await pictureOf(kind, { turned }))) as Buffer
      expect(await sharp(drawn).metadata()).toMatchObject({ width: 16, height: 32 })
      expect(await colourAt(drawn, 8, 4)).toBe(above)
    }
    expect(await colourAt((await draw(await pictureOf(kind, { turned: 3 }))) as Buffer, 4, 8)).toBe('blue')
  })

  test('cut anywhere, or with any byte another one, is refused or holds nothing but the picture (300 draws)', async () => {
    const whole = await pictureOf(kind, { turned: 3, words: secret })
    const [cuts, came] = [new Set<boolean>(), new Set<boolean>()]
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const changed = Buffer.from(cut ? whole.subarray(0, at) : whole)
        if (!cut) changed[at] = byte
        const drawn = await draw(changed)
        cuts.add(cut)
        came.add(drawn !== null)
        if (drawn) expectBare(drawn)
      }),
      { numRuns: 300 },
    )
    expect([cuts.size, came.size]).toEqual([2, 2])
  })
})

test('what is transparent is white, and what is wider than small print needs becomes smaller; a long receipt stays long', async () => {
  const clear = { create: { width: 2500, height: 8000, channels: 4, background: '#0000' } } as const
  const drawn = (await draw(await sharp(clear).png().toBuffer())) as Buffer
  expect(await sharp(drawn).metadata()).toMatchObject({ width: 2400, height: 7680, channels: 3 })
  expect([...(await sharp(drawn).extract({ left: 9, top: 9, width: 1, height: 1 }).raw().toBuffer())]).toEqual([
    255, 255, 255,
  ])
  const small = (await draw(await pictureOf('png'))) as Buffer
  expect(await sharp(small).metadata()).toMatchObject({ width: 32, height: 16 })
})

test('what unpacks to more than a picture has is refused before it does', async () => {
  expect(await draw(blackPng(1000, 1000))).not.toBeNull()
  expect(blackPng(10_000, 10_000).length).toBeLessThan(20_000)
  for (const bomb of [
    blackPng(10_000, 10_000),
    blackPng(60_000, 60_000, Buffer.alloc(3)),
    blackPng(3, 2, Buffer.alloc(1)),
  ])
    expect(await draw(bomb)).toBeNull()
  // More lines than it says are never unpacked: what it says is what there is.
  const more = (await draw(blackPng(3, 2, Buffer.alloc(50_000_000)))) as Buffer
  expect(await sharp(more).metadata()).toMatchObject({ width: 3, height: 2 })
})

test('no other kind is read, not even by what could', async () => {
  const one = { create: { width: 2, height: 2, channels: 3, background: 'red' } } as const
  const others = [
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
    ),
    ...(await Promise.all((['gif', 'tiff', 'avif'] as const).map((kind) => sharp(one)[kind]().toBuffer()))),
  ]
  for (const other of others) {
    expect(other.length).toBeGreaterThan(0)
    expect(await draw(other)).toBeNull()
  }
  expect(await draw(Buffer.alloc(0))).toBeNull()
})
