// Does of a photo only the picture stay – without where it was taken, and without anything smuggled in – and is what is no picture refused?
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { answering, type Clamd, eicar } from '../../../test/clamd.ts'
import { jpegWith, picture, pngWith } from '../../../test/pictures.ts'
import type { Invalid } from '../../core/errors.ts'
import { useScanner } from '../../process/scanner.server.ts'
import { cleanJpeg } from './jpeg.ts'
import { cleanPng } from './png.server.ts'
import { maxBytes, readReceipt } from './receipt.server.ts'

const secret = 'GPS 59.4372 24.7454'
const said = async (bytes: Buffer) =>
  ((await readReceipt(bytes).catch((error: unknown) => error)) as Invalid).fields?.file?.key ?? null

describe('a JPEG', () => {
  test('loses where it was taken, its thumbnails, remarks and what follows its end; which way is up stays', () => {
    const clean = cleanJpeg(jpegWith({ turned: 6, exif: secret, comment: secret, after: secret })) as Buffer
    expect(clean.toString('latin1')).not.toContain('GPS')
    expect(clean.includes(Buffer.from('Exif\0\0MM'))).toBe(true)
    expect(clean.indexOf(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBeGreaterThan(0)
    expect(clean.subarray(-2).toString('hex')).toBe('ffd9')
  })

  test('that is clean stays as it is, byte for byte, and cleaned again too', () => {
    const clean = cleanJpeg(jpegWith({})) as Buffer
    expect(clean).toEqual(jpegWith({}))
    const turned = cleanJpeg(jpegWith({ turned: 8, exif: secret })) as Buffer
    expect(cleanJpeg(turned)).toEqual(turned)
  })

  test('keeps no more of a table than the table is, and nothing of a kind that no picture needs', () => {
    expect(cleanJpeg(jpegWith({ stuffed: secret }))).toBeNull()
    expect(cleanJpeg(jpegWith({ segment: [0xcc, secret] }))).toBeNull()
    expect(cleanJpeg(jpegWith({ segment: [0xf0, secret] }))).toBeNull()
    for (let marker = 0xe0; marker <= 0xef; marker++)
      expect(cleanJpeg(jpegWith({ segment: [marker, secret] }))?.toString('latin1')).not.toContain('GPS')
  })

  test('cut anywhere, or with any byte another one, is refused or holds no remark; nothing is thrown (2,000 draws)', () => {
    const whole = jpegWith({ turned: 3, exif: secret, comment: secret })
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const changed = Buffer.from(cut ? whole.subarray(0, at) : whole)
        if (!cut) changed[at] = byte
        const clean = cleanJpeg(changed)
        if (clean) expect(clean.toString('latin1')).not.toContain('59.4372')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a PNG', () => {
  test('loses every remark, and is packed anew with the same points', async () => {
    const made = pngWith({ text: secret, after: secret })
    const clean = (await cleanPng(made)) as Buffer
    expect(clean.toString('latin1')).not.toContain('GPS')
    expect(await cleanPng(clean)).toEqual(clean)
    expect(picture(clean)).toEqual(picture(made))
  })

  test('that unpacks to more or less than it says, has a wrong sum or no palette, is refused', async () => {
    expect(await cleanPng(pngWith({ lines: deflateSync(Buffer.alloc(50_000_000)) }))).toBeNull()
    expect(await cleanPng(pngWith({ lines: deflateSync(Buffer.alloc(3)) }))).toBeNull()
    expect(await cleanPng(pngWith({ width: 60_000, height: 60_000 }))).toBeNull()
    expect(await cleanPng(pngWith({ colour: 3 }))).toBeNull()
    const wrong = pngWith({})
    wrong[20] = 99
    expect(await cleanPng(wrong)).toBeNull()
  })

  test('cut anywhere, or with any byte another one, is refused or holds no remark; nothing is thrown (500 draws)', async () => {
    const whole = pngWith({ text: secret })
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const changed = Buffer.from(cut ? whole.subarray(0, at) : whole)
        if (!cut) changed[at] = byte
        const clean = await cleanPng(changed)
        if (clean) expect(clean.toString('latin1')).not.toContain('59.4372')
      }),
      { numRuns: 500 },
    )
  })
})

describe('what is sent in', () => {
  let clamd: Clamd | null = null
  afterEach(async () => {
    useScanner(null)
    await clamd?.close()
    clamd = null
  })

  test('is told by its content, whatever it is called; what is too big, empty or another thing is said', async () => {
    expect((await readReceipt(jpegWith({ exif: secret }))).form).toBe('jpg')
    expect((await readReceipt(pngWith({}))).form).toBe('png')
    expect((await readReceipt(Buffer.from('%PDF-1.7\n%%EOF'))).form).toBe('pdf')
    expect(await said(Buffer.from('%PDF-1.7 /JavaScript %%EOF'))).toBe('papers.refused.active')
    expect(await said(Buffer.alloc(0))).toBe('papers.refused.empty')
    expect(await said(Buffer.alloc(maxBytes + 1, 'x'))).toBe('papers.refused.tooBig')
    for (const other of ['GIF89a', 'RIFF....WEBP', '<svg onload="x">', 'MZ', 'PK\u0003\u0004'])
      expect(await said(Buffer.from(other)), other).toBe('papers.receipt.kind')
    expect(await said(jpegWith({}).subarray(0, 60))).toBe('papers.refused.damaged')
  })

  test('is looked through where there is somebody who looks; what harms is refused, and so is what nobody could look at', async () => {
    clamd = await answering()
    useScanner(clamd.address, 2000)
    expect((await readReceipt(jpegWith({ exif: 'x'.repeat(60_000) }))).form).toBe('jpg')
    // Hidden where the picture would lose it: it is looked at before anything is left out.
    expect(await said(jpegWith({ comment: eicar }))).toBe('papers.receipt.harmful')
    expect(await said(jpegWith({ after: 'x'.repeat(200_000) + eicar }))).toBe('papers.receipt.harmful')
    expect(clamd.seen()).toBe(3)
    await clamd.close()
    clamd = null
    expect(await said(jpegWith({}))).toBe('papers.receipt.silent')
  })

  test.each(['mute', 'rude'] as const)('is refused where the one who looks is %s', async (manner) => {
    clamd = await answering(manner)
    useScanner(clamd.address, 300)
    expect(await said(jpegWith({}))).toBe('papers.receipt.silent')
  })
})
