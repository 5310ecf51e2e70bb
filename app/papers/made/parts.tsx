// In which words is a paper shown in a list, and what is its state?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { type PaperLine, type PaperState, stateKey, stateOf } from './paper.ts'

const looks: Record<PaperState, TagKind> = { dropped: 'neutral', given: 'ok', waits: 'wait', signed: 'ok' }

export function State({ t, state, signedOn }: { t: T; state: PaperState; signedOn: string | null }) {
  return <Tag kind={looks[state]}>{t(stateKey(state), { date: signedOn ? formatDate(signedOn) : '' })}</Tag>
}

/** Every paper that was made, each leading to its own page. */
export function PaperTable({ t, papers, empty }: { t: T; papers: readonly PaperLine[]; empty: string }) {
  const columns: Column<PaperLine>[] = [
    { name: t('papers.kind'), cell: (one) => <a href={`/papers/${one.id}`}>{t(`papers.kind.${one.kind}`)}</a> },
    { name: t('papers.state'), cell: (one) => <State t={t} state={stateOf(one)} signedOn={one.signedOn} /> },
    { name: t('papers.madeOn'), cell: ({ madeOn }) => formatDate(madeOn) },
    { name: t('papers.span'), cell: (one) => spanWords(t, one) },
  ]
  return (
    <Table caption={t('papers.made')} captionLook="hidden" columns={columns} rows={papers} empty={<p>{empty}</p>} />
  )
}

export function spanWords(t: T, { validFrom, validTo }: Pick<PaperLine, 'validFrom' | 'validTo'>): string {
  if (!validFrom) return ''
  return `${formatDate(validFrom)} – ${validTo ? formatDate(validTo) : t('papers.make.noEnd')}`
}
