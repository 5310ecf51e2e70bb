// Who has answered about which case, and what does my agency answer?
import { caseHref } from '../../cases/frame.tsx'
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { Table } from '../../ui/table.tsx'
import { MeetingFormFrame, meetingHref, whenWords } from '../parts.tsx'
import { answerResearch, openAnswerResearch, openResearch } from './research.server.ts'
import { AnswerResearch } from './research.ts'
import { named, OneTold, Others } from './told.tsx'

type Overview = PageContext<Awaited<ReturnType<(typeof openResearch)['run']>>>
type Asked = PageContext<Awaited<ReturnType<(typeof openAnswerResearch)['run']>>>

export const researchPage = get(openResearch, {
  title: 'meetings.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <BackLink href={meetingHref(data.head.id)}>{t('meetings.of', { date: whenWords(data.head) })}</BackLink>
        <h1>{t('meetings.research.title')}</h1>
        <p class="tv-lead">{t('meetings.research.lead')}</p>
        <Cases page={page} />
      </>
    )
  },
})

function Cases({ page: { t, data } }: { page: Overview }) {
  return (
    <Table
      caption={t('meetings.research.title')}
      captionLook="hidden"
      rows={data.cases}
      empty={<p>{t('meetings.agenda.empty')}</p>}
      columns={[
        {
          name: t('meetings.column.case'),
          head: true,
          cell: (line) => (
            <a class="tv-nowrap" href={caseHref(line.caseId)}>
              {line.number}
            </a>
          ),
        },
        {
          name: t('meetings.research.answered'),
          cell: (line) =>
            t('meetings.research.of', { count: data.asked.length - line.silent.length, all: data.asked.length }),
        },
        { name: t('meetings.research.silent'), cell: (line) => (line.silent.length ? named(t, line.silent) : '–') },
        {
          name: t('meetings.column.arrange'),
          silent: true,
          cell: (line) =>
            data.mine ? (
              <a href={meetingHref(data.head.id, `research/${line.caseId}`)}>
                {t(line.waits && data.head.phase !== 'planned' ? 'meetings.research.do' : 'meetings.research.look')}
                <span class="govuk-visually-hidden"> {line.number}</span>
              </a>
            ) : (
              ''
            ),
        },
      ]}
    />
  )
}

export const answerResearchPage = form(
  openAnswerResearch,
  answerResearch,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      const open = data.head.phase === 'closed' || data.head.phase === 'sitting'
      return (
        <MeetingFormFrame t={t} head={data.head} title={t('meetings.research.about', { number: data.line.number })}>
          <p class="tv-lead">{t('meetings.research.for', { agency: t(`core.agency.${data.mine}`) })}</p>
          {data.head.phase === 'planned' ? (
            <p>{t('meetings.research.notYet', { date: formatDate(data.head.cutOffOn) })}</p>
          ) : null}
          {open ? <Answer page={page} /> : data.own ? <OneTold t={t} told={data.own} /> : null}
          <h2>{t('meetings.research.others')}</h2>
          <Others t={t} told={data.others} pledge={data.pledged ? null : meetingHref(data.head.id, 'pledge')} />
        </MeetingFormFrame>
      )
    },
  },
  (_done, { id }) => ({ to: `/meetings/${id}/research`, said: 'meetings.research.saved' }),
)

function Answer({ page }: { page: Asked }) {
  const { t, data } = page
  const known = page.values.known ?? (data.own ? (data.own.words ? 'something' : 'nothing') : undefined)
  return (
    <Form page={page} draft={page.path}>
      <KeptNow
        page={page}
        of={AnswerResearch}
        version={data.own?.id ?? null}
        kept={{ words: data.own?.words, relevance: data.own?.relevance }}
      />
      <Radios
        t={t}
        id="known"
        name="known"
        label={t('meetings.research.known')}
        error={page.errors.known}
        value={typeof known === 'string' ? known : undefined}
        options={[
          { value: 'nothing', label: t('meetings.research.known.nothing') },
          { value: 'something', label: t('meetings.research.known.something'), reveal: <Known page={page} /> },
        ]}
      />
      <Button>{t('meetings.research.save')}</Button>
    </Form>
  )
}

function Known({ page }: { page: Asked }) {
  const { t, data } = page
  const options = data.asked.map((value) => ({ value, label: t(`core.agency.${value}`) }))
  return (
    <>
      <Field page={page} of={AnswerResearch} name="words" rows={6} value={data.own?.words} />
      <Field page={page} of={AnswerResearch} name="relevance" rows={2} value={data.own?.relevance} />
      <Field
        page={page}
        of={AnswerResearch}
        name="toldTo"
        options={options}
        value={data.own?.toldTo.length ? data.own.toldTo : data.asked}
      />
    </>
  )
}
