// Which entries wait to be read, what is said of one, and how often should contact be?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Danger, durationWords } from '../visit/words.tsx'
import { AgreeRhythm, ReadEntry } from './feedback.ts'
import { listEntries, openEntry, readEntry, type Unread } from './readings.server.ts'
import { agreeRhythm, openRhythm } from './rhythm.server.ts'
import { Reading } from './words.tsx'

type ListPage = PageContext<Awaited<ReturnType<(typeof listEntries)['run']>>>
type EntryPage = PageContext<Awaited<ReturnType<(typeof openEntry)['run']>>>
type RhythmPage = PageContext<Awaited<ReturnType<(typeof openRhythm)['run']>>>

export const entriesPage = get(listEntries, { title: 'support.entry.tab', body: (page) => <Entries page={page} /> })

function Entries({ page: { t, data } }: { page: ListPage }) {
  const columns: Column<Unread>[] = [
    {
      name: t('support.visit.day'),
      head: true,
      cell: ({ id, onDate, number }) => (
        <a href={`/supervision/entries/${id}`}>
          {formatDate(onDate)}, {number}
        </a>
      ),
    },
    { name: t('support.volunteer'), cell: ({ name }) => name },
    { name: t('support.visit.flag'), cell: ({ danger }) => (danger ? <Danger t={t} /> : '–') },
    {
      name: t('support.entry.waited'),
      cell: ({ days }) => {
        const words = t('support.entry.days', { days })
        return days > data.unreadDays ? <Tag kind="attention">{words}</Tag> : words
      },
    },
  ]
  return (
    <>
      <BackLink href="/supervision">{t('support.supervision.title')}</BackLink>
      <h1>{t('support.entry.tab')}</h1>
      <p class="tv-lead">{t('support.entry.lead', { days: data.unreadDays })}</p>
      <Table
        caption={t('support.entry.tab')}
        captionLook="hidden"
        columns={columns}
        rows={data.entries}
        empty={<p>{t('support.entry.none')}</p>}
      />
    </>
  )
}

export const entryPage = form(
  openEntry,
  readEntry,
  { title: 'support.entry.tab', body: (page) => <Entry page={page} /> },
  () => ({ to: '/supervision/entries', said: 'support.entry.saved' }),
)

function Entry({ page }: { page: EntryPage }) {
  const { t, data } = page
  const { visit, readings } = data
  return (
    <div class="tv-narrow">
      <BackLink href="/supervision/entries">{t('support.entry.tab')}</BackLink>
      <h1>
        {visit.volunteer}, {formatDate(visit.onDate)}
      </h1>
      {visit.supersededAt ? <Callout kind="attention">{t('support.visit.superseded')}</Callout> : null}
      <Summary
        rows={[
          { name: t('support.caseNumber'), value: visit.number },
          { name: t('support.visit.way'), value: t(`support.way.${visit.way}`) },
          { name: t('support.visit.minutes'), value: durationWords(t, visit.minutes) },
          visit.danger && { name: t('support.visit.flag'), value: <Danger t={t} /> },
          {
            name: t('support.visit.note'),
            value: visit.closed ? t('support.visit.noteClosed') : (visit.note ?? t('support.visit.noNote')),
          },
        ]}
      />
      {readings.map((reading) => (
        <Reading t={t} reading={reading} />
      ))}
      {readings.length > 0 || visit.supersededAt ? null : (
        <Form page={page} draft={page.path}>
          <Field page={page} of={ReadEntry} name="reply" rows={3} />
          <Button>{t('support.entry.read')}</Button>
        </Form>
      )}
    </div>
  )
}

export const rhythmPage = form(
  openRhythm,
  agreeRhythm,
  { title: 'support.rhythm.tab', body: (page) => <Rhythm page={page} /> },
  ({ support }) => ({ to: `/supervision/volunteers/${support.volunteerId}`, said: 'support.rhythm.saved' }),
)

function Rhythm({ page }: { page: RhythmPage }) {
  const { t, data } = page
  const { support, usual } = data
  return (
    <div class="tv-narrow">
      <BackLink href={`/supervision/volunteers/${support.volunteerId}`}>{t('ui.back')}</BackLink>
      <h1>
        {t('support.rhythm.tab')}: {support.number}
      </h1>
      <p class="tv-lead">{t('support.rhythm.lead', { usual })}</p>
      <Form page={page}>
        <Field page={page} of={AgreeRhythm} name="days" value={support.agreed ?? usual} width={3} />
        <Button>{t('support.rhythm.save')}</Button>
      </Form>
    </div>
  )
}
