// What would a round of these days look at and tell, and how is it drawn?
import { Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { DateInput, TextInput } from '../../ui/fields.tsx'
import { Callout } from '../../ui/panel.tsx'
import { boundsOf } from './exact.ts'
import { drawRound, planRound } from './rounds.server.ts'
import { atMostPercent } from './sample.ts'

type PlanPage = PageContext<Awaited<ReturnType<(typeof planRound)['run']>>>

export const newRoundPage = form(
  planRound,
  drawRound,
  { title: 'supervision.sample.tab', body: (page) => <NewRound page={page} /> },
  ({ id, scope }) => ({
    to: scope === 'own' ? `/supervision/samples/${id}` : `/samples/${id}`,
    said: 'supervision.sample.drawn',
  }),
)

function NewRound({ page }: { page: PlanPage }) {
  const { t, data, errors } = page
  const { scope, days, plan } = data
  const words = Object.fromEntries(Object.entries(data.wrong).map(([name, { key, args }]) => [name, t(key, args)]))
  const asked = { ...page, errors: { ...words, ...errors } }
  return (
    <div class="tv-narrow">
      <BackLink href={scope === 'own' ? '/supervision/samples' : '/samples'}>{t('supervision.sample.tab')}</BackLink>
      <h1>{t('supervision.sample.new')}</h1>
      <p class="tv-lead">{t(scope === 'own' ? 'supervision.sample.newOwn' : 'supervision.sample.newCountry')}</p>
      <form method="get" action="/supervision/samples/new" novalidate>
        <input type="hidden" name="scope" value={scope} />
        <Asked page={asked} days={days} />
        <Button kind="secondary">{t('supervision.sample.reckon')}</Button>
      </form>
      {plan ? <Plan page={page} plan={plan} /> : null}
    </div>
  )
}

type Days = PlanPage['data']['days']

function Asked({ page, days }: { page: Pick<PlanPage, 't' | 'errors'>; days: Days }) {
  const { t, errors } = page
  const date = (name: 'fromOn' | 'toOn') => {
    const value = String(days[name] ?? '')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value
  }
  const field = (name: 'percent' | 'confidence') => (
    <TextInput
      {...{ t, id: name, name, error: errors[name], value: String(days[name] ?? ''), width: 3, suffix: '%' }}
      label={t(`supervision.sample.${name}`)}
      hint={t(`supervision.sample.${name}Hint`)}
      inputMode="numeric"
    />
  )
  return (
    <>
      <DateInput
        {...{ t, id: 'fromOn', name: 'fromOn', error: errors.fromOn, value: date('fromOn') }}
        label={t('supervision.sample.from')}
      />
      <DateInput
        {...{ t, id: 'toOn', name: 'toOn', error: errors.toOn, value: date('toOn') }}
        label={t('supervision.sample.to')}
      />
      {field('percent')}
      {field('confidence')}
    </>
  )
}

function Plan({ page, plan }: { page: PlanPage; plan: NonNullable<PlanPage['data']['plan']> }) {
  const { t, data } = page
  const { entries, closed, volunteers, size, until } = plan
  const { scope, days } = data
  if (plan.taken) return <Callout kind="attention">{t('supervision.sample.taken')}</Callout>
  if (entries === 0) return <Callout>{t('supervision.sample.nothing')}</Callout>
  const confidence = Number(days.confidence)
  const { most } = boundsOf({ of: entries, drawn: size, looked: size, found: 0 }, confidence)
  return (
    <>
      <Callout title={t('supervision.sample.plan')}>
        <p>{t('supervision.sample.planCount', { entries, volunteers, size })}</p>
        {size === entries ? (
          <p>{t('supervision.sample.planAll')}</p>
        ) : (
          <>
            <p>{t('supervision.sample.planSays', { confidence, percent: atMostPercent(most, entries) })}</p>
            <p>{t('supervision.sample.planMore', { flagged: plan.flagged })}</p>
          </>
        )}
        {closed > 0 ? <p>{t('supervision.sample.closed', { closed })}</p> : null}
      </Callout>
      <Form page={page}>
        <input type="hidden" name="scope" value={scope} />
        {(['fromOn', 'toOn', 'percent', 'confidence'] as const).map((name) => (
          <input type="hidden" name={name} value={String(days[name] ?? '')} />
        ))}
        <p>{t('supervision.sample.once', { date: formatDate(until) })}</p>
        <Button>{t('supervision.sample.draw', { size })}</Button>
      </Form>
    </>
  )
}
