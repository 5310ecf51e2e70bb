// How is a volunteer asked, without a word about who it is, and how is the answer given?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { shortName } from '../../partners/county.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Radios, Select } from '../../ui/choices.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { hourNames, taskNames } from '../../volunteers/limits/words.ts'
import { acceptProposal, declineProposal, openProposal, type Proposal } from './answer.server.ts'
import { Accept, Decline, declineReasons } from './assignment.ts'

type Props = { page: PageContext<Proposal> }

export const proposalPage = form(
  openProposal,
  acceptProposal,
  { title: 'matching.proposal.tab', body: (page) => <Card page={page} /> },
  (_, { id }) => ({ to: `/assignments/${id}`, said: 'matching.proposal.accepted' }),
)

function Card({ page }: Props) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/assignments">{t('matching.list.own')}</BackLink>
      <h1>{t('matching.proposal.title')}</h1>
      <p class="tv-lead">{t('matching.proposal.lead')}</p>
      <Facts page={page} />
      <Care page={page} />
      <Callout title={t('matching.proposal.conflictTitle')}>
        <p>{t('matching.proposal.conflict')}</p>
        <ul>
          <li>{t('matching.proposal.conflictKnow')}</li>
          <li>{t('matching.proposal.conflictWork')}</li>
          <li>{t('matching.proposal.conflictGain')}</li>
        </ul>
        <p>
          <a href={`/proposals/${data.id}/decline?reason=knows_person`}>{t('matching.proposal.knowPerson')}</a>
        </p>
        <p>
          <a href={`/proposals/${data.id}/decline?reason=knows_place`}>{t('matching.proposal.knowPlace')}</a>
        </p>
      </Callout>
      <Form page={page}>
        <Field page={page} of={Accept} name="noConflict" />
        <div class="govuk-button-group">
          <Button>{t('matching.proposal.accept')}</Button>
          <ButtonLink href={`/proposals/${data.id}/decline`} kind="secondary">
            {t('matching.proposal.decline')}
          </ButtonLink>
        </div>
      </Form>
      <p class="tv-quiet">{t('matching.proposal.after')}</p>
    </div>
  )
}

function Facts({ page: { t, data } }: Props) {
  const { fromOn, untilOn, months } = data
  return (
    <Summary
      rows={[
        { name: t('matching.proposal.county'), value: shortName(data.county) },
        { name: t('matching.proposal.distance'), value: t('matching.goal.distance.why', { steps: data.steps }) },
        { name: t('matching.own.language'), value: t(`cases.language.${data.language}` as Key) },
        {
          name: t('matching.proposal.length'),
          value: t('matching.proposal.period', { from: formatDate(fromOn), until: formatDate(untilOn), months }),
        },
        { name: t('matching.proposal.wish'), value: t(`matching.proposal.sex.${data.wantedSex}` as Key) },
        {
          name: t('matching.proposal.children'),
          value: t(data.withChildren ? 'matching.proposal.withChildren' : 'matching.proposal.noChildren'),
        },
        data.hours.length > 0 && { name: t('cases.need.hours'), value: hourNames(t, data.hours) },
        data.tasks.length > 0 && { name: t('cases.need.tasks'), value: taskNames(t, data.tasks) },
        data.supervisor ? { name: t('matching.proposal.supervisor'), value: data.supervisor } : null,
      ]}
    />
  )
}

/** What every support asks for, and what this one asks for beside; of the danger itself nothing is told before a yes (D8). */
function Care({ page: { t, data } }: Props) {
  return (
    <>
      <h2>{t('matching.proposal.care')}</h2>
      <ul>
        <li>{t('matching.proposal.care.danger')}</li>
        <li>{t('matching.proposal.care.meet')}</li>
        {data.withChildren ? <li>{t('matching.proposal.care.children')}</li> : null}
        {data.tasks.includes('court') ? <li>{t('matching.proposal.care.court')}</li> : null}
        {data.tasks.includes('drive') ? <li>{t('matching.proposal.care.drive')}</li> : null}
        <li>{t('matching.proposal.care.alone')}</li>
      </ul>
    </>
  )
}

export const declinePage = form(
  openProposal,
  declineProposal,
  { title: 'matching.proposal.tab', body: (page) => <Refusal page={page} /> },
  () => ({ to: '/assignments', said: 'matching.decline.done' }),
)

function Refusal({ page }: Props) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/proposals/${data.id}`}>{t('matching.proposal.title')}</BackLink>
      <h1>{t('matching.decline.title')}</h1>
      <p class="tv-lead">{t('matching.decline.lead')}</p>
      <Form page={page}>
        <Reasons page={page} />
        <Field page={page} of={Decline} name="note" />
        <Button>{t('matching.decline.do')}</Button>
      </Form>
    </div>
  )
}

function Reasons({ page }: Props) {
  const { t, data, values, errors } = page
  const towns = (
    <Select
      t={t}
      id="municipality"
      name="municipality"
      label={t('matching.decline.municipality')}
      hint={t('matching.decline.municipalityHint')}
      error={errors.municipality}
      options={data.towns.map(({ code, name }) => ({ value: code, label: name }))}
      value={String(values.municipality ?? '')}
    />
  )
  return (
    <Radios
      t={t}
      id="reason"
      name="reason"
      label={t('matching.decline.reason')}
      error={errors.reason}
      value={typeof values.reason === 'string' ? values.reason : undefined}
      options={declineReasons.map((value) => ({
        value,
        label: t(`matching.decline.${value}`),
        reveal: value === 'knows_place' ? towns : undefined,
      }))}
    />
  )
}
