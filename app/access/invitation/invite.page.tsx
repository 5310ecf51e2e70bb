// How does one send somebody a link, and learn the code that goes by word of mouth?
import { Form, Tokens } from '../../core/form/form.tsx'
import { action, get, type Page, type PageContext, reply } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Button } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
import { fresh } from '../fresh.ts'
import { invite, openInvite, voidInvitation } from './invitations.server.ts'

type Opened = Awaited<ReturnType<typeof openInvite.run>>

const ask = get(openInvite, { title: 'access.invite.title', body: (page) => <Ask page={page} /> })

function Ask({ page }: { page: PageContext<Opened> }) {
  const { t, data } = page
  const words = data.recovery ? 'Recovery' : ''
  const again = data.until !== null
  return (
    <div class="tv-narrow">
      <h1>{t(`access.invite.for${words}`, { name: data.name })}</h1>
      <p class="tv-lead">{t(`access.invite.lead${words}`)}</p>
      {data.until ? (
        <Callout>
          <p>{t('access.invite.sentUntil', { date: formatDate(data.until) })}</p>
        </Callout>
      ) : null}
      <Form page={page}>
        <Button>{t(again ? 'access.invite.again' : `access.invite.send${words}`)}</Button>
      </Form>
      {again ? (
        <form method="post" action={`/people/${data.id}/invite/void`}>
          <Tokens page={page} />
          <Button kind="secondary">{t('access.invite.void')}</Button>
        </form>
      ) : null}
    </div>
  )
}

const tell = reply(invite, {
  title: 'access.invite.title',
  body: ({ t, data }) => (
    <div class="tv-narrow">
      <Confirmation title={t('access.invite.sent')}>
        <p>{t('access.invite.sentText', { name: data.name })}</p>
      </Confirmation>
      <p class="tv-number">
        <strong>{data.code}</strong>
      </p>
      <Callout kind="attention" title={t('access.invite.once')}>
        <p>{t('access.invite.how', { days: data.days })}</p>
      </Callout>
      <p>
        <a href="/">{t('access.invite.done')}</a>
      </p>
    </div>
  ),
})
export const invitePage: Page = fresh({
  operations: [...ask.operations, ...tell.operations],
  get: ask.get,
  post: tell.post,
})

export const voidInvitationAction = fresh(
  action(voidInvitation, (_done, { id }) => ({
    to: `/people/${id}/invite`,
    said: 'access.invite.voided',
  })),
)
