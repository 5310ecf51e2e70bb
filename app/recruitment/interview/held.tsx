// What was said in the interviews with somebody?
import { formatDate } from '../../i18n/format.ts'
import type { Locale, T } from '../../i18n/i18n.ts'
import { Summary } from '../../ui/summary.tsx'
import type { Interview } from './interviews.server.ts'

/** Each with the questions as they were asked. */
export function HeldInterviews({ t, locale, held }: { t: T; locale: Locale; held: readonly Interview[] }) {
  return (
    <>
      {held.map((one) => (
        <section>
          <h2>{t('recruitment.interview.held', { date: formatDate(one.heldOn) })}</h2>
          <p class="tv-quiet">{`${one.by} · ${t('recruitment.guide.version', { version: one.guide.version })}`}</p>
          <Summary
            rows={[
              { name: t('recruitment.interview.conclusion'), value: t(`recruitment.conclusion.${one.conclusion}`) },
              ...(one.answers ?? []).map((answer, nth) =>
                answer
                  ? { name: one.guide.questions[nth]?.[locale] ?? '', value: <span class="tv-written">{answer}</span> }
                  : null,
              ),
            ]}
          />
        </section>
      ))}
    </>
  )
}
