// What does somebody see of a case into which they were let, and how do they ask for what is hidden in it?
import { fresh } from '../../access/fresh.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { shownOnce } from '../../core/form/shown-once.ts'
import { get, type PageContext, type View } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard } from '../../ui/summary.tsx'
import { rulesWords } from '../contact/contact-words.ts'
import { RiskTag } from '../frame.tsx'
import { type Compartment, hiddenWord, itemWords } from '../identity/reveal.ts'
import { Shown } from '../identity/shown.tsx'
import { RevealGlassFor } from './glass.ts'
import { type GlassCase, openGlass, openRevealGlass, revealGlass } from './look.server.ts'

export const glassCasePage = get(openGlass, { title: 'cases.title.case', body: (page) => <Whole page={page} /> })

type Props = { page: PageContext<GlassCase> }

function Whole({ page }: Props) {
  const { t, data } = page
  const { head } = data
  return (
    <>
      <BackLink href="/break-glass">{t('cases.glass.title')}</BackLink>
      <h1>{head.number}</h1>
      <p class="tv-lead">{`${head.network} · ${t('cases.head.referred', { date: formatDate(head.referredOn) })}`}</p>
      <p>
        <RiskTag t={t} level={head.level} />
      </p>
      <p>{t('cases.glass.readOnly')}</p>
      <div class="tv-columns">
        <div>
          <Facts page={page} />
          {data.words?.why ? (
            <section class="tv-card">
              <h2>{t('cases.card.why')}</h2>
              <p>{data.words.why}</p>
            </section>
          ) : null}
        </div>
        <Hidden page={page} />
      </div>
    </>
  )
}

function Facts({ page: { t, data } }: Props) {
  const { facts, head, words } = data
  const language = t(`cases.language.${facts.language}` as Key)
  return (
    <SummaryCard
      title={t('cases.card.facts')}
      rows={[
        { name: t('cases.field.place'), value: [facts.municipality, head.county].filter(Boolean).join(', ') },
        {
          name: t('cases.field.language'),
          value: facts.interpreter ? `${language}, ${t('cases.field.withInterpreter')}` : language,
        },
        { name: t('cases.fact.childCount'), value: String(facts.childCount) },
        { name: t('cases.safe.title'), value: words?.rules ? rulesWords(t, words.rules) : t('cases.safe.unknown') },
        { name: t('cases.fact.safetyNote'), value: words?.brief?.safetyNote ?? '–' },
        { name: t('cases.fact.agreedTasks'), value: words?.brief?.tasks ?? '–' },
      ]}
    />
  )
}

/** Places stand here only where the ground was danger: otherwise the database tells of none. */
function Hidden({ page }: Props) {
  const { t, data } = page
  const row = (what: Compartment, one: { id: string; kind: string; nth: number | null }) => {
    const name = itemWords(t, what, one)
    return { name, value: <Asking page={page} what={what} item={one.id} about={name} /> }
  }
  return (
    <div>
      <SummaryCard title={t('cases.card.people')} rows={data.people.map((one) => row('identity', one))} />
      {data.glass.reason === 'danger' ? (
        <SummaryCard title={t('cases.card.places')} rows={data.places.map((one) => row('whereabouts', one))} />
      ) : (
        <Callout>
          <p>{t('cases.glass.noPlaces')}</p>
        </Callout>
      )}
    </div>
  )
}

function Asking({ page: { t, data }, what, item, about }: Props & { what: Compartment; item: string; about: string }) {
  return (
    <>
      <span class="tv-reveal__dots" aria-hidden="true">
        ••••••
      </span>{' '}
      <span class="govuk-visually-hidden">{t('ui.reveal.hidden')}</span>
      <a href={`/break-glass/${data.glass.id}/reveal/${what}/${item}`}>
        {t('ui.reveal.action')}
        <span class="govuk-visually-hidden">: {about}</span>
      </a>
    </>
  )
}

type Asked = Awaited<ReturnType<(typeof openRevealGlass)['run']>>

const asking: View<Asked> = {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <div class="tv-narrow">
        <BackLink href={`/break-glass/${data.glass.id}`}>{data.head.number}</BackLink>
        <h1>{t(hiddenWord(data.what, data.kind))}</h1>
        <p>{t('cases.reveal.lead', { minutes: data.minutes })}</p>
        <Form page={page}>
          <Field page={page} of={RevealGlassFor} name="purpose" />
          <Button>{t('cases.reveal.show')}</Button>
        </Form>
      </div>
    )
  },
}

const showing: View<Awaited<ReturnType<(typeof revealGlass)['run']>>> = {
  title: 'cases.title.case',
  closes: ({ until, glass }) => ({ at: until, to: `/break-glass/${glass.id}` }),
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <BackLink href={`/break-glass/${data.glass.id}`}>{data.head.number}</BackLink>
      <Shown t={t} {...data} />
      <ButtonLink href={`/break-glass/${data.glass.id}`}>{t('cases.reveal.done')}</ButtonLink>
    </div>
  ),
}

/** What for is asked first; the value is shown at once, on a page that no browser keeps. */
export const glassRevealPage = fresh(shownOnce(openRevealGlass, revealGlass, asking, showing))
