// How is a safety plan read: by the network, and by whoever helps her?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Summary } from '../../ui/summary.tsx'
import { type SafetyPlan, steps } from './safety-plan.ts'

/** What stands in it, without empty lines; then with whom and when it was gone through. */
export function PlanWords({ t, plan }: { t: T; plan: SafetyPlan }) {
  return (
    <Summary
      rows={[
        ...steps.map((step) => {
          const value = plan[step]
          return value ? { name: t(`cases.safety.${step}`), value: <span class="tv-words">{value}</span> } : null
        }),
        plan.keptAt ? { name: t('cases.safety.keptAt'), value: plan.keptAt } : null,
        {
          name: t('cases.safety.reviewed'),
          value: `${formatDate(plan.reviewedOn)} · ${t(`cases.safety.with.${plan.madeWith}`)}`,
        },
      ]}
    />
  )
}
