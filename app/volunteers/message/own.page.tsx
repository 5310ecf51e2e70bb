// Where does a support person read what was written to her?
import { Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { listOwnMessages, openOwnMessage, readMessage } from './own.server.ts'
import { Body } from './words.tsx'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>

export const ownMessagesPage = get(listOwnMessages, {
  title: 'volunteers.message.tab',
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <BackLink href="/">{t('home.tab')}</BackLink>
      <h1>{t('volunteers.message.own')}</h1>
      <Table
        caption={t('volunteers.message.own')}
        captionLook="hidden"
        columns={[
          { name: t('volunteers.message.subject'), cell: (one) => <a href={`/my-messages/${one.id}`}>{one.title}</a> },
          { name: t('volunteers.message.when'), cell: (one) => formatDate(isoDate(one.sentAt)) },
          {
            name: t('volunteers.message.read'),
            cell: (one) =>
              one.readAt ? t('volunteers.message.isRead') : <Tag kind="attention">{t('volunteers.message.isNew')}</Tag>,
          },
        ]}
        rows={data}
        empty={<p>{t('volunteers.message.ownNone')}</p>}
      />
    </div>
  ),
})

export const ownMessagePage = form(
  openOwnMessage,
  readMessage,
  { title: 'volunteers.message.tab', body: (page) => <One page={page} /> },
  () => ({ to: '/my-messages', said: 'volunteers.message.saidRead' }),
)

function One({ page }: { page: Answer<typeof openOwnMessage> }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/my-messages">{t('volunteers.message.own')}</BackLink>
      <h1>{data.title}</h1>
      <p class="tv-quiet">{[data.by, formatDate(isoDate(data.sentAt))].filter(Boolean).join(', ')}</p>
      <Body text={data.body} />
      {data.readAt ? (
        <p class="tv-quiet">{t('volunteers.message.isRead')}</p>
      ) : (
        <Form page={page}>
          <Button>{t('volunteers.message.sayRead')}</Button>
        </Form>
      )}
    </div>
  )
}
