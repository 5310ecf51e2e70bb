// Whose flag may be lifted, many at once, after a last look at which they are?
import { Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Checkboxes } from '../../ui/choices.tsx'
import { type Flag, liftFlags, listFlags, openFlags } from './flags.server.ts'

export const flagsPage = get(listFlags, {
  title: 'cases.title.list',
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <BackLink href="/cases">{t('cases.list.title')}</BackLink>
      <h1>{t('cases.flag.title')}</h1>
      {data.flags.length === 0 ? null : <p class="tv-lead">{t('cases.flag.lead')}</p>}
      {data.flags.length === 0 ? (
        <p class="tv-empty">{t('cases.flag.empty')}</p>
      ) : (
        <form method="get" action="/cases/flags/lift">
          <Checkboxes
            t={t}
            id="case"
            name="case"
            label={t('cases.flag.choose')}
            options={data.flags.map((flag) => ({ value: flag.id, label: flag.number, hint: flagLine(t, flag) }))}
            values={[]}
          />
          <Button>{t('cases.flag.goOn')}</Button>
        </form>
      )}
    </div>
  ),
})

/** `Lõpetatud 26.11.2025: eesmärk saavutati · märge kuni 26.11.2026 · viimati: parem`. */
function flagLine(t: T, flag: Flag): string {
  const words = [
    flag.closedOn
      ? t('cases.flag.closed', {
          date: formatDate(flag.closedOn),
          why: t(`cases.closing.because.${flag.reason}` as Key).toLowerCase(),
        })
      : t('cases.flag.heard', { date: formatDate(flag.since) }),
    t('cases.flag.until', { date: formatDate(flag.until) }),
    flag.lastState
      ? t('cases.flag.last', { state: t(`cases.follow.state.${flag.lastState}` as Key).toLowerCase() })
      : null,
  ]
  return words.filter((word) => word !== null).join(' · ')
}

export const liftFlagsPage = form(
  openFlags,
  liftFlags,
  {
    title: 'cases.title.list',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href="/cases/flags">{page.t('cases.flag.title')}</BackLink>
        <h1>{page.t('cases.flag.confirmTitle', { count: page.data.flags.length })}</h1>
        <Lift page={page} />
      </div>
    ),
  },
  () => ({ to: '/cases/flags', said: 'cases.flag.done' }),
)

function Lift({ page }: { page: PageContext<{ flags: Flag[] }> }) {
  const { t, data } = page
  if (data.flags.length === 0) return <p class="tv-lead">{t('cases.flag.noneChosen')}</p>
  return (
    <>
      <p class="tv-lead">{t('cases.flag.confirmLead')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {data.flags.map((flag) => (
          <li>
            {flag.number} – {flagLine(t, flag)}
          </li>
        ))}
      </ul>
      <Form page={page}>
        {data.flags.map((flag) => (
          <input type="hidden" name="case" value={flag.id} />
        ))}
        <Button>{t('cases.flag.lift')}</Button>
      </Form>
    </>
  )
}
