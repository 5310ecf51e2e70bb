// Which questions are asked of those who used violence?
import { Field, type FormPage } from '../../core/form/form.tsx'
import { ends, nameAt, names, Perpetrator, Perpetrators } from './perpetrators.ts'

type Value = (name: string) => string | boolean | undefined

const width = (name: string) => (/^(given|family|national)/.test(name) ? 20 : undefined)

/** One of them, on a page of their own. */
export function PerpetratorFields({ page }: { page: FormPage }) {
  return (
    <>
      {names.map((name) => (
        <Field page={page} of={Perpetrator} name={name} width={width(name)} />
      ))}
    </>
  )
}

/** At the referral: the second and the third are behind a word, so that nobody has to look past empty questions. */
export function PerpetratorsFields({ page, value }: { page: FormPage; value: Value }) {
  const questions = (end: (typeof ends)[number] | '') =>
    names.map((name) => {
      const at = nameAt(name, end)
      return <Field page={page} of={Perpetrators} name={at} value={value(at)} width={width(name)} />
    })
  const filled = (end: (typeof ends)[number]) =>
    names.map((name) => nameAt(name, end)).some((name) => page.values[name] || value(name) || page.errors[name])
  return (
    <>
      <p>{page.t('cases.refer.perpetratorLead')}</p>
      {questions('')}
      {ends.map((end) => (
        <details class="govuk-details" open={filled(end)}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{page.t('cases.perpetrator.another', { nth: Number(end) })}</span>
          </summary>
          <div class="govuk-details__text">{questions(end)}</div>
        </details>
      ))}
    </>
  )
}
