// What is a receipt taken for, whatever it says of itself, and is it looked through before anything is left out?
import { afterEach, describe, expect, test } from 'vitest'
import { answering, type Clamd, eicar } from '../../../test/clamd.ts'
import { blackPng, pictureOf } from '../../../test/pictures.ts'
import type { Invalid } from '../../core/errors.ts'
import { useScanner } from '../../process/scanner.server.ts'
import { maxBytes, readReceipt } from './receipt.server.ts'

const secret = 'GPS 59.4372 24.7454'
const none = Buffer.alloc(0)
const said = async (bytes: Buffer) =>
  ((await readReceipt(bytes).catch((error: unknown) => error)) as Invalid).fields?.file?.key ?? null

describe('what is sent in', () => {
  let clamd: Clamd | null = null
  afterEach(async () => {
    useScanner(null)
    await clamd?.close()
    clamd = null
  })

  test('is told by its content, whatever it is called; what is too big, empty or another thing is said', async () => {
    for (const kind of ['jpeg', 'png', 'webp'] as const) {
      const kept = await readReceipt(await pictureOf(kind, { words: secret }))
      expect(kept.form).toBe('jpg')
      expect(kept.bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff')
      expect(kept.bytes.toString('latin1')).not.toContain('GPS')
    }
    expect((await readReceipt(Buffer.from('%PDF-1.7\n%%EOF'))).form).toBe('pdf')
    expect(await said(Buffer.from('%PDF-1.7 /JavaScript %%EOF'))).toBe('papers.receipt.active')
    expect(await said(Buffer.alloc(0))).toBe('papers.refused.empty')
    expect(await said(Buffer.alloc(maxBytes + 1, 'x'))).toBe('papers.refused.tooBig')
    for (const other of ['GIF89a', 'RIFF....WAVE', '<svg onload="x">', '\0\0\0\x18ftypheic', 'MZ', 'PK\u0003\u0004'])
      expect(await said(Buffer.from(other)), other).toBe('papers.receipt.kind')
    for (const damaged of [
      (await pictureOf('jpeg')).subarray(0, 600),
      Buffer.from('RIFF....WEBP'),
      blackPng(60_000, 60_000, none),
    ])
      expect(await said(damaged)).toBe('papers.refused.damaged')
  })

  test('is looked through where there is somebody who looks; what harms is refused, and so is what nobody could look at', async () => {
    clamd = await answering()
    useScanner(clamd.address, 2000)
    expect((await readReceipt(await pictureOf('jpeg', { words: 'x'.repeat(20_000) }))).form).toBe('jpg')
    // Hidden where the picture would lose it: it is looked at before anything is left out.
    expect(await said(await pictureOf('jpeg', { words: eicar }))).toBe('papers.receipt.harmful')
    expect(await said(Buffer.concat([await pictureOf('png'), Buffer.alloc(200_000), Buffer.from(eicar)]))).toBe(
      'papers.receipt.harmful',
    )
    expect(clamd.seen()).toBe(3)
    await clamd.close()
    clamd = null
    expect(await said(await pictureOf('jpeg'))).toBe('papers.receipt.silent')
  })

  test.each(['mute', 'rude'] as const)('is refused where the one who looks is %s', async (manner) => {
    clamd = await answering(manner)
    useScanner(clamd.address, 300)
    expect(await said(await pictureOf('jpeg'))).toBe('papers.receipt.silent')
  })
})
