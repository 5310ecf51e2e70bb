// How do the ratios become a file that may be given out?
import type { File } from '../../core/page.tsx'
import { hiddenNote } from '../../evaluation/disclosure-words.ts'
import { type T, translator } from '../../i18n/i18n.ts'
import type { Block, ReportDocument, Value } from '../document/document.ts'
import { renderers } from '../document/renderers.ts'
import type { CapacityFacts, capacityDocument } from './capacity.server.ts'
import { type CountyLine, everywhere, measures, type Ratio, ruleOf } from './capacity.ts'
import { nameOf, sentences, sourcesOf, spanOf, tilesOf } from './words.ts'

/** The file of a half-year; its name says the half-year and nothing else. */
export async function capacityFile(answer: Awaited<ReturnType<(typeof capacityDocument)['run']>>): Promise<File> {
  const { kind, lang, ...facts } = answer
  const { load, type } = renderers[kind]
  const render = await load()
  const body = await render(writtenCapacity(facts, translator(lang), lang))
  return { body, type, name: `capacity-${facts.half?.fromOn ?? 'none'}.${kind}` }
}

const ratioValue = ({ value, hidden }: Ratio): Value =>
  hidden ? { hidden: true } : value === null ? { none: true } : { number: value, digits: 1 }

const cells = (line: CountyLine): Value[] => [
  line.cases === null ? { hidden: true } : { number: line.cases },
  line.women.wanted === null ? { none: true } : { number: line.women.wanted / 2, digits: 0 },
  ...measures.map((what) => ratioValue(line[what])),
]

export function writtenCapacity(facts: CapacityFacts, t: T, locale: ReportDocument['locale']): ReportDocument {
  const { half, lines } = facts
  const country = lines.find(({ code }) => code === everywhere)
  const said = (text: string): Block => ({ kind: 'paragraph', content: [text] })
  const told = sentences(facts, t)
  const notes = notesOf(facts, t)
  return {
    locale,
    title: t('reports.capacity.title'),
    ...(half ? { subtitle: spanOf(half) } : {}),
    author: t('core.role.coordinator'),
    madeOn: facts.day,
    blocks: [
      ...told.map(said),
      ...(half && country
        ? figures(facts, country, told.at(-1) ?? '', t)
        : [said(t('reports.capacity.none')), ...notes.map(said)]),
    ],
    definitions: [],
  }
}

/** Under the table, so that no file of it goes out without where its numbers come from and what is hidden in them. */
function notesOf(facts: CapacityFacts, t: T): string[] {
  const { half, band } = facts
  const numbers = { women: band.capacityPerTenThousand, workers: band.capacityPerWorker }
  const sources = measures.map((what) => {
    const from = sourcesOf(facts, what).join('; ')
    return `${t(`reports.capacity.what.${what}`)}: ${from || t('reports.capacity.unknown')}`
  })
  return [
    ...(half ? [hiddenNote(ruleOf(half.threshold), t), t('reports.capacity.doubled')] : []),
    ...sources,
    t('reports.capacity.band', { ...numbers, coordination: band.capacityPerCoordination }),
  ]
}

function figures(facts: CapacityFacts, country: CountyLine, alternative: string, t: T): Block[] {
  const heads = ['cases', 'wanted', ...measures] as const
  return [
    {
      kind: 'map',
      caption: t('reports.capacity.map'),
      alternative,
      region: t('evaluation.map.region'),
      measure: t('reports.capacity.column.women'),
      tiles: tilesOf(facts, t),
      total: { name: t('evaluation.map.all'), value: ratioValue(country.women) },
    },
    {
      kind: 'table',
      caption: t('reports.capacity.table'),
      columns: [
        { name: t('evaluation.map.region') },
        ...heads.map((head) => ({ name: t(`reports.capacity.column.${head}`), numeric: true })),
      ],
      rows: facts.lines
        .filter(({ code }) => code !== everywhere)
        .map((line) => [nameOf(facts, line.code, t), ...cells(line)]),
      total: [t('evaluation.map.all'), ...cells(country)],
      footnotes: notesOf(facts, t),
    },
  ]
}
