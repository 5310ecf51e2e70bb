// What did the victim say of herself, and is that still right?
import { Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { openDiversity, saveDiversity } from './diversity.server.ts'
import { facts, SaveDiversity } from './diversity.ts'
import { DiversityFields } from './fields.tsx'

type Page = PageContext<Awaited<ReturnType<typeof openDiversity.run>>>

export const diversityPage = form(
  openDiversity,
  saveDiversity,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      const { now, head } = data
      return (
        <CaseFormFrame t={t} head={head} title="cases.refer.part.diversity">
          {now.recordedAt ? (
            <p class="tv-quiet">{t('cases.place.recorded', { date: formatDate(now.recordedAt) })}</p>
          ) : null}
          {data.asked && head.writes ? <Ask page={page} /> : <Told page={page} />}
        </CaseFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: `/cases/${id}`, said: 'cases.diversity.saved' }),
)

function Ask({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <Form page={page}>
      <KeptNow page={page} of={SaveDiversity} version={data.now.id} kept={data.now.told} />
      <DiversityFields page={page} asked={data.asked} value={(name) => data.now.told[name]} />
      <p class="tv-quiet">{t('cases.diversity.forgotten')}</p>
      <Button>{t('cases.diversity.save')}</Button>
    </Form>
  )
}

/** Where it is not asked, or no longer written, what was said is only read. */
function Told({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      {data.asked ? null : (
        <Callout>
          <p>{t('cases.diversity.off')}</p>
        </Callout>
      )}
      <Summary
        rows={facts.map((fact) => ({
          name: t(`cases.diversity.${fact}`),
          value: t(`cases.diversity.answer.${data.now.told[fact]}` as Key),
        }))}
      />
    </>
  )
}
