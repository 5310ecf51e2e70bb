// Does a hostile file get a clear refusal, for less than 200 MB and before the deadline?
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Part, zip } from '../../test/zip.ts'
import { Invalid } from '../core/errors.ts'
import { openWorkbook, readCoordinatorWorkbook } from './workbook.server.ts'

const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const types = (kind = main) => ({
  name: '[Content_Types].xml',
  data: `<Types><Override PartName="/xl/workbook.xml" ContentType="${kind}"/></Types>`,
})
const frame: Part[] = [
  types(),
  {
    name: 'xl/workbook.xml',
    data: '<workbook xmlns:r="r"><sheets><sheet name="Tunnid" sheetId="1" r:id="a"/></sheets></workbook>',
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    data: `<Relationships><Relationship Id="a" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  },
]
const sheetPart = (rows: string): Part => ({
  name: 'xl/worksheets/sheet1.xml',
  data: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
})
const book = (rows: string, ...more: Part[]) => zip([...frame, ...more, sheetPart(rows)])
const cell = (rest: string) => `<row r="1"><c r="A1"${rest}</row>`
const ole = (word: string) =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(600),
    Buffer.from(word, 'utf16le'),
    Buffer.alloc(600),
  ])

// Ten million blanks fit in ten kilobytes; the same block again and again is a bomb of gigabytes that costs us nothing.
const block = deflateRawSync(Buffer.alloc(10_000_000, ' '), { finishFlush: constants.Z_FULL_FLUSH })
const bomb = Buffer.concat([...Array.from({ length: 350 }, () => block), Buffer.from([3, 0])])
const bombPart = (size: number): Part => ({ name: 'xl/worksheets/sheet1.xml', raw: bomb, size })
const many = (count: number, row: (n: number) => string) => Array.from({ length: count }, (_, n) => row(n + 1)).join('')
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const real = readFileSync(new URL('../../test/data/koordinaatori-tabel-a.xlsx', import.meta.url))

/** name → file and the reason it is refused for. */
const hostile: Record<string, [Buffer, string]> = {
  'an empty file': [Buffer.alloc(0), 'empty'],
  'random bytes': [Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251)), 'notWorkbook'],
  'a text file': [Buffer.from('Kuu;Vabatahtlik;Tunde\n'), 'notWorkbook'],
  'an old .xls': [ole('Workbook'), 'oldExcel'],
  'an encrypted workbook': [ole('EncryptedPackage'), 'encrypted'],
  'a zip with a password': [zip([...frame, { ...sheetPart(''), flags: 1 }]), 'encrypted'],
  'a zip that is no workbook': [zip([{ name: 'kiri.txt', data: 'tere' }]), 'notWorkbook'],
  'a Word document': [zip([types('wordprocessingml'), { name: 'word/document.xml', data: '<w/>' }]), 'notWorkbook'],
  'a workbook cut short': [real.subarray(0, 20_000), 'damaged'],
  'a workbook with a hole': [
    Buffer.concat([real.subarray(0, 3000), Buffer.alloc(300), real.subarray(3300)]),
    'damaged',
  ],
  macros: [book(cell('><v>1</v></c>'), { name: 'xl/vbaProject.bin', data: 'x' }), 'macros'],
  'a workbook made for macros': [
    zip([types('application/vnd.ms-excel.sheet.macroEnabled.main+xml'), ...frame.slice(1), sheetPart('')]),
    'macros',
  ],
  'links to other files': [
    book(cell('><v>1</v></c>'), { name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' }),
    'externalLinks',
  ],
  'a formula': [book(cell('><f>WEBSERVICE("http://x")</f><v>1</v></c>')), 'formula'],
  'a formula under another prefix': [book(`<x:row r="1"><x:c r="A1"><x:f>1+1</x:f></x:c></x:row>`), 'formula'],
  'an error for a value': [book(cell(' t="e"><v>#N/A</v></c>')), 'errorCell'],
  'a million rows': [book(many(1_000_000, (n) => `<row r="${n}"/>`)), 'tooManyRows'],
  'one row at the far end': [book('<row r="9999999"><c r="A9999999"><v>1</v></c></row>'), 'tooManyRows'],
  'one cell at the far right': [book(cell('><v>1</v></c><c r="XFD1"><v>1</v></c>')), 'tooManyColumns'],
  'a far cell behind a prefix': [book('<row r="1"><c r="A1" z:r="ZZZ9999999"><v>1</v></c></row>'), 'tooManyColumns'],
  'a cell without an address': [book('<row r="1"><c><v>1</v></c></row>'), 'damaged'],
  'a cell with a strange address': [book(cell('A&#49;><v>1</v></c>')), 'damaged'],
  'own entities': [
    zip([...frame, { name: 'xl/worksheets/sheet1.xml', data: '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' }]),
    'damaged',
  ],
  'a bomb': [zip([...frame, bombPart(3_500_000_000)]), 'tooMuchInside'],
  'a bomb that lies small': [zip([...frame, bombPart(1000)]), 'damaged'],
  'a bomb that lies just so': [zip([...frame, bombPart(15_900_000)]), 'damaged'],
  'a bomb only some readers see': [
    zip([...frame, sheetPart('')], [{ ...bombPart(3_500_000_000), name: 'xl/sharedStrings.xml' }]),
    'nothingKnown',
  ],
  'a long text named by every row': [
    book(
      many(4000, (n) => `<row r="${n}"><c r="A${n}" t="s"><v>0</v></c></row>`),
      { name: 'xl/sharedStrings.xml', data: `<sst><si><t>${'x'.repeat(32_000)}</t></si></sst>` },
    ),
    'tooMuchInside',
  ],
  'too many sheets': [
    book(
      '',
      ...Array.from({ length: 30 }, (_, n) => ({ name: `xl/worksheets/sheet${n + 2}.xml`, data: '<worksheet/>' })),
    ),
    'tooManySheets',
  ],
  'a path that climbs': [book('', { name: '../../etc/passwd', data: 'x' }), 'damaged'],
  'a path from the root': [book('', { name: '/etc/passwd', data: 'x' }), 'damaged'],
  'the same part twice': [zip([...frame, sheetPart(''), sheetPart(cell('><v>1</v></c>'))]), 'damaged'],
  'more than five megabytes': [Buffer.concat([Buffer.from('PK'), Buffer.alloc(5_000_000)]), 'tooBig'],
  'as many cells as are allowed': [
    book(many(5000, (n) => `<row r="${n}">${many(26, (c) => `<c r="${letters[c - 1]}${n}"><v>${c}</v></c>`)}</row>`)),
    'nothingKnown',
  ],
  'as many texts as fit': [
    book(cell(' t="s"><v>3</v></c>'), {
      name: 'xl/sharedStrings.xml',
      data: `<sst>${'<si><t>a</t></si>'.repeat(900_000)}</sst>`,
    }),
    'nothingKnown',
  ],
}

async function refusal(bytes: Buffer): Promise<string> {
  return readCoordinatorWorkbook(bytes).then(
    () => 'read',
    (error: unknown) =>
      (error instanceof Invalid ? (error.fields.file?.key ?? '') : String(error)).replace('imports.refused.', ''),
  )
}

describe('a hostile file', () => {
  it.each(Object.entries(hostile))('is refused: %s', async (_, [bytes, reason]) => {
    expect(await refusal(bytes)).toBe(reason)
  })

  it('is told where its formula or error stands', async () => {
    const rows = '<row r="7"><c r="E7"><f>SUM(E1:E6)</f><v>9</v></c></row>'
    await expect(openWorkbook(book(rows))).rejects.toMatchObject({
      fields: { file: { args: { sheet: 'Tunnid', cell: 'E7' } } },
    })
  })
})

describe('cost', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is under 200 MB and the deadline for all of them one after the other', () => {
    const files = Object.values(hostile).map(([bytes], n) => {
      writeFileSync(join(folder, `${n}.xlsx`), bytes)
      return join(folder, `${n}.xlsx`)
    })
    const program = `
      const { readFileSync } = await import('node:fs')
      const { openWorkbook } = await import(${JSON.stringify(new URL('./workbook.server.ts', import.meta.url).href)})
      const before = process.memoryUsage().rss
      const said = []
      for (const file of ${JSON.stringify(files)}) said.push(await openWorkbook(readFileSync(file)).then(() => 'read', (error) => error.fields?.file.key ?? String(error)))
      console.log(JSON.stringify({ said, megabytes: process.resourceUsage().maxRSS / 1024 - before / 1048576 }))`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const { said, megabytes } = JSON.parse(stdout) as { said: string[]; megabytes: number }
    expect(said).toHaveLength(files.length)
    expect(said.filter((key) => key !== 'read' && !key.startsWith('imports.refused.'))).toEqual([])
    expect(said).not.toContain('imports.refused.tooSlow')
    expect(megabytes).toBeLessThan(200)
  }, 120_000)
})

describe('an honest workbook', () => {
  it('is opened as it stands: raw values, own row numbers, real dates', async () => {
    const sheets = await openWorkbook(real)
    expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['Vabatahtlikud', 68],
      ['Vajadused', 41],
      ['Tunnid 2022', 120],
    ])
    const row = sheets[0]?.rows.find((one) => one.row === 25)?.cells
    expect(row?.slice(0, 6)).toEqual([
      21,
      'Kadri Näidis-Koppel-21',
      null,
      '+372 5378 0033',
      'kadri21@example.com',
      'Pärnu',
    ])
    const checked = row?.[16]
    expect(checked instanceof Date && checked.toISOString()).toMatch(/^2022-06-03T06:31/)
    expect(sheets[0]?.rows.find((one) => one.row === 4)?.cells[5]).toBe(' Harju maakond ')
  })

  it('waits its turn, and a refused one before it harms nobody', async () => {
    const answers = await Promise.allSettled([
      openWorkbook(Buffer.from('PK')),
      openWorkbook(real),
      openWorkbook(book(cell('><f/></c>'))),
      openWorkbook(real),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
  })
})
