// What does the page of a case say of how to reach her, and of her plan for when it gets dangerous?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { SummaryCard } from '../../ui/summary.tsx'
import { rulesWords } from './contact-words.ts'
import type { Rules } from './safe-contact.ts'

type Props = { t: T; head: { id: string; writes: boolean }; rules: Rules | null; safetyOn: string | null }

/** The rules in plain words; the number itself stands below, hidden. */
export function ContactCard({ t, head, rules, safetyOn }: Props) {
  const to = `/cases/${head.id}/contact`
  const plan = head.writes ? [{ href: `${to}/plan`, text: t('cases.guard.plan') }] : []
  const make = head.writes && !safetyOn
  return (
    <SummaryCard
      title={t('cases.safe.title')}
      rows={[
        { name: t('cases.safe.rules'), value: rules ? rulesWords(t, rules) : t('cases.safe.unknown') },
        {
          name: t('cases.safety.title'),
          value: safetyOn ? t('cases.place.recorded', { date: formatDate(safetyOn) }) : t('cases.safety.not'),
          actions: [
            make
              ? { href: `/cases/${head.id}/safety/edit`, text: t('cases.safety.make') }
              : { href: `/cases/${head.id}/safety`, text: t('cases.safe.look') },
          ],
        },
      ]}
      actions={[{ href: to, text: t('cases.safe.look') }, ...plan]}
    />
  )
}
