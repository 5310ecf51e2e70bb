// Is it read who signed what and when, and does a hostile file get a clear refusal?
import { constants, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { container, mimetype, pdf, signatureXml } from '../../../test/signed.ts'
import { type Part, zip } from '../../../test/zip.ts'
import { Invalid } from '../../core/errors.ts'
import { maxBytes, readCopy } from './container.server.ts'
import { signaturesIn, Unreadable } from './signature.ts'

test('signers, claimed time and signed files are read, with the name as the certificate has it', async () => {
  const { form, signatures } = await readCopy(container())
  expect(form).toBe('asice')
  expect(signatures).toEqual([
    {
      signer: { name: 'MARI NÄIDIS-KASK', code: '47101010033' },
      claimedAt: '2026-11-20T09:30:00.000Z',
      files: [{ name: 'leping.pdf', held: 'same' }],
    },
  ])
})

test('a file that was changed, taken out or named with a space is told as such', async () => {
  const files = async (xml: string[], parts?: Part[]) =>
    (await readCopy(container(xml, parts))).signatures.map((one) => one.files[0])
  const whole = signatureXml()
  expect(await files([whole, signatureXml({ content: 'muu' }), signatureXml({ file: 'teine.pdf' })])).toEqual([
    { name: 'leping.pdf', held: 'same' },
    { name: 'leping.pdf', held: 'changed' },
    { name: 'teine.pdf', held: 'missing' },
  ])
  expect(await files([signatureXml({ file: 'minu leping.pdf' })], [{ name: 'minu leping.pdf', data: 'sisu' }])).toEqual(
    [{ name: 'minu leping.pdf', held: 'same' }],
  )
  expect(await files([signatureXml().replaceAll('xmlenc#sha256', 'xmldsig#sha1')])).toEqual([
    { name: 'leping.pdf', held: 'unknown' },
  ])
})

test('without a certificate or a time nothing is made up', async () => {
  const { signatures } = await readCopy(container([signatureXml({ key: 'AAAA', claimed: 'eile' })]))
  expect(signatures[0]).toMatchObject({ signer: null, claimedAt: null })
})

test('a PDF is taken as it is', async () => {
  expect(await readCopy(pdf())).toMatchObject({ form: 'pdf', signatures: [] })
})

const zeros = deflateRawSync(Buffer.alloc(40_000_000), { level: constants.Z_BEST_COMPRESSION })
const lying = (size: number): Part => ({ name: 'leping.pdf', raw: zeros, size })
const refused: Record<string, [Buffer, string]> = {
  'an empty file': [Buffer.alloc(0), 'empty'],
  'a picture': [Buffer.from('\x89PNG\r\n\x1a\n'), 'kind'],
  'a page of the web': [Buffer.from('<html>'), 'kind'],
  'a file that is too big': [Buffer.alloc(maxBytes + 1), 'tooBig'],
  'a workbook': [zip([{ name: 'xl/workbook.xml', data: 'x' }]), 'container'],
  'a container of another kind': [zip([{ ...mimetype, data: 'application/vnd.etsi.asic-s+zip' }]), 'container'],
  'a container without signatures': [container([]), 'unsigned'],
  'a signature of nothing': [container([signatureXml().replace('URI="leping.pdf"', 'URI="#x"')]), 'unsigned'],
  'a file that is not the one signed': [container([signatureXml({ content: 'muu' })]), 'broken'],
  'a signature of what is not in it': [container([signatureXml({ file: 'teine.pdf' })]), 'broken'],
  'half a container': [container().subarray(0, 900), 'damaged'],
  'a definition': [container([`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${signatureXml()}`]), 'damaged'],
  'an entity of its own': [container([signatureXml({ claimed: '&b;' })]), 'damaged'],
  'a billion laughs': [
    container([
      `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><ds:Signature>&b;</ds:Signature>`,
    ]),
    'damaged',
  ],
  'a tag that never ends': [container([signatureXml().replace('</ds:Signature>', '<ds:Object a="')]), 'damaged'],
  'tags within tags': [container(['<a>'.repeat(5000)]), 'damaged'],
  'very many tags': [container([`<a>${'<b/>'.repeat(25_000)}</a>`]), 'damaged'],
  'a bomb': [container([signatureXml()], [lying(40_000_000)]), 'tooMuch'],
  'a bomb that lies small': [container([signatureXml()], [lying(1000)]), 'damaged'],
  'a signature as large as a book': [container([`<a>${' '.repeat(1_100_000)}</a>`]), 'tooMuch'],
  'very many parts': [
    container(
      [signatureXml()],
      Array.from({ length: 70 }, (_, at) => ({ name: `f${at}`, data: 'x' })),
    ),
    'tooMuch',
  ],
  'the same part twice': [
    container(
      [signatureXml()],
      [
        { name: 'a', data: 'x' },
        { name: 'a', data: 'y' },
      ],
    ),
    'damaged',
  ],
  'a part that climbs out': [container([signatureXml()], [{ name: '../../etc/passwd', data: 'x' }]), 'damaged'],
  'a container with a password': [container([signatureXml()], [{ name: 'a', data: 'x', flags: 1 }]), 'encrypted'],
  'half a PDF': [Buffer.from('%PDF-1.7\n'), 'damaged'],
  'a PDF with a password': [pdf('/Encrypt 5 0 R'), 'encrypted'],
  'a PDF with a program': [pdf('/OpenAction << /S /JavaScript /JS (app.alert) >>'), 'active'],
  'a PDF with a file in it': [pdf('/Type /EmbeddedFile'), 'active'],
}

describe('refused with the reason, soon', () => {
  test.each(Object.entries(refused))('%s', async (_, [bytes, reason]) => {
    const begun = performance.now()
    const error = await readCopy(bytes).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(Invalid)
    expect((error as Invalid).fields.file?.key).toBe(`papers.refused.${reason}`)
    expect(performance.now() - begun).toBeLessThan(3000)
  })
})

test('a comment and the usual entities are read, whatever the prefix', () => {
  const xml = signatureXml({ file: 'a&amp;b.pdf' })
    .replaceAll('ds:', 'x:')
    .replace('<x:SignedInfo>', '<!-- a > b --><x:SignedInfo>')
  expect(signaturesIn(xml)[0]?.references[0]?.uri).toBe('a&b.pdf')
  expect(() => signaturesIn('<a><b></a></b>')).toThrow(Unreadable)
  expect(() => signaturesIn('<a>&#x110000;</a>')).toThrow(Unreadable)
})
