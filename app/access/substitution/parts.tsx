// How are a substitution's days and its state shown?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { type Substitution, stateOf } from './substitution.ts'

/** "01.12.2026 – 14.12.2026" */
export const termWords = (t: T, { validFrom, validTo }: Pick<Substitution, 'validFrom' | 'validTo'>) =>
  t('access.substitution.fromTo', { from: formatDate(validFrom), to: formatDate(validTo) })

const kinds: Record<ReturnType<typeof stateOf>, TagKind> = {
  asked: 'wait',
  planned: 'neutral',
  running: 'ok',
  over: 'neutral',
}

export function State({ t, one, today }: { t: T; one: Substitution; today: string }) {
  const state = stateOf(one, today)
  return <Tag kind={kinds[state]}>{t(`access.substitution.state.${state}`)}</Tag>
}
