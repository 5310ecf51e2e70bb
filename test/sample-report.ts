// Which invented report do the tests of all three kinds of file share?
import { readFileSync } from 'node:fs'
import { type County, countyTiles } from '../app/evaluation/county-tiles.ts'
import type { Block, ReportDocument, TableBlock } from '../app/reports/document/document.ts'

const counties: County[] = readFileSync('db/data/ehak-counties.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [code = '', name = '', , tileCol, tileRow] = line.split(',')
    return { code, name, tileCol: Number(tileCol), tileRow: Number(tileRow) }
  })

/** A table of so many rows, long enough for several pages; one cell higher than a page where asked. */
export function longTable(rows: number, giant = false): TableBlock {
  return {
    kind: 'table',
    caption: 'Tugiisikute tunnid',
    columns: [
      { name: 'Tugiisik' },
      { name: 'Märkus' },
      { name: 'Viimane kohtumine' },
      { name: 'Tunde', numeric: true },
    ],
    rows: Array.from({ length: rows }, (_, at) => [
      `TI-${String(at + 1).padStart(3, '0')}`,
      giant && at === 1
        ? Array.from({ length: 900 }, (_word, word) => `sõna${word}`).join(' ')
        : 'Žanna šokolaad, шесть щук',
      { date: '2026-11-14' },
      { number: at + 0.5 },
    ]),
    total: ['Kokku', '', { none: true }, { number: 1234.5 }],
    footnotes: ['Tunnid on arvutatud sissekannetest.'],
  }
}

const values = new Map(
  counties.map(({ code }, at) => [
    code,
    at === 1 ? { value: null, hidden: true } : { value: at === 3 ? null : (at * 5) % 17 },
  ]),
)

const coverage: readonly Block[] = [
  { kind: 'heading', level: 1, text: 'Teenuse katvus' },
  {
    kind: 'paragraph',
    content: [
      'Novembris oli toega ',
      { figure: '22 juhtumit', definition: 'cases' },
      ' ja tööd tegi ',
      { figure: '18 tugiisikut', definition: 'volunteers' },
      '. Õhtul käidi läbi 46,5 tundi; kuulati ära ka Ševtšenko-nimeline näidisisik. Слова по-русски: щука, ёжик, объезд.',
    ],
  },
  {
    kind: 'figures',
    caption: 'Kuu näitajad',
    figures: [
      { name: 'Toega juhtumeid', value: { number: 22 }, definition: 'cases' },
      { name: 'Kaetud vajaduste osakaal', value: { percent: 0.917 } },
      { name: 'Keskmine ooteaeg', value: { number: 4.25 }, unit: 'päeva' },
      { name: 'Kuluhüvitised', value: { cents: 123456 } },
      { name: 'Ohumärkeid', value: { hidden: true } },
    ],
  },
  { kind: 'heading', level: 2, text: 'Maakonniti' },
  {
    kind: 'map',
    caption: 'Vajadused maakonniti',
    alternative: 'Eesti maakonnad ruutudena; enim vajadusi on Saare maakonnas (16).',
    region: 'Maakond',
    measure: 'Vajadusi',
    tiles: countyTiles(counties, values),
    total: { name: 'Eesti kokku', value: { number: 104 } },
    footnotes: ['Peidetud on arvud alla 5.'],
  },
]

const work: readonly Block[] = [
  { kind: 'heading', level: 1, text: 'Mida tehti' },
  { kind: 'list', items: [['Kolm koolitust, neist üks vene keeles.'], ['Kovisioon ', { figure: '2 korda' }, '.']] },
  { kind: 'list', ordered: true, items: [['Esimene samm.'], ['Teine samm.']] },
  { kind: 'heading', level: 2, text: 'Tugiisikud' },
  { kind: 'heading', level: 3, text: 'Tunnid' },
  longTable(3),
]

/** One of everything a report may hold, in Estonian with Russian words in it. */
export function sampleDocument(extra: Partial<ReportDocument> = {}): ReportDocument {
  return {
    locale: 'et',
    title: 'Aruanne projektijuhile: november 2026',
    subtitle: 'MARAC-i tugiisikute töö',
    author: 'koordinaator',
    madeOn: '2026-12-07',
    blocks: [...coverage, ...work],
    definitions: [
      {
        id: 'cases',
        term: 'Toega juhtum',
        meaning: 'juhtum, millel oli perioodi jooksul vähemalt üks määratud tugiisik',
      },
      {
        id: 'volunteers',
        term: 'Aktiivne tugiisik',
        meaning: 'tugiisik, kellel oli perioodi jooksul vähemalt üks kohtumise sissekanne',
      },
    ],
    ...extra,
  }
}

/** The mark "for internal use only" as an agency would set it. */
export const sampleMark = {
  holder: 'Sotsiaalkindlustusamet',
  markedOn: '2026-12-07',
  until: '2031-12-07',
  basis: 'AvTS § 35 lg 1 p 12',
}
