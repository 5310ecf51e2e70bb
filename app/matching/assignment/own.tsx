// What does a support person see of the case she helps in – as little as helping needs (R11)?
import { SafeRules } from '../../cases/contact/guard-form.tsx'
import { PlanWords } from '../../cases/safety/words.tsx'
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, HelpNumbers } from '../../ui/panel.tsx'
import { Reveal } from '../../ui/record/reveal.tsx'
import { Summary } from '../../ui/summary.tsx'
import type { Opened } from './assignments.server.ts'

type Props = { page: PageContext<Opened> }

export function OwnView({ page }: Props) {
  const { t, data } = page
  const { head, own } = data
  return (
    <div class="tv-narrow">
      <BackLink href="/assignments">{t('matching.list.own')}</BackLink>
      <h1>{own ? head.number : t('matching.proposal.title')}</h1>
      {own ? (
        <Helping page={page} own={own} />
      ) : (
        <ButtonLink href={`/proposals/${head.id}`}>{t('matching.list.answer')}</ButtonLink>
      )}
    </div>
  )
}

type OwnProps = Props & { own: NonNullable<Opened['own']> }

function Helping({ page, own }: OwnProps) {
  const { t, data } = page
  const { head } = data
  const told = (text: string | null) => text ?? <span class="tv-quiet">{t('matching.own.notTold')}</span>
  // Each with what it is for: nothing is shown that the support does not need (D8).
  const why = (what: 'name' | 'tasks' | 'safety', text: string | null) => (
    <>
      {told(text)}
      <div class="tv-quiet">{t(`matching.own.why.${what}`)}</div>
    </>
  )
  return (
    <>
      {own.safetyNote ? (
        <Callout kind="attention" title={t('matching.own.safety')}>
          <p>{own.safetyNote}</p>
          <p class="tv-quiet">{t('matching.own.why.safety')}</p>
        </Callout>
      ) : null}
      <Summary
        rows={[
          { name: t('matching.own.name'), value: why('name', own.givenName) },
          { name: t('matching.own.tasks'), value: why('tasks', own.tasks) },
          own.safetyNote ? null : { name: t('matching.own.safety'), value: why('safety', null) },
          {
            name: t('matching.own.language'),
            value: head.language ? t(`cases.language.${head.language}` as Key) : '–',
          },
          { name: t('matching.list.from'), value: head.startOn ? formatDate(head.startOn) : '–' },
          head.supervisor ? { name: t('matching.proposal.supervisor'), value: head.supervisor } : null,
        ]}
      />
      <Contact page={page} own={own} />
      {own.plan ? (
        <>
          <h2>{t('cases.safety.title')}</h2>
          <p>{t('matching.own.plan')}</p>
          <PlanWords t={t} plan={own.plan} />
        </>
      ) : null}
      <p class="tv-quiet">
        {t('matching.own.recognise')} {t('matching.own.lasts')}
      </p>
      <HelpNumbers t={t} />
    </>
  )
}

function Contact({ page, own }: OwnProps) {
  const { t, data, tokens } = page
  const { head } = data
  return (
    <>
      <h2>{t('matching.own.contact')}</h2>
      <p class="tv-quiet">{t('matching.own.why.contact')}</p>
      <SafeRules t={t} rules={own.rules} />
      {own.unsafeNow.length > 0 ? (
        <Callout kind="danger" title={t('matching.own.notNow')}>
          <p>{t('matching.own.notNowLead')}</p>
        </Callout>
      ) : null}
      <ButtonLink href={`/assignments/${head.id}/contact`} kind="secondary">
        {t('support.next.plan')}
      </ButtonLink>
      {own.places.length === 0 ? (
        <p>{t('matching.own.noContact')}</p>
      ) : (
        <p>
          {t('matching.own.why.places')} {t('matching.own.logged', { minutes: own.minutes })}
        </p>
      )}
      <Summary
        rows={own.places.map((place) => ({
          name: t(`cases.place.${place.kind}` as Key),
          value: (
            <Reveal
              t={t}
              csrf={tokens.csrf}
              action={`/assignments/${head.id}/look/${place.id}`}
              about={t(`cases.place.${place.kind}` as Key)}
            />
          ),
        }))}
      />
    </>
  )
}
