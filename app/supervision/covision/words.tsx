// When does somebody sit together with others again, in words?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Tag } from '../../ui/tag.tsx'
import { covisionState, type Standing } from '../supervision.ts'

type Props = { t: T; standing: Pick<Standing, 'covisionOn' | 'covisionDue' | 'covisionNext'>; today: string }

/** When it is planned, otherwise by which day it should be; what is late or near is marked. */
export function CovisionWords({ t, standing, today }: Props) {
  const { covisionDue, covisionNext, covisionOn } = standing
  const state = covisionState(standing, today)
  if (state === 'planned') return <>{t('supervision.covision.planned', { date: formatDate(covisionNext ?? '') })}</>
  if (covisionDue === null)
    return <>{covisionOn ? t('supervision.covision.last', { date: formatDate(covisionOn) }) : '–'}</>
  return (
    <>
      {t('supervision.covision.due', { date: formatDate(covisionDue) })}{' '}
      {state === 'overdue' ? <Tag kind="attention">{t('supervision.state.overdue')}</Tag> : null}
      {state === 'soon' ? <Tag kind="wait">{t('supervision.state.soon')}</Tag> : null}
    </>
  )
}
