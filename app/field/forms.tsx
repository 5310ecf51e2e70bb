// How are a visit and a month's report written where there is no network? With the questions of the ordinary pages.
import { Field } from '../core/form/form.tsx'
import type { T } from '../i18n/i18n.ts'
import { WriteReport } from '../support/report/month-report.ts'
import { own, quickMinutes, VisitFields } from '../support/visit/visit.ts'
import { Button, ButtonGroup } from '../ui/buttons.tsx'
import { Radios } from '../ui/choices.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Callout } from '../ui/panel.tsx'
import { Do, Screen, Wrong } from './parts.tsx'

type Props = { t: T }
const blank = (t: T) => ({ t, values: {}, errors: {} })

export function VisitScreen({ t }: Props) {
  const page = blank(t)
  return (
    <Screen name="visit">
      <h1>{t('support.visit.new')}</h1>
      <p class="tv-quiet" data-put="gave-way" hidden />
      <div data-put="before-part" hidden>
        <Callout kind="attention">
          <p data-put="before" />
          <Do what="before">{t('field.half.open')}</Do>
        </Callout>
      </div>
      <form data-form="visit" novalidate autocomplete="off">
        <Wrong />
        <div class="govuk-form-group">
          <label class="govuk-label" for="assignment">
            {t('support.caseNumber')}
          </label>
          <select class="govuk-select" id="assignment" name="assignment" />
        </div>
        <Day t={t} />
        <Field page={page} of={VisitFields} name="way" inline />
        <Minutes t={t} />
        <Field page={page} of={VisitFields} name="note" rows={3} />
        <Field page={page} of={VisitFields} name="expense" width={5} suffix="€" />
        <Field page={page} of={VisitFields} name="expenseNote" width={20} />
        <Field page={page} of={VisitFields} name="danger" />
        <ButtonGroup>
          <Button atOnce>{t('support.visit.save')}</Button>
          <Do what="home" kind="quiet">
            {t('field.leave')}
          </Do>
          <Do what="throw" kind="quiet">
            {t('field.half.throw')}
          </Do>
        </ButtonGroup>
        <p class="govuk-error-message" role="alert" data-put="sure" hidden />
      </form>
    </Screen>
  )
}

// Which day "today" is the device knows when it is saved.
function Day({ t }: Props) {
  const other = (
    <TextInput
      t={t}
      id="otherDay"
      name="otherDay"
      label={t('support.visit.otherDay')}
      hint={t('ui.date.hint')}
      width={10}
    />
  )
  return (
    <Radios
      {...{ t, id: 'day', name: 'day', label: t('support.visit.day'), value: 'today' }}
      options={[
        { value: 'today', label: t('field.day.today') },
        { value: 'yesterday', label: t('field.day.yesterday') },
        { value: own, label: t('support.visit.otherDayChoice'), reveal: other },
      ]}
    />
  )
}

function Minutes({ t }: Props) {
  const other = <Field page={blank(t)} of={VisitFields} name="ownMinutes" suffix="min" />
  return (
    <Radios
      {...{ t, id: 'minutes', name: 'minutes', label: t('support.visit.minutes'), inline: true, small: true }}
      options={[
        ...quickMinutes.map((minutes) => ({ value: String(minutes), label: t('support.visit.quick', { minutes }) })),
        { value: own, label: t('support.visit.ownChoice'), reveal: other },
      ]}
    />
  )
}

export function ReportScreen({ t }: Props) {
  const page = blank(t)
  return (
    <Screen name="report">
      <h1>
        {t('support.report.one')}: <span data-put="name" />
      </h1>
      <p class="tv-lead" data-put="sums" />
      <form data-form="report" novalidate autocomplete="off">
        <Wrong />
        <Field page={page} of={WriteReport} name="summary" />
        <Field page={page} of={WriteReport} name="supervisionNeed" value="no" />
        <ButtonGroup>
          <Button name="step" value="submit" atOnce>
            {t('support.report.submit')}
          </Button>
          <Button name="step" value="save" kind="secondary" atOnce>
            {t('support.report.save')}
          </Button>
          <Do what="home" kind="quiet">
            {t('field.leave')}
          </Do>
        </ButtonGroup>
      </form>
    </Screen>
  )
}
