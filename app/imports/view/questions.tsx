// What has only a person an answer to: whom was meant, and who guides?
import type { PageContext } from '../../core/page.tsx'
import { Radios } from '../../ui/choices.tsx'
import { TextInput } from '../../ui/fields.tsx'

type Candidate = { key: string; label: string; taken: boolean }
export type Question = {
  id: string
  name: string
  caseNumber: string
  rows: number
  candidates: Candidate[]
  chosen: string
}
type Named = { place: number; name: string; volunteers: number; chosen: string }
type Page = Pick<PageContext<unknown>, 't' | 'values' | 'errors'>

const typed = (page: Page, name: string, fallback: string) =>
  typeof page.values[name] === 'string' ? (page.values[name] as string) : fallback

/** Rows of hours that name one of several people: each question once, however many rows wait for it. */
export function Questions({ page, questions }: { page: Page; questions: Question[] }) {
  const { t } = page
  if (questions.length === 0) return null
  return (
    <section class="tv-narrow">
      <h2>{t('imports.question.title')}</h2>
      <p>{t('imports.question.text')}</p>
      {questions.map(({ id, name, caseNumber, rows, candidates, chosen }) => (
        <Radios
          t={t}
          id={`choice.${id}`}
          name={`choice.${id}`}
          label={t('imports.question.who', { name, number: caseNumber, rows })}
          error={page.errors[`choice.${id}`]}
          value={typed(page, `choice.${id}`, chosen)}
          small
          hint={refusedWords(t, candidates)}
          options={[
            ...candidates.filter(({ taken }) => taken).map(({ key, label }) => ({ value: key, label })),
            { value: '', label: t('imports.question.unknown') },
          ]}
        />
      ))}
    </section>
  )
}

// Somebody whose row was refused is named all the same: otherwise the only name left would look like the answer.
function refusedWords(t: Page['t'], candidates: Candidate[]): string | undefined {
  const labels = candidates.filter(({ taken }) => !taken).map(({ label }) => label)
  return labels.length > 0 ? t('imports.question.refused', { people: labels.join(' · ') }) : undefined
}

type SupervisorsProps = { page: Page; waiting: { supervisors: Named[]; people: { id: string; name: string }[] } }

/** The supervisors the workbook names: somebody of the register, somebody new, or nobody yet. */
export function Supervisors({ page, waiting: { supervisors, people } }: SupervisorsProps) {
  const { t } = page
  if (supervisors.length === 0) return null
  return (
    <section class="tv-narrow">
      <h2>{t('imports.supervisor.title')}</h2>
      <p>{t('imports.supervisor.text')}</p>
      {supervisors.map(({ place, name, volunteers, chosen }) => (
        <Radios
          t={t}
          id={`supervisor.${place}`}
          name={`supervisor.${place}`}
          label={t('imports.supervisor.who', { name, volunteers })}
          error={page.errors[`supervisor.${place}`]}
          value={typed(page, `supervisor.${place}`, chosen.includes('@') ? 'new' : chosen)}
          small
          options={[
            { value: '', label: t('imports.supervisor.later') },
            ...people.map((person) => ({ value: person.id, label: person.name })),
            {
              value: 'new',
              label: t('imports.supervisor.new'),
              reveal: <Email page={page} place={place} chosen={chosen} />,
            },
          ]}
        />
      ))}
    </section>
  )
}

function Email({ page, place, chosen }: { page: Page; place: number; chosen: string }) {
  const name = `email.${place}`
  return (
    <TextInput
      t={page.t}
      id={name}
      name={name}
      type="email"
      label={page.t('imports.supervisor.email')}
      hint={page.t('imports.supervisor.emailHint')}
      error={page.errors[name]}
      value={typed(page, name, chosen.includes('@') ? chosen : '')}
      maxLength={200}
    />
  )
}
