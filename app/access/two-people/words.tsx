// In which words is told what two people decide about a third?
import { now } from '../../core/clock.server.ts'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { nameThen } from '../../i18n/names.ts'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { type Confirmation, type State, stateOf } from './confirmation.ts'

export const stateKinds: Record<State, TagKind> = {
  waiting: 'wait',
  confirmed: 'ok',
  first: 'ok',
  refused: 'attention',
  stopped: 'attention',
  withdrawn: 'neutral',
  expired: 'neutral',
}

/** "Tuumiku liige, Ida-Viru, politsei" */
export const roleWords = (t: T, one: Pick<Confirmation, 'role' | 'network' | 'agency'>): string =>
  [one.role && one.role !== 'system' ? t(`core.role.${one.role}`) : null, one.network, one.agency]
    .filter(Boolean)
    .join(', ')

/** "26.11.2026 – 26.11.2027", or only the first day where nobody has set a last one. */
export function spanWords(t: T, one: Pick<Confirmation, 'validFrom' | 'validTo'>): string {
  const from = formatDate(one.validFrom ?? '')
  if (!one.validTo || one.validTo >= '2999') return t('access.two.since', { from })
  return `${from} – ${formatDate(one.validTo)}`
}

/** What is asked for, in a few words. */
export function whatWords(t: T, one: Confirmation): string {
  return one.kind === 'role' ? t('access.two.what.role', { role: roleWords(t, one) }) : t(`access.two.what.${one.kind}`)
}

/** Who asked and when: the name, with the one of that day, or the office of somebody whose record these eyes do not see. */
export const byWords = (t: T, name: string | null, at: Date, then: string | null = null): string =>
  t('access.two.by', { name: name ? nameThen(t, name, then) : t('access.two.somebody'), at: formatInstant(at) })

/** Whom it is about. */
export const wholeName = (t: T, one: Pick<Confirmation, 'name' | 'nameThen'>): string =>
  nameThen(t, one.name ?? '–', one.nameThen)

export function StateTag({ t, one }: { t: T; one: Confirmation }) {
  const state = stateOf(one, now())
  return <Tag kind={stateKinds[state]}>{t(`access.two.state.${state}`)}</Tag>
}

function decidedWords(t: T, one: Confirmation): string {
  if (!one.decidedAt) return ''
  if (one.decision === 'first') return t('access.two.firstText')
  return byWords(t, one.decider, one.decidedAt, one.deciderThen)
}

/** What two people ever agreed on about one person, with both names. */
export function History({ t, rows }: { t: T; rows: readonly Confirmation[] }) {
  return (
    <Table<Confirmation>
      caption={t('access.two.history')}
      rows={rows}
      empty={<p>{t('access.two.historyEmpty')}</p>}
      columns={[
        { name: t('access.two.what'), cell: (one) => <a href={`/confirmations/${one.id}`}>{whatWords(t, one)}</a> },
        { name: t('access.two.asked'), cell: (one) => byWords(t, one.proposer, one.proposedAt, one.proposerThen) },
        {
          name: t('access.two.decided'),
          cell: (one) => (
            <>
              <StateTag t={t} one={one} /> {decidedWords(t, one)}
            </>
          ),
        },
      ]}
    />
  )
}
