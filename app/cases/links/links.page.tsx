// How does the case worker see that somebody who helps may know somebody of her case, and how does she answer?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { kindOf, type LinkClass } from '../../volunteers/circle/circle.ts'
import { CaseFormFrame, caseHref } from '../frame.tsx'
import { dropFact, openFacts, tellFact } from './facts.server.ts'
import { LinkTag } from './glance.tsx'
import { AnswerLink, type LinkLine, type PairLine, TellFact } from './link.ts'
import { answerLink, openLinks, openPair } from './links.server.ts'

type Found = Awaited<ReturnType<typeof openLinks.run>>
type One = Awaited<ReturnType<typeof openPair.run>>
type Facts = Awaited<ReturnType<typeof openFacts.run>>

/** "vägivallatseja: telefoninumber, nimi" – each person of the case once. */
function whom(t: T, links: readonly LinkLine[]): string[] {
  return [...Map.groupBy(links, (link) => link.about)].map(([about, own]) => {
    const kinds = [...new Set(own.map((link) => kindOf(link.class as LinkClass)))]
    return `${t(`cases.link.about.${about}`)}: ${kinds.map((kind) => t(`cases.link.kind.${kind}`).toLowerCase()).join(', ')}`
  })
}

/** A code is read as one word: its hyphen breaks no line. */
const helperOf = (t: T, pair: PairLine) =>
  pair.helper ? (
    <span class="tv-nowrap">{t('cases.link.helper', { code: pair.helper })}</span>
  ) : (
    t('cases.link.somebody')
  )

export const linksPage = get(openLinks, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <CaseFormFrame t={t} head={data.head} tab="support" title="cases.link.title">
        <p class="tv-lead">{t('cases.link.lead')}</p>
        {data.pairs.length === 0 ? <p>{t('cases.link.none')}</p> : null}
        {data.pairs.map((pair) => (
          <Pair page={page} pair={pair} />
        ))}
        <p>
          <a href={`/cases/${data.head.id}/known`}>{t('cases.link.factsOpen')}</a>
        </p>
      </CaseFormFrame>
    )
  },
})

function Pair({ page, pair }: { page: PageContext<Found>; pair: PairLine }) {
  const { t, data } = page
  const links = data.links.filter((link) => link.pairId === pair.pairId)
  return (
    <section>
      <h2>
        {helperOf(t, pair)} <LinkTag t={t} state={pair.state} />
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {whom(t, links).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <p class="tv-quiet">
        {t(pair.strong ? 'cases.link.strong' : 'cases.link.weak')}{' '}
        {t('cases.link.found', { date: formatDate(isoDate(pair.foundAt)) })}
      </p>
      <Words t={t} said={data.said.filter((word) => word.pairId === pair.pairId)} />
      {data.head.writes ? (
        <ButtonLink
          kind={pair.state === 'open' ? 'primary' : 'secondary'}
          href={`/cases/${data.head.id}/links/${pair.pairId}`}
        >
          {t(pair.state === 'open' ? 'cases.link.answer' : 'cases.link.answerAgain')}
        </ButtonLink>
      ) : null}
    </section>
  )
}

function Words({ t, said }: { t: T; said: Found['said'] }) {
  if (said.length === 0) return null
  return (
    <ul class="govuk-list">
      {said.map((word) => (
        <li>
          {`${formatDate(isoDate(word.recordedAt))} ${word.by}: ${t(`cases.link.said.${word.kind}` as 'cases.link.said.asked')}`}
          {word.reason ? ` – ${word.reason}` : null}
        </li>
      ))}
    </ul>
  )
}

export const answerLinkPage = form(
  openPair,
  answerLink,
  { title: 'cases.title.case', body: (page) => <Answer page={page} /> },
  (_result, params) => ({ to: `/cases/${params.id}/links`, said: 'cases.link.answered' }),
)

function Answer({ page }: { page: PageContext<One> }) {
  const { t, data } = page
  const { pair } = data
  const links = data.links.filter((link) => link.pairId === pair.pairId)
  return (
    <div class="tv-narrow">
      <BackLink href={`/cases/${data.head.id}/links`}>{t('cases.link.title')}</BackLink>
      <h1>{t('cases.link.question')}</h1>
      <Summary
        rows={[
          { name: t('cases.link.who'), value: helperOf(t, pair) },
          { name: t('cases.link.whom'), value: whom(t, links).map((line) => <div>{line}</div>) },
          { name: t('cases.link.how'), value: t(pair.strong ? 'cases.link.strong' : 'cases.link.weak') },
        ]}
      />
      <Callout>
        <p>{t('cases.link.think')}</p>
        {pair.running ? <p>{t('cases.link.runningThink')}</p> : null}
      </Callout>
      <Form page={page}>
        <KeptNow
          page={page}
          of={AnswerLink}
          version={data.answer?.id ?? null}
          kept={{ verdict: data.answer?.kind, reason: data.answer?.reason }}
        />
        <Field page={page} of={AnswerLink} name="verdict" />
        <Field page={page} of={AnswerLink} name="reason" rows={3} />
        <Button>{t('cases.link.save')}</Button>
      </Form>
    </div>
  )
}

export const linkFactsPage = form(
  openFacts,
  tellFact,
  { title: 'cases.title.case', body: (page) => <Known page={page} /> },
  (_result, params) => ({ to: `/cases/${params.id}/known`, said: 'cases.link.told' }),
)

export const dropFactAction = action(dropFact, (_result, params) => ({
  to: `/cases/${params.id}/known`,
  said: 'cases.link.dropped',
}))

function Known({ page }: { page: PageContext<Facts> }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={caseHref(data.head.id, 'support')}>{data.head.number}</BackLink>
      <h1>{t('cases.link.factsTitle')}</h1>
      <p class="tv-lead">{t('cases.link.factsLead')}</p>
      <p>{t('cases.link.factsKept')}</p>
      {data.facts.length > 0 ? <h2>{t('cases.link.factsNow')}</h2> : null}
      <ul class="govuk-list">
        {data.facts.map((fact) => {
          const name = `${t(`cases.link.about.${fact.about}`)}: ${t(`cases.link.kind.${fact.kind}`).toLowerCase()}`
          return (
            <li>
              <form method="post" action={`/cases/${data.head.id}/known/${fact.id}/drop`}>
                <Tokens page={page} />
                {name} <span class="tv-quiet">{formatDate(isoDate(fact.recordedAt))}</span>{' '}
                {data.head.writes ? (
                  <Button kind="quiet" about={name}>
                    {t('cases.link.drop')}
                  </Button>
                ) : null}
              </form>
            </li>
          )
        })}
      </ul>
      {data.head.writes ? (
        <>
          <h2>{t('cases.link.factsAdd')}</h2>
          <Form page={page}>
            <Field page={page} of={TellFact} name="about" />
            <Field page={page} of={TellFact} name="kind" />
            <Field page={page} of={TellFact} name="value" />
            <Button>{t('cases.link.factsSave')}</Button>
          </Form>
        </>
      ) : null}
    </div>
  )
}
