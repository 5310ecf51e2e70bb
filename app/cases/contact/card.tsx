// What does the page of a case say of how to reach her?
import type { T } from '../../i18n/i18n.ts'
import { SummaryCard } from '../../ui/summary.tsx'
import { rulesWords } from './contact-words.ts'
import type { Rules } from './safe-contact.ts'

type Props = { t: T; head: { id: string; writes: boolean }; rules: Rules | null }

/** The rules in plain words; the number itself stands below, hidden. */
export function ContactCard({ t, head, rules }: Props) {
  const to = `/cases/${head.id}/contact`
  const plan = head.writes ? [{ href: `${to}/plan`, text: t('cases.guard.plan') }] : []
  return (
    <SummaryCard
      title={t('cases.safe.title')}
      rows={[{ name: t('cases.safe.rules'), value: rules ? rulesWords(t, rules) : t('cases.safe.unknown') }]}
      actions={[{ href: to, text: t('cases.safe.look') }, ...plan]}
    />
  )
}
