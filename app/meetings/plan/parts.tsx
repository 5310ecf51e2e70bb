// How are the state of an action, what is still open and a line of the matrix told on every page?
import { Keeping, whenWords } from '../../cases/contact/guard-form.tsx'
import type { PlannedContact } from '../../cases/contact/plans.server.ts'
import type { Locale, T } from '../../i18n/i18n.ts'
import { Callout } from '../../ui/panel.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { type Action, type ActionState, type Gap, isOverdue, type MatrixRow } from './action.ts'

const stateKinds: Record<ActionState, TagKind> = {
  open: 'wait',
  done: 'ok',
  not_done: 'attention',
  impossible: 'neutral',
}

export function ActionTag({ t, action, today }: { t: T; action: Pick<Action, 'state' | 'dueOn'>; today: string }) {
  if (isOverdue(action, today)) return <Tag kind="danger">{t('meetings.plan.state.overdue')}</Tag>
  return <Tag kind={stateKinds[action.state]}>{t(`meetings.plan.state.${action.state}`)}</Tag>
}

/** "Tegevuskavas vastuseta: 3 riski, 1 laps": a case does not end with a silent gap. */
export function Gaps({ t, gaps }: { t: T; gaps: readonly Gap[] }) {
  if (gaps.length === 0) return null
  const words = gaps.map(({ kind, missing }) => t(`meetings.gaps.${kind}`, { count: missing })).join(', ')
  return (
    <Callout kind="attention" title={t('meetings.gaps.title')}>
      <p>{words}</p>
    </Callout>
  )
}

/** What the row is about, in the person's language. */
export const rowWords = (t: T, locale: Locale, row: MatrixRow): string =>
  row.question?.[locale] ?? t(`meetings.matrix.${row.kind === 'risk' ? 'perpetrator' : row.kind}`, { nth: row.nth })

/** "Helistamine, 30.11.2026 kell 10.00", each with whether it still keeps to her word. */
export function Planned({ t, plans }: { t: T; plans: readonly PlannedContact[] }) {
  return (
    <>
      {plans.map((plan) => (
        <div>
          {[t(`cases.contact.way.${plan.channel}`), plan.person, whenWords(t, plan)].filter(Boolean).join(', ')}{' '}
          <Keeping t={t} plan={plan} />
        </div>
      ))}
    </>
  )
}
