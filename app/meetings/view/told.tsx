// How is it shown what she wants herself, or that nobody knows it yet?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { SummaryCard } from '../../ui/summary.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { View, ViewState } from './view.ts'

const stateKinds: Record<ViewState, TagKind> = { asked: 'ok', not_asked: 'neutral', missing: 'attention' }

export function ViewTag({ t, state }: { t: T; state: ViewState }) {
  return <Tag kind={stateKinds[state]}>{t(`meetings.view.state.${state}`)}</Tag>
}

/** Her own words, with who asked and when; or why nobody did. */
export function Told({ t, view, change }: { t: T; view: View; change: string | null }) {
  const asked = view.on
    ? [view.askedBy ?? t('meetings.view.support'), formatDate(view.on), view.way && t(`cases.contact.way.${view.way}`)]
    : null
  return (
    <SummaryCard
      title={t('meetings.view.title')}
      actions={change ? [{ href: change, text: t('meetings.view.change') }] : undefined}
      rows={[
        view.wants !== null && { name: t('meetings.view.wants'), value: view.wants },
        view.fears !== null && { name: t('meetings.view.fears'), value: view.fears },
        view.safer !== null && { name: t('meetings.view.safer'), value: view.safer },
        view.why !== null && { name: t('meetings.view.why'), value: view.why },
        asked && { name: t('meetings.view.asking'), value: asked.filter(Boolean).join(' · ') },
        { name: t('meetings.view.recorded'), value: `${view.by} · ${formatDate(view.at)}` },
      ]}
    />
  )
}
