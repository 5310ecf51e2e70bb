// What goes over with the case, what is not in order yet, and how is the other network asked?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { daysBetween } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard, type SummaryRow } from '../../ui/summary.tsx'
import { Tasks } from '../../ui/tasks.tsx'
import { CaseFormFrame, RiskTag } from '../frame.tsx'
import { type Preparation, prepareTransfer, sendTransfer } from './send.server.ts'
import { ExplainTransfer, type Lack, OpenTransfer } from './transfer.ts'

type Page = PageContext<Preparation>

export const sendTransferPage = form(
  prepareTransfer,
  sendTransfer,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      const blocked = data.head.status === 'closed' || data.lacks.some(({ blocks }) => blocks)
      return (
        <CaseFormFrame t={t} head={data.head} title="transfer.send.title">
          <p class="tv-lead">{t('transfer.send.lead')}</p>
          <SummaryCard title={t('transfer.pack.title')} rows={packRows(page)} />
          <p class="tv-quiet">{t('transfer.pack.stays')}</p>
          <Lacking page={page} />
          {data.head.leaving ? (
            <Callout title={t('transfer.leaving')}>
              <a href={`/transfers/${data.head.leaving}`}>{t('transfer.look')}</a>
            </Callout>
          ) : null}
          {blocked || data.head.leaving ? null : <Ask page={page} />}
        </CaseFormFrame>
      )
    },
  },
  ({ transfer }) => ({ to: `/transfers/${transfer}`, said: 'transfer.send.done' }),
)

const places: Record<Lack['kind'], string> = {
  ground: '/sharing',
  risk: '/assess',
  'risk-old': '/assess',
  'risk-draft': '/assess',
  contact: '/whereabouts',
  children: '/children',
  actions: '/plan',
  tasks: '',
  concern: '',
}
const placeOf = (id: string, kind: Lack['kind']) => (kind === 'concern' ? '/concerns' : `/cases/${id}${places[kind]}`)

/** What must be mended first, and what goes over as it is with a reason; each with the page on which it is mended. */
function Lacking({ page: { t, data } }: { page: Page }) {
  return (
    <>
      <h2>{t(data.lacks.length ? 'transfer.lack.title' : 'transfer.lack.none')}</h2>
      {data.lacks.length ? (
        <Tasks
          empty={null}
          tasks={data.lacks.map(({ kind, blocks }) => ({
            kind: blocks ? 'danger' : 'attention',
            text: t(`transfer.lack.${kind}`),
            hint: t(blocks ? 'transfer.lack.blocks' : 'transfer.lack.explain'),
            action: { href: placeOf(data.head.id, kind), text: t('cases.closing.resolve') },
          }))}
        />
      ) : null}
    </>
  )
}

function packRows({ t, data: { head, pack } }: Page): (SummaryRow | null)[] {
  const at = (place: string, text: Parameters<typeof t>[0]) => [{ href: `/cases/${head.id}${place}`, text: t(text) }]
  const days = pack.assessedOn ? daysBetween(pack.assessedOn, head.today) : 0
  const none = t('transfer.pack.none')
  return [
    {
      name: t('transfer.pack.risk'),
      value: <RiskTag t={t} level={head.level} />,
      hint: pack.assessedOn ? t('transfer.pack.riskAge', { date: formatDate(pack.assessedOn), days }) : undefined,
      actions: at('/risk', 'cases.tab.risk'),
    },
    {
      name: t('transfer.pack.contact'),
      value: pack.contactOn ? t('cases.place.recorded', { date: formatDate(pack.contactOn) }) : none,
    },
    {
      name: t('transfer.pack.ground'),
      value: t(`cases.basis.${head.legalBasis}`),
      actions: at('/sharing', 'cases.tab.sharing'),
    },
    { name: t('transfer.pack.children'), value: childWords(t, pack) },
    { name: t('transfer.pack.adults'), value: pack.adults ? String(pack.adults) : none },
    {
      name: t('transfer.pack.actions'),
      value: pack.actions.length
        ? pack.actions.map(({ owner, count, late }) => <div>{t('transfer.pack.action', { owner, count, late })}</div>)
        : none,
      actions: at('/plan', 'cases.tab.plan'),
    },
    {
      name: t('transfer.pack.tasks'),
      value: head.tasks.length
        ? head.tasks.map(({ kind, dueOn }) => <div>{`${t(`cases.next.${kind}`)} · ${formatDate(dueOn)}`}</div>)
        : none,
    },
    { name: t('transfer.pack.support'), value: head.helper ? t('cases.head.helper', { code: head.helper }) : none },
    {
      name: t('transfer.pack.meeting'),
      value: pack.meetingOn ? t('transfer.pack.meetingOff', { date: formatDate(pack.meetingOn) }) : none,
    },
    { name: t('transfer.pack.decisions'), value: pack.decisions ? String(pack.decisions) : none },
  ]
}

function childWords(t: Page['t'], { childCount, childrenToldOn }: Preparation['pack']): string {
  if (childCount === 0) return t('transfer.pack.none')
  return childrenToldOn
    ? t('transfer.pack.childrenTold', { count: childCount, date: formatDate(childrenToldOn) })
    : t('transfer.pack.childrenUntold', { count: childCount })
}

function Ask({ page }: { page: Page }) {
  const { t, data, path } = page
  const networks = data.networks.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Form page={page} draft={path}>
      <Field page={page} of={OpenTransfer} name="to" list options={[{ value: '', label: '–' }, ...networks]} />
      <Field page={page} of={OpenTransfer} name="reason" />
      <Field page={page} of={OpenTransfer} name="words" rows={4} />
      <Field page={page} of={OpenTransfer} name="urgency" value="usual" />
      <Field page={page} of={OpenTransfer} name="ground" />
      <Field page={page} of={OpenTransfer} name="groundWords" rows={2} />
      {data.lacks.length ? <Field page={page} of={ExplainTransfer} name="why" rows={3} /> : null}
      <Button>{t('transfer.send.do')}</Button>
    </Form>
  )
}
