// Which questions are asked of other adults in danger, in a referral and later?
import { Field, type FormPage } from '../../core/form/form.tsx'
import { Radios } from '../../ui/choices.tsx'
import { Adult, nameAt, Others, slots } from './adult.ts'

type Slot = (typeof slots)[number]
type Value = (name: string) => string | boolean | undefined

const names = Object.keys(Adult.shape) as (keyof Adult)[]
const rows = (name: string) => (name === 'atRisk' ? 3 : undefined)
const width = (name: string) => (/^(given|family|national)/.test(name) ? 20 : undefined)

/** One of them, on a page of their own. */
export function AdultFields({ page }: { page: FormPage }) {
  return (
    <>
      {names.map((name) => (
        <Field page={page} of={Adult} name={name} rows={rows(name)} width={width(name)} />
      ))}
    </>
  )
}

const filled = (page: FormPage, value: Value, end: Slot) =>
  names.map((name) => nameAt(name, end)).some((name) => page.values[name] || value(name) || page.errors[name])

/** Up to three at the referral: the second and the third are behind a word, so that nobody has to look past empty questions. */
export function OthersFields({ page, value }: { page: FormPage; value: Value }) {
  const { t } = page
  const questions = (end: Slot) =>
    names.map((name) => {
      const at = nameAt(name, end)
      return <Field page={page} of={Others} name={at} value={value(at)} rows={rows(name)} width={width(name)} />
    })
  const more = slots.slice(1).map((end) => (
    <details class="govuk-details" open={filled(page, value, end)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t('cases.adult.another', { nth: Number(end) })}</span>
      </summary>
      <div class="govuk-details__text">{questions(end)}</div>
    </details>
  ))
  const before = page.values.anyAdult ?? value('anyAdult')
  return (
    <Radios
      {...{ t, id: 'anyAdult', name: 'anyAdult', label: t('cases.adult.any'), hint: t('cases.adult.anyHint') }}
      error={page.errors.anyAdult}
      value={typeof before === 'string' && before ? before : undefined}
      options={[
        {
          value: 'yes',
          label: t('cases.answer.yes'),
          reveal: (
            <>
              {questions('')}
              <div>{more}</div>
            </>
          ),
        },
        { value: 'no', label: t('cases.answer.no') },
      ]}
    />
  )
}
