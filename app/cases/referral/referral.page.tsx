// How does a referral begin and end, and what is said where the victim is a child?
import { fieldMeta } from '../../core/form/fields.ts'
import { Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, Phones } from '../../ui/panel.tsx'
import { SummaryCard, type SummaryRow } from '../../ui/summary.tsx'
import { openCheck, refer } from './refer.server.ts'
import { dropReferral, openStart, startReferral } from './referral.server.ts'
import { type Part, parts, partTitle, schemas } from './referral.ts'

type Start = Awaited<ReturnType<(typeof openStart)['run']>>
type Check = Awaited<ReturnType<(typeof openCheck)['run']>>

export const newCasePage = form(
  openStart,
  startReferral,
  {
    title: 'cases.title.referral',
    body: (page) => {
      const { t, data } = page
      return (
        <div class="tv-narrow">
          <Back page={page} />
          <h1>{t('cases.refer.title')}</h1>
          <p class="tv-lead">{t('cases.refer.lead')}</p>
          <h2>{t('cases.refer.needed')}</h2>
          <ul>
            {parts.map((part) => (
              <li>{t(`cases.refer.needed.${part}`)}</li>
            ))}
          </ul>
          <p>{t('cases.refer.kept')}</p>
          <Form page={page}>
            <Button>{t('cases.refer.start')}</Button>
          </Form>
          {data.journeys.length ? <Unfinished page={page} /> : null}
        </div>
      )
    },
  },
  (result) => `/cases/new/${result.journey}/source`,
)

/** To the list of cases; whoever sees none goes back to what they have sent. */
function Back({ page: { t, data } }: { page: PageContext<Start> }) {
  return data.outside ? (
    <BackLink href="/">{t('home.tab')}</BackLink>
  ) : (
    <BackLink href="/cases">{t('cases.list.title')}</BackLink>
  )
}

function Unfinished({ page }: { page: PageContext<Start> }) {
  const { t, data } = page
  return (
    <section>
      <h2>{t('cases.refer.unfinished')}</h2>
      {data.journeys.map((journey) => (
        <div class="tv-card tv-card--quiet">
          <p>{t('cases.refer.savedAt', { at: formatInstant(journey.updatedAt) })}</p>
          <ButtonGroup>
            <ButtonLink href={`/cases/new/${journey.id}/check`} kind="secondary">
              {t('cases.refer.goOn')}
            </ButtonLink>
            <ButtonLink href={`/cases/new/${journey.id}/drop`} kind="quiet">
              {t('cases.refer.drop')}
            </ButtonLink>
          </ButtonGroup>
        </div>
      ))}
    </section>
  )
}

export const dropReferralPage = form(
  openCheck,
  dropReferral,
  {
    title: 'cases.title.referral',
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href="/cases/new">{page.t('ui.back')}</BackLink>
        <h1>{page.t('cases.refer.drop')}</h1>
        <p>{page.t('cases.refer.dropLead')}</p>
        <Form page={page}>
          <Button kind="danger">{page.t('cases.refer.drop')}</Button>
        </Form>
      </div>
    ),
  },
  () => ({ to: '/cases/new', said: 'cases.refer.dropped' }),
)

/** The path for a child: what to do now, with the numbers to call; nothing that was typed has been kept (R6). */
export const childProtectionPage = get(openStart, {
  title: 'cases.title.referral',
  body: (page) => {
    const { t } = page
    return (
      <div class="tv-narrow">
        <Back page={page} />
        <h1>{t('cases.minor.title')}</h1>
        <p class="tv-lead">{t('cases.minor.lead')}</p>
        <Callout kind="danger" title={t('cases.minor.now')}>
          <p>
            <Phones text={t('cases.minor.danger')} />
          </p>
        </Callout>
        <ol>
          <li>{t('cases.minor.step.municipality')}</li>
          <li>
            <Phones text={t('cases.minor.step.helpline')} />
          </li>
          <li>{t('cases.minor.step.parent')}</li>
        </ol>
        <p>{t('cases.minor.nothingKept')}</p>
      </div>
    )
  },
})

export const checkPage = form(
  openCheck,
  refer,
  {
    title: 'cases.title.referral',
    body: (page) => {
      const { t, data } = page
      const { missing } = data
      return (
        <div class="tv-narrow">
          <BackLink href={`/cases/new/${data.journey}/${missing ?? parts.at(-1)}`}>{t('ui.back')}</BackLink>
          <h1>{t('cases.refer.check')}</h1>
          {parts.map((part) => (
            <PartCard page={page} part={part} />
          ))}
          {missing ? (
            <ButtonLink href={`/cases/new/${data.journey}/${missing}`}>{t('cases.refer.goOn')}</ButtonLink>
          ) : (
            <Form page={page}>
              {data.goesTo ? <p>{t('cases.refer.goesTo', { network: data.goesTo })}</p> : null}
              <p>{t('cases.refer.sendLead')}</p>
              <Button>{t('cases.refer.send')}</Button>
            </Form>
          )}
        </div>
      )
    },
  },
  (result) =>
    result.referral
      ? { to: '/', said: 'cases.refer.sent' }
      : { to: `/cases/${result.id}`, said: result.repeat ? 'cases.refer.doneRepeat' : 'cases.refer.done' },
)

function PartCard({ page, part }: { page: PageContext<Check>; part: Part }) {
  const { t, data } = page
  const given = data.answers[part]
  const change = { href: `/cases/new/${data.journey}/${part}`, text: t('cases.refer.change') }
  if (!given)
    return (
      <SummaryCard
        title={t(partTitle(part))}
        rows={[{ name: t('cases.refer.unanswered'), value: '–' }]}
        actions={[change]}
      />
    )
  const rows = Object.entries(schemas[part].shape).map(([name, schema]): SummaryRow | null => {
    const typed = given[name]
    const meta = fieldMeta(schema)
    if (!typed || !meta.label) return null
    // The second and the third adult in danger, or perpetrator, are asked the same.
    const nth = part === 'others' || part === 'perpetrator' ? /\d$/.exec(name)?.[0] : undefined
    const label = t(meta.label)
    return { name: nth ? t('cases.adult.nth', { nth, label }) : label, value: shown(page, name, typed, meta.options) }
  })
  return <SummaryCard title={t(partTitle(part))} rows={rows} actions={[change]} />
}

/** An answer as it is said: the word of a choice, the name of a place, a date in full. */
function shown(
  { t, data }: PageContext<Check>,
  name: string,
  typed: string,
  options?: readonly { value: string; label: Key }[],
) {
  const label = options?.find((option) => option.value === typed)?.label
  if (label) return t(label)
  if (name === 'network') return data.networks.find(({ id }) => id === typed)?.name ?? typed
  if (name === 'place')
    return [...data.municipalities, ...data.counties].find(({ code }) => code === typed)?.name ?? typed
  if (name === 'municipality') return data.municipalities.find(({ code }) => code === typed)?.name ?? typed
  if (typed === 'yes') return t('cases.answer.yes')
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) ? formatDate(typed) : typed
}
