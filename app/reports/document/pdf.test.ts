// Can a screen reader read the PDF: its headings, tables, pictures and language, and no text lost?
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import { longTable, sampleDocument, sampleMark } from '../../../test/sample-report.ts'
import type { ReportDocument } from './document.ts'
import { renderPdf } from './pdf.server.ts'

type Node = { role?: string; alt?: string; id?: string; children?: Node[] }

async function read(document: ReportDocument) {
  const file = await renderPdf(document)
  const pdf = await getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)))
  const trees: Node[] = []
  const texts: string[] = []
  const marked = new Map<string, string>()
  for (const page of pages) {
    trees.push(((await page.getStructTree()) ?? {}) as Node)
    const content = await page.getTextContent({ includeMarkedContent: true })
    let id = ''
    let text = ''
    for (const item of content.items) {
      if ('str' in item) {
        text += item.str + (item.hasEOL ? '\n' : '')
        if (id) marked.set(id, (marked.get(id) ?? '') + item.str)
      } else if (item.type === 'beginMarkedContentProps') id = item.id ?? ''
      else if (item.type === 'endMarkedContent') id = ''
    }
    texts.push(text)
  }
  return { file, pdf, trees, texts, marked }
}

const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)]
const byRole = (trees: Node[], role: string) => trees.flatMap(all).filter((node) => node.role === role)
const textOf = (node: Node, marked: Map<string, string>) =>
  all(node)
    .map((each) => marked.get(each.id ?? '') ?? '')
    .join('')
    .trim()

test('language, title, PDF/UA mark and tags are said', async () => {
  const { pdf, file } = await read(sampleDocument())
  const { info } = await pdf.getMetadata()
  expect(info).toMatchObject({
    Language: 'et-EE',
    Title: 'Aruanne projektijuhile: november 2026',
    Author: 'koordinaator',
  })
  expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
  expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true })
  expect(file.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>')
  const russian = await read(sampleDocument({ locale: 'ru' }))
  expect((await russian.pdf.getMetadata()).info).toMatchObject({ Language: 'ru-RU' })
  expect(russian.texts.join('')).toContain('Лист 1/')
})

test('headings stand in their order, and the outline repeats them', async () => {
  const { trees, marked, pdf } = await read(sampleDocument())
  const headings = trees.flatMap(all).filter((node) => /^H\d$/.test(node.role ?? ''))
  expect(headings.map((node) => `${node.role} ${textOf(node, marked)}`)).toEqual([
    'H1 Aruanne projektijuhile: november 2026',
    'H2 Teenuse katvus',
    'H3 Maakonniti',
    'H2 Mida tehti',
    'H3 Tugiisikud',
    'H4 Tunnid',
    'H2 Mõisted',
  ])
  const [top] = await pdf.getOutline()
  expect(top?.title).toBe('Aruanne projektijuhile: november 2026')
  expect(top?.items.map((item: { title: string }) => item.title)).toEqual(['Teenuse katvus', 'Mida tehti', 'Mõisted'])
  expect(top?.items[1]?.items[0]?.items[0]?.title).toBe('Tunnid')
})

test('tables have captions, header cells with scope, and every cell its text', async () => {
  const { trees, marked, file } = await read(sampleDocument())
  // A table over two pages is in the trees of both, with its caption's text in the first only.
  const captions = byRole(byRole(trees, 'Table'), 'Caption').map((caption) => textOf(caption, marked))
  expect(captions.filter((caption) => caption !== '')).toEqual([
    'Kuu näitajad',
    'Tabel 1. Vajadused maakonniti',
    'Tabel 2. Tugiisikute tunnid',
  ])
  const hours = await read(sampleDocument({ blocks: [longTable(3)], definitions: [] }))
  const rows = byRole(hours.trees, 'TR').map((row) =>
    (row.children ?? []).map((cell) => `${cell.role} ${textOf(cell, hours.marked)}`),
  )
  expect(rows).toHaveLength(5)
  expect(rows[0]).toEqual(['TH Tugiisik', 'TH Märkus', 'TH Viimane kohtumine', 'TH Tunde'])
  expect(rows[1]).toEqual(['TH TI-001', 'TD Žanna šokolaad, шесть щук', 'TD 14.11.2026', 'TD 0,5'])
  expect(rows[4]).toEqual(['TH Kokku', 'TD ', 'TD andmeid pole', 'TD 1 234,5'])
  const raw = file.toString('latin1')
  expect(raw.match(/\/Scope \/Column/g)).toHaveLength(2 + 2 + 4)
  expect(raw.match(/\/Scope \/Row/g)).toHaveLength(5 + 16 + 4)
})

test('lists and pictures are told', async () => {
  const { trees, marked } = await read(sampleDocument())
  expect(byRole(trees, 'L')).toHaveLength(2)
  expect(byRole(trees, 'LI').map((item) => textOf(item, marked))).toEqual([
    '• Kolm koolitust, neist üks vene keeles.',
    '• Kovisioon 2 korda.',
    '1. Esimene samm.',
    '2. Teine samm.',
  ])
  expect(byRole(trees, 'Figure').map((figure) => figure.alt)).toEqual([
    'Eesti maakonnad ruutudena; enim vajadusi on Saare maakonnas (16).',
  ])
})

test('Estonian and Russian letters come out as they went in', async () => {
  const { texts } = await read(sampleDocument())
  const text = texts.join(' ').replace(/\s+/g, ' ')
  expect(text).toContain('Õhtul käidi läbi 46,5 tundi; kuulati ära ka Ševtšenko-nimeline näidisisik.')
  expect(text).toContain('Слова по-русски: щука, ёжик, объезд.')
  expect(text).toContain('22 juhtumit1 ja tööd')
})

test('over many pages the header row comes again for the eye only, and not one word is cut', async () => {
  const { trees, marked, texts, pdf } = await read(
    sampleDocument({ blocks: [longTable(120, true)], definitions: [], accessMark: sampleMark }),
  )
  expect(pdf.numPages).toBeGreaterThan(5)
  texts.forEach((text, at) => {
    expect(text).toContain(`Leht ${at + 1}/${pdf.numPages}`)
    expect(text).toContain('ASUTUSESISESEKS KASUTAMISEKS')
    if (at < pdf.numPages - 1) expect(text).toContain('Viimane')
  })
  const cells = byRole(trees, 'TH').map((node) => textOf(node, marked))
  expect(cells.filter((text) => text === 'Tugiisik')).toHaveLength(1)
  expect(cells.filter((text) => /^TI-\d{3}$/.test(text))).toHaveLength(120)
  const words = texts.join(' ').match(/sõna\d+/g) ?? []
  expect(new Set(words).size).toBe(900)
  expect(words).toHaveLength(900)
})

test('a heading never stands last on a page', async () => {
  const filler = (lines: number) => ({ kind: 'list' as const, items: Array.from({ length: lines }, () => ['rida']) })
  for (const lines of [22, 26, 30, 33, 36]) {
    const blocks = [
      filler(lines),
      { kind: 'heading' as const, level: 1 as const, text: 'Viimne' },
      { kind: 'heading' as const, level: 2 as const, text: 'Alam' },
      longTable(4),
    ]
    const { texts } = await read(sampleDocument({ blocks, definitions: [] }))
    const page = texts.find((text) => text.includes('Viimne')) ?? ''
    expect(page).toMatch(/Viimne\s+Alam\s+Tabel 1\. Tugiisikute tunnid\s+Tugiisik/)
    expect(page).toContain('TI-001')
  }
})

test('a word wider than its column is broken, not cut', async () => {
  const long = 'Ülipikkadetõhustamiskavade'.repeat(12)
  const columns = Array.from({ length: 9 }, (_, at) => ({ name: `Veerg ${at}` }))
  const rows = [[long, ...Array.from({ length: 8 }, () => long)]]
  const { trees, marked } = await read(
    sampleDocument({ blocks: [{ kind: 'table', caption: 'Lai', columns, rows }], definitions: [] }),
  )
  expect(byRole(trees, 'TD').map((node) => textOf(node, marked))).toEqual(Array.from({ length: 8 }, () => long))
})

test('the same report gives the same bytes, and a wrong one none', async () => {
  const [one, two] = await Promise.all([renderPdf(sampleDocument()), renderPdf(sampleDocument())])
  expect(one?.equals(two as Buffer)).toBe(true)
  await expect(renderPdf(sampleDocument({ madeOn: 'yesterday' }))).rejects.toThrow('does not exist')
})
