// Who sits in the core group, for whom, and which agency is missing?
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { openCoreGroup, openSeat, type Seat, SetSeat, setSeat } from './seats.server.ts'

type Group = PageContext<Awaited<ReturnType<(typeof openCoreGroup)['run']>>>

export const coreGroupPage = get(openCoreGroup, {
  title: 'meetings.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <BackLink href="/meetings">{t('meetings.title')}</BackLink>
        <h1>{t('meetings.group.title')}</h1>
        <p class="tv-lead">{t('meetings.group.lead', { network: data.network.name })}</p>
        {data.missing.length > 0 ? (
          <Callout kind="attention" title={t('meetings.gap.title')}>
            <p>
              {t('meetings.gap.text', {
                agencies: data.missing.map((agency) => t(`core.agency.${agency}`).toLowerCase()).join(', '),
              })}
            </p>
          </Callout>
        ) : null}
        <Seats page={page} />
        {data.networks.length > 1 ? (
          <ul class="govuk-list">
            {data.networks.map(({ id, name }) => (
              <li>
                <a href={`/meetings/core-group?network=${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        ) : null}
      </>
    )
  },
})

function Seats({ page: { t, data, can } }: { page: Group }) {
  return (
    <Table<Seat>
      caption={data.network.name}
      captionLook="hidden"
      rows={data.seats}
      empty={<p>{t('meetings.group.empty')}</p>}
      columns={[
        { name: t('meetings.group.person'), cell: (seat) => seat.name },
        { name: t('meetings.group.agency'), cell: (seat) => t(`core.agency.${seat.agency}`) },
        { name: t('meetings.group.words'), cell: (seat) => seat.words ?? '–' },
        {
          name: t('meetings.column.arrange'),
          silent: true,
          cell: (seat) =>
            can(setSeat) ? (
              <a href={`/meetings/core-group/${data.network.id}/${seat.personId}`}>
                {t('meetings.group.change')}
                <span class="govuk-visually-hidden"> {seat.name}</span>
              </a>
            ) : (
              ''
            ),
        },
      ]}
    />
  )
}

export const seatPage = form(
  openSeat,
  setSeat,
  {
    title: 'meetings.title',
    body: (page) => {
      const { t, data } = page
      return (
        <div class="tv-narrow">
          <BackLink href={`/meetings/core-group?network=${data.network.id}`}>{t('meetings.group.title')}</BackLink>
          <h1>{t('meetings.group.seat', { name: data.seat.name })}</h1>
          <p>{t('meetings.group.whole')}</p>
          <Form page={page}>
            <Field page={page} of={SetSeat} name="agency" value={data.seat.agency} />
            <Button>{t('meetings.group.save')}</Button>
          </Form>
        </div>
      )
    },
  },
  ({ network }) => ({ to: `/meetings/core-group?network=${network}`, said: 'meetings.group.saved' }),
)
