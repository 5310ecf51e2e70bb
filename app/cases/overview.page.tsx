// What is this case, who is in it (hidden until asked for) and what is the next thing to do?

import { Tokens } from '../core/form/form.tsx'
import { get, type PageContext } from '../core/page.tsx'
import { formatDate } from '../i18n/format.ts'
import type { Key, T } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../ui/buttons.tsx'
import { Callout } from '../ui/panel.tsx'
import { SummaryCard, type SummaryRow } from '../ui/summary.tsx'
import { openCase } from './case-file.server.ts'
import { ContactCard } from './contact/card.tsx'
import { CaseFrame, caseHref, mayKnowRisk, stepHref, stepWords } from './frame.tsx'
import { Hidden } from './hidden.tsx'

type Overview = Awaited<ReturnType<(typeof openCase)['run']>>

export const casePage = get(openCase, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <CaseFrame page={page} head={data.head} tab="overview">
        <Ended page={page} />
        <Next page={page} />
        <Before page={page} />
        <div class="tv-columns">
          <div>
            <SummaryCard title={t('cases.card.facts')} rows={factRows(t, data)} />
            <SummaryCard title={t('cases.card.children')} rows={childRows(page)} />
            {data.words ? <Why t={t} why={data.words.why} /> : null}
          </div>
          <div>
            {data.words ? (
              <ContactCard t={t} head={data.head} rules={data.words.rules} safetyOn={data.facts.safetyOn} />
            ) : null}
            <Hidden page={page} />
            {data.words ? <Brief page={page} /> : null}
          </div>
        </div>
        <Rare page={page} />
      </CaseFrame>
    )
  },
})

/** What is done seldom, by those who answer for the case. */
function Rare({ page: { t, data, me } }: { page: PageContext<Overview> }) {
  const { id, number, own, status, leaving } = data.head
  const closed = status === 'closed'
  const leads = own && me.roles.includes('lead')
  if (!leads && !me.roles.some((role) => role === 'coordinator' || role === 'auditor')) return null
  return (
    <p class="tv-quiet">
      <a href={`/erasures/new?number=${number}`}>{t('safekeeping.erasure.link')}</a>
      {leads ? (
        <>
          {' · '}
          <a href={`/cases/${id}/key`}>{t('safekeeping.key.link')}</a>
          {' · '}
          <a href={`/cases/${id}/closing`}>{t(closed ? 'cases.closing.closedTitle' : 'cases.closing.title')}</a>
          {closed || leaving ? null : (
            <>
              {' · '}
              <a href={`/cases/${id}/transfer`}>{t('transfer.send.title')}</a>
            </>
          )}
        </>
      ) : null}
    </p>
  )
}

/** A closed case says so first; how it ended stands on a page of its own. */
function Ended({ page: { t, data } }: { page: PageContext<Overview> }) {
  if (data.head.status === 'open') return null
  return (
    <Callout title={t('cases.closing.closedTitle')}>
      <p>
        {t('cases.closing.readOnly')} <a href={`/cases/${data.head.id}/closing`}>{t('cases.closing.look')}</a>
      </p>
    </Callout>
  )
}

/** Told to the lead alone, and quietly: names alike are no proof. */
function Before({ page: { t, data } }: { page: PageContext<Overview> }) {
  if (!data.known) return null
  return (
    <p>
      {t('cases.repeat.maybe')}. <a href={`/cases/${data.head.id}/repeat`}>{t('cases.repeat.look')}</a>
    </p>
  )
}

/** One decision: the next step, for those who can take it. */
function Next({ page }: { page: PageContext<Overview> }) {
  const { t, data } = page
  const { head } = data
  const told = head.tasks.find((task) => task.kind === 'tell-victim-support')
  // What came with a case from another network is for whoever answers for it now; a member reads that it waits.
  const href = head.next.kind === 'confirm-support' && !page.me.roles.includes('lead') ? null : stepHref[head.next.kind]
  if (head.next.kind === 'none' || !mayKnowRisk(page.me)) return null
  return (
    <Callout kind={head.next.dueOn && head.next.dueOn < head.today ? 'attention' : 'note'} title={t('cases.card.next')}>
      <p>{stepWords(t, head.next, head.today)}</p>
      {head.own && href ? (
        <ButtonLink href={`/cases/${head.id}/${href}`}>{t(`cases.do.${head.next.kind}` as Key)}</ButtonLink>
      ) : null}
      {head.own && told && head.next.kind === 'tell-victim-support' ? (
        <form method="post" action={`/cases/${head.id}/tasks/${told.id}`}>
          <Tokens page={page} />
          <Button>{t('cases.do.tell-victim-support')}</Button>
        </form>
      ) : null}
    </Callout>
  )
}

function factRows(t: T, { head, facts }: Overview): (SummaryRow | null)[] {
  const place = [facts.municipality, head.county].filter(Boolean).join(', ')
  const language = t(`cases.language.${facts.language}` as Key)
  return [
    {
      name: t('cases.fact.source'),
      value: t(`cases.source.${facts.source}` as Key),
      actions: facts.referred ? [{ href: `/cases/${head.id}/referred`, text: t('cases.referred.title') }] : undefined,
    },
    { name: t('cases.field.referredOn'), value: formatDate(head.referredOn) },
    { name: t('cases.field.place'), value: place },
    {
      name: t('cases.field.language'),
      value: facts.interpreter ? `${language}, ${t('cases.field.withInterpreter')}` : language,
    },
    {
      name: t('cases.fact.basis'),
      value: basisWords(t, facts),
      actions: [{ href: caseHref(head.id, 'sharing'), text: t('cases.tab.sharing') }],
    },
    head.own
      ? {
          name: t('cases.refer.part.diversity'),
          value: facts.diversityOn
            ? t('cases.place.recorded', { date: formatDate(facts.diversityOn) })
            : t('cases.diversity.none'),
          actions: [{ href: `/cases/${head.id}/diversity`, text: t('cases.diversity.look') }],
        }
      : null,
    facts.earlierId
      ? { name: t('cases.head.repeat'), value: <a href={caseHref(facts.earlierId)}>{facts.earlierNumber}</a> }
      : null,
  ]
}

function basisWords(t: T, facts: Overview['facts']): string {
  if (facts.legalBasis !== 'consent') return t(`cases.basis.${facts.legalBasis}` as Key)
  return t('cases.basis.consentOn', {
    date: facts.consentOn ? formatDate(facts.consentOn) : '',
    way: t(`cases.consentWay.${facts.consentWay}` as Key).toLowerCase(),
    who: facts.consentRecordedBy ?? '',
  })
}

function childRows({ t, data }: PageContext<Overview>): (SummaryRow | null)[] {
  const { facts, words, head } = data
  const notTold = [t('cases.children.notTold'), words?.notToldWhy].filter(Boolean).join(': ')
  const told = facts.childrenToldOn
    ? [formatDate(facts.childrenToldOn), words?.toldWhom].filter(Boolean).join(' · ')
    : notTold
  const tell = { href: `/cases/${head.id}/children`, text: t('cases.do.tell-child-protection') }
  return [
    { name: t('cases.fact.childCount'), value: String(facts.childCount) },
    facts.childCount > 0
      ? {
          name: t('cases.children.told'),
          value: told,
          actions: head.writes && !facts.childrenToldOn ? [tell] : undefined,
        }
      : null,
  ]
}

function Why({ t, why }: { t: T; why: string | null }) {
  if (!why) return null
  return (
    <section class="tv-card">
      <h2>{t('cases.card.why')}</h2>
      <p>{why}</p>
    </section>
  )
}

function Brief({ page }: { page: PageContext<Overview> }) {
  const { t, data } = page
  const brief = data.words?.brief
  const rows: (SummaryRow | null)[] = [
    { name: t('cases.field.givenName'), value: t(brief?.named ? 'cases.brief.named' : 'cases.brief.notNamed') },
    { name: t('cases.fact.safetyNote'), value: brief?.safetyNote ?? '–' },
    { name: t('cases.fact.agreedTasks'), value: brief?.tasks ?? '–' },
  ]
  return (
    <SummaryCard
      title={t('cases.card.brief')}
      rows={rows}
      actions={data.head.writes ? [{ href: `/cases/${data.head.id}/brief`, text: t('cases.brief.change') }] : undefined}
    />
  )
}
