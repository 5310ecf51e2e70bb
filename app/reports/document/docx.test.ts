// Are the text document's headings, tables, language and alternative texts real?
import { expect, test } from 'vitest'
import { sampleDocument, sampleMark } from '../../../test/sample-report.ts'
import { unzipped } from '../../../test/unzip.ts'
import { renderDocx } from './docx.server.ts'

async function read(extra = {}) {
  const parts = await unzipped(await renderDocx(sampleDocument({ accessMark: sampleMark, ...extra })))
  const xml = (name: string) => parts.get(name)?.toString('utf8') ?? ''
  const paragraphs = [...xml('word/document.xml').matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) => ({
    style: /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1],
    text: [...paragraph.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, text]) => text).join(''),
    xml: paragraph,
  }))
  return { parts, xml, paragraphs }
}

test('title and headings are in the built-in styles, in order', async () => {
  const { paragraphs } = await read()
  const headings = paragraphs.filter(({ style }) => /^(Title|Heading\d)$/.test(style ?? ''))
  expect(headings.map(({ style, text }) => `${style} ${text}`)).toEqual([
    'Title Aruanne projektijuhile: november 2026',
    'Heading1 Teenuse katvus',
    'Heading2 Maakonniti',
    'Heading1 Mida tehti',
    'Heading2 Tugiisikud',
    'Heading3 Tunnid',
    'Heading1 Mõisted',
  ])
})

test.each([
  ['et', 'et-EE'],
  ['en', 'en-GB'],
  ['ru', 'ru-RU'],
])('the language of a document in %s is %s', async (locale, language) => {
  const { xml } = await read({ locale })
  expect(/<w:docDefaults>.*<w:lang w:val="([\w-]+)"/s.exec(xml('word/styles.xml'))?.[1]).toBe(language)
})

test('tables have captions and a header row that repeats', async () => {
  const { xml, paragraphs } = await read()
  const tables = [...xml('word/document.xml').matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) => table)
  expect(tables).toHaveLength(3)
  for (const table of tables) {
    expect(table.match(/<w:tblHeader\/>/g)).toHaveLength(1)
    expect(table.indexOf('<w:tblHeader/>')).toBeLessThan(table.indexOf('</w:tr>'))
    expect(table).toMatch(/<w:tblLook[^>]*w:firstRow="true"/)
  }
  const captions = paragraphs.filter(({ style }) => style === 'Caption').map(({ text }) => text)
  expect(captions).toEqual([
    'Kuu näitajad',
    'Joonis 1. Vajadused maakonniti',
    'Tabel 1. Vajadused maakonniti',
    'Tabel 2. Tugiisikute tunnid',
  ])
  expect(tables[2]).toContain('Žanna šokolaad, шесть щук')
})

test('the map is a sharp picture with words and a plain one beside it', async () => {
  const { parts, xml } = await read()
  expect(xml('word/document.xml')).toMatch(
    /<wp:docPr[^>]*descr="Eesti maakonnad ruutudena; enim vajadusi on Saare maakonnas \(16\)\."/,
  )
  const pictures = [...parts.keys()].filter((name) => name.startsWith('word/media/'))
  expect(pictures.map((name) => name.split('.').at(-1)).sort()).toEqual(['png', 'svg'])
})

test('lists, the mark, page numbers and definitions are there', async () => {
  const { xml, paragraphs } = await read()
  expect(paragraphs.filter(({ xml: inner }) => inner.includes('<w:numPr>')).map(({ text }) => text)).toEqual([
    'Kolm koolitust, neist üks vene keeles.',
    'Kovisioon 2 korda.',
    'Esimene samm.',
    'Teine samm.',
  ])
  expect(paragraphs[0]?.text).toBe('ASUTUSESISESEKS KASUTAMISEKS')
  expect(xml('word/header1.xml') + xml('word/header2.xml')).toContain('ASUTUSESISESEKS KASUTAMISEKS')
  expect(xml('word/footer1.xml')).toMatch(/Leht .*PAGE.*\/.*NUMPAGES/s)
  expect(paragraphs.at(-1)?.text).toMatch(/^2\. Aktiivne tugiisik\. tugiisik, kellel/)
})

test('text that looks like markup stays text', async () => {
  const { xml } = await read({ blocks: [{ kind: 'paragraph', content: ['<w:p/> & "x"\u0002'] }], definitions: [] })
  expect(xml('word/document.xml')).toContain('&lt;w:p/&gt; &amp;')
})
