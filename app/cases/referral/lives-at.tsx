// Where does the victim live, asked of whoever belongs to no network and does not choose one?
import type { PageContext } from '../../core/page.tsx'
import { Select } from '../../ui/choices.tsx'
import type { openStep } from './referral.server.ts'

type Step = Awaited<ReturnType<(typeof openStep)['run']>>

/** Said once: the network is found by it, and the case has its municipality. The county is enough. */
export function LivesAt({ page, value }: { page: PageContext<Step>; value: string | undefined }) {
  const { t, data } = page
  const options = [
    ...data.municipalities.map(({ code, name }) => ({ value: code, label: name })),
    ...data.counties.map(({ code, name }) => ({ value: code, label: t('cases.refer.countyOnly', { county: name }) })),
  ]
  return (
    <Select
      t={t}
      id="place"
      name="place"
      label={t('cases.field.livesAt')}
      hint={t('cases.field.livesAtHint')}
      error={page.errors.place}
      options={options}
      value={value}
    />
  )
}
