// Has this person been here before, and is it a repeat by the older and by the newer definition?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { SummaryCard } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { CaseFormFrame, caseHref } from '../frame.tsx'
import { judgeRepeat, openRepeat } from './repeat.server.ts'
import { type Answer, isSameVictim, JudgeRepeat } from './repeat.ts'

type Page = PageContext<Awaited<ReturnType<typeof openRepeat.run>>>

export const repeatPage = form(
  openRepeat,
  judgeRepeat,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.repeat.title">
          <p class="tv-lead">{t('cases.repeat.lead')}</p>
          <Found page={page} />
          <Said page={page} />
          {data.known.some(isSameVictim) && data.head.writes ? <Judge page={page} /> : null}
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}/repeat`, said: 'cases.repeat.saved' }),
)

function Found({ page: { t, data } }: { page: Page }) {
  return (
    <Table
      caption={t('cases.repeat.found')}
      rows={data.known}
      empty={<p>{t('cases.repeat.nobody')}</p>}
      columns={[
        { name: t('cases.column.number'), cell: (one) => <a href={caseHref(one.id)}>{one.number}</a>, nowrap: true },
        { name: t('cases.field.referredOn'), cell: (one) => formatDate(one.referredOn), nowrap: true },
        { name: t('cases.repeat.how'), cell: (one) => t(`cases.repeat.how.${one.how}`) },
        {
          name: t('cases.person.perpetrator'),
          cell: (one) => t(one.pair ? 'cases.repeat.pairAlike' : 'cases.repeat.pairOther'),
        },
      ]}
    />
  )
}

/** Both definitions side by side, and in words why they differ where they do. */
function Said({ page: { t, data } }: { page: Page }) {
  const { word, repeat, months } = data
  if (!word || !repeat) return null
  const answer = (of: Answer) => t(`cases.answer.${of}`)
  return (
    <SummaryCard
      title={t('cases.repeat.said', { number: word.number, date: formatDate(word.incidentOn) })}
      rows={[
        {
          name: t('cases.repeat.within', { months }),
          value: answer(repeat.within ? 'yes' : 'no'),
          hint: t('cases.repeat.since', { date: formatDate(word.earlierOn) }),
        },
        { name: t('cases.repeat.older'), value: answer(repeat.older), hint: t('cases.repeat.olderMeaning') },
        { name: t('cases.repeat.newer'), value: answer(repeat.newer), hint: t('cases.repeat.newerMeaning') },
        {
          name: t('cases.repeat.difference'),
          value: t(repeat.older === repeat.newer ? 'cases.repeat.agree' : 'cases.repeat.differ'),
        },
      ]}
    />
  )
}

function Judge({ page }: { page: Page }) {
  const { t, data } = page
  const same = data.known.filter(isSameVictim)
  return (
    <Form page={page}>
      <Field
        page={page}
        of={JudgeRepeat}
        name="earlier"
        options={same.map(({ id, number, referredOn }) => ({
          value: id,
          label: `${number}, ${formatDate(referredOn)}`,
        }))}
        value={same.length === 1 ? same[0]?.id : undefined}
      />
      <Field page={page} of={JudgeRepeat} name="incidentOn" value={data.head.referredOn} />
      <Field page={page} of={JudgeRepeat} name="pair" />
      <Field page={page} of={JudgeRepeat} name="crime" />
      <Button>{t('cases.repeat.save')}</Button>
    </Form>
  )
}
