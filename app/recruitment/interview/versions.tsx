// How do the versions of a list of questions look, and how is the next one written?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { locales } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { fieldsOf, type Questions, type writeQuestions } from './questions.ts'

export type VersionsPage = PageContext<[Questions, ...Questions[]]>

/** The newest first; a proposal of ours has nobody who wrote it. */
export function Versions({ page: { t, locale, data } }: { page: VersionsPage }) {
  return (
    <>
      {data.map(({ version, createdAt, by, questions }) => (
        <section>
          <h2>{t('recruitment.guide.version', { version })}</h2>
          <p class="tv-quiet">{[formatDate(createdAt), by ?? t('recruitment.guide.proposal')].join(' · ')}</p>
          <ol>
            {questions.map((question) => (
              <li>{question[locale]}</li>
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

type NextProps = { page: VersionsPage; of: ReturnType<typeof writeQuestions>; rows: number }

/** The newest version in three boxes, to be made into the next. */
export function NextVersion({ page, of, rows }: NextProps) {
  const { t, data } = page
  const [newest] = data
  const kept = fieldsOf(newest.questions)
  return (
    <Form page={page}>
      <KeptNow page={page} of={of} name="version" version={newest.version} kept={kept} />
      {locales.map((locale) => (
        <Field page={page} of={of} name={locale} rows={rows} value={kept[locale]} />
      ))}
      <Button>{t('recruitment.guide.save')}</Button>
    </Form>
  )
}
