// How is it asked what a victim says of herself, and why is it asked at all?
import { Field, type FormPage } from '../../core/form/form.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Diversity, facts } from './diversity.ts'

/** `asked`: whether it is asked at all these days. */
type Props = { page: FormPage; asked: boolean; value: (name: string) => string | undefined }

/** The reason stands before the questions, for whoever asks and whoever is asked. */
export function DiversityFields({ page, asked, value }: Props) {
  const { t } = page
  if (!asked) return <p>{t('cases.diversity.off')}</p>
  return (
    <>
      <Callout title={t('cases.diversity.why')}>
        <p>{t('cases.diversity.whyWords')}</p>
        <p>{t('cases.diversity.who')}</p>
      </Callout>
      <p>{t('cases.diversity.how')}</p>
      {facts.map((fact) => (
        <Field page={page} of={Diversity} name={fact} value={value(fact)} />
      ))}
    </>
  )
}
