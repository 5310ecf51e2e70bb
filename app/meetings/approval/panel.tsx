// How is it said on the page of a plan whether somebody else has approved it, and what can be done about it?
import { type FormPage, Tokens } from '../../core/form/form.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import type { PlanStanding } from './approval.server.ts'

type Props = {
  page: FormPage
  caseId: string
  standing: PlanStanding
  /** The case is open and mine to write in, and nothing in it is without an answer. */
  writes: boolean
  whole: boolean
}

const kinds = { none: 'note', asked: 'note', returned: 'attention', changed: 'attention', approved: 'note' } as const

/** One sentence on how it stands, the words of whoever sent it back, and the one step that is mine. */
export function ApprovalPanel({ page, caseId, standing, writes, whole }: Props) {
  const { t } = page
  const { state, mine } = standing
  return (
    <Callout kind={kinds[state]} title={t(`meetings.approval.state.${state}`)}>
      <Said page={page} standing={standing} />
      {standing.words ? <p class="tv-words">{standing.words}</p> : null}
      {writes && mine ? (
        <ButtonLink href={`/cases/${caseId}/plan/approval`}>{t('meetings.approval.do')}</ButtonLink>
      ) : null}
      {writes && state !== 'asked' && state !== 'approved' ? <Ask page={page} caseId={caseId} whole={whole} /> : null}
    </Callout>
  )
}

function Said({ page: { t }, standing }: Pick<Props, 'page' | 'standing'>) {
  const { state, asker, answerer, askedAt, answeredAt, askedBy, answeredBy } = standing
  const self = answeredBy !== null && askedBy === answeredBy
  if (state === 'asked')
    return <p>{t('meetings.approval.askedBy', { who: asker ?? '–', at: askedAt ? formatInstant(askedAt) : '' })}</p>
  if (state === 'none') return <p>{t('meetings.approval.notYours')}</p>
  const said = { who: answerer ?? '–', at: answeredAt ? formatInstant(answeredAt) : '' }
  return (
    <p>
      {t(state === 'returned' ? 'meetings.approval.returnedBy' : 'meetings.approval.approvedBy', said)}{' '}
      {self ? t('meetings.approval.self') : null}
    </p>
  )
}

function Ask({ page, caseId, whole }: Pick<Props, 'page' | 'caseId' | 'whole'>) {
  const { t } = page
  if (!whole) return <p class="tv-quiet">{t('meetings.approval.gaps')}</p>
  return (
    <form method="post" action={`/cases/${caseId}/plan/ask`}>
      <Tokens page={page} />
      <Button kind="secondary">{t('meetings.approval.ask')}</Button>
    </form>
  )
}

/** Where the plan is not the matter of the page: how it stands, and the way to it. */
export function ApprovalLine({ t, caseId, standing }: { t: T; caseId: string; standing: PlanStanding }) {
  return (
    <p>
      {t(`meetings.approval.state.${standing.state}`)}.{' '}
      <a href={`/cases/${caseId}/plan`}>{t(standing.mine ? 'meetings.approval.do' : 'meetings.approval.open')}</a>
    </p>
  )
}
