// Are the PDFs that people have taken, packed or not, and is what would do something found wherever in them it hides?
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync, deflateSync } from 'node:zlib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import PDFDocument from 'pdfkit'
import { expect, test } from 'vitest'
import { packedPdf } from '../../../test/packed-pdf.ts'
import { blackPng, pictureOf } from '../../../test/pictures.ts'
import { faultOfPdf } from './pdf.server.ts'

const data = (name: string) => readFileSync(join(import.meta.dirname, '../../../test/data', name))
const program = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'

/** As somebody's reader opens it: how many pages it has, and the programs in it. */
async function opened(bytes: Buffer) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const told = { pages: pdf.numPages, programs: Object.values((await pdf.getJSActions()) ?? {}).flat() }
  await pdf.loadingTask.destroy()
  return told
}

/** A receipt as our own program and many others write it: with letters, and pictures large enough to hold any bytes. */
async function plain(): Promise<Buffer> {
  const pdf = new PDFDocument({ compress: true })
  pdf.font(join(import.meta.dirname, '../../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
  pdf.text('Näidis-kviitung. Kokku 4,20 €')
  pdf.image(blackPng(1200, 1600, Buffer.from(Array.from({ length: 1600 * 151 }, (_, at) => (at * 7919) % 251))))
  pdf.image(await pictureOf('jpeg'))
  pdf.end()
  return buffer(pdf as unknown as Readable)
}

test('real ones are taken: written plainly, printed from a browser, and packed as banks pack them', async () => {
  const own = await plain()
  expect(own.toString('latin1')).not.toContain('/ObjStm')
  expect([faultOfPdf(own), (await opened(own)).pages]).toEqual([null, 1])
  for (const name of ['kviitung-brauserist.pdf', 'kviitung-pakitud.pdf', 'kviitung-pakitud-pilt.pdf']) {
    expect([name, faultOfPdf(data(name)), (await opened(data(name))).pages]).toEqual([name, null, 1])
  }
  for (const name of ['kviitung-pakitud.pdf', 'kviitung-pakitud-pilt.pdf'])
    expect(data(name).toString('latin1')).toContain('/ObjStm')
  expect(faultOfPdf(packedPdf())).toBeNull()
})

test('a program in packed objects is one that a reader would run, and is found', async () => {
  const bytes = packedPdf({ inside: program })
  expect(bytes.toString('latin1')).not.toContain('JavaScript')
  expect(await opened(bytes)).toEqual({ pages: 1, programs: ['app.alert(1)'] })
  expect(faultOfPdf(bytes)).toBe('active')
})

test.each([
  ['a program', program],
  ['one whose name is spelled by numbers', '/OpenAction << /S /J#61v#61Script /JS (x) >>'],
  ['something to start', '/OpenAction << /S /Launch /F (x.exe) >>'],
  ['another file', '/Names << /EmbeddedFiles << /Names [(x) 9 0 R] >> >>'],
  ['a form that sends', '/OpenAction << /S /SubmitForm /F (https://example.org) >>'],
  ['a form with a program of its own', '/AcroForm << /XFA [(x) 9 0 R] >>'],
  ['a film', '/X << /Subtype /RichMedia >>'],
])('%s is found, packed or not', (_, inside) => {
  expect(faultOfPdf(packedPdf({ inside }))).toBe('active')
  expect(faultOfPdf(packedPdf({ inside, said: '/Type /ObjStm', pack: (objects) => objects }))).toBe('active')
})

test('it is found also where the stream does not say what it holds, or says something else', () => {
  for (const said of [
    '/Filter /FlateDecode',
    '/Subtype /Image /Filter /FlateDecode',
    '/Type /Obj#53tm /Filter /Fl#61teDecode',
  ])
    expect(faultOfPdf(packedPdf({ inside: program, said }))).toBe('active')
  // Begun by so many empty blocks that nothing comes of the first thousand bytes.
  const late = (objects: Buffer) => {
    const whole = deflateSync(objects)
    return Buffer.concat([whole.subarray(0, 2), Buffer.from('000000ffff'.repeat(400), 'hex'), whole.subarray(2)])
  }
  expect(faultOfPdf(packedPdf({ inside: program, pack: late }))).toBe('active')
})

test('what one cannot look into is not taken: packed otherwise, damaged, or more than there is room for', () => {
  const hex = (objects: Buffer) => Buffer.from(`${objects.toString('hex')}>`)
  expect(faultOfPdf(packedPdf({ said: '/Type /ObjStm /Filter /ASCIIHexDecode', pack: hex }))).toBe('closed')
  const twice = (objects: Buffer) => deflateSync(hex(objects))
  expect(
    faultOfPdf(
      packedPdf({ said: '/Type /ObjStm /Filter [/FlateDecode /LZWDecode]', pack: (o) => deflateSync(twice(o)) }),
    ),
  ).toBe('closed')
  expect(faultOfPdf(packedPdf({ pack: (objects) => deflateRawSync(objects) }))).toBe('closed')
  const broken = (objects: Buffer) => {
    const whole = deflateSync(objects)
    whole[whole.length - 6] = (whole[whole.length - 6] ?? 0) ^ 255
    return whole
  }
  expect(faultOfPdf(packedPdf({ pack: broken }))).toBe('closed')
  const bomb = deflateSync(Buffer.concat([Buffer.from('1 0 '), Buffer.alloc(40_000_000, ' ')]))
  const begun = performance.now()
  expect(faultOfPdf(packedPdf({ pack: () => bomb }))).toBe('closed')
  expect(faultOfPdf(packedPdf({ beside: Buffer.from('stream\nx\n'.repeat(6_000)) }))).toBe('closed')
  expect(performance.now() - begun).toBeLessThan(3_000)
})

test('a picture of ten megabytes is nobody’s program, whatever its bytes are', () => {
  const bytes = Buffer.alloc(9_500_000)
  for (let at = 0, state = 7; at < bytes.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    bytes[at] = state >> 16
  }
  const begun = performance.now()
  expect(faultOfPdf(packedPdf({ beside: Buffer.concat([Buffer.from('7 0 obj << >> stream\n'), bytes]) }))).toBeNull()
  expect(performance.now() - begun).toBeLessThan(3_000)
})
