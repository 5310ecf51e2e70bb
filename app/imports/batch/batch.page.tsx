// What does the coordinator see of one workbook: before it is taken over, and after?
import { fresh } from '../../access/fresh.ts'
import { NotFound } from '../../core/errors.ts'
import { Form, Tokens } from '../../core/form/form.tsx'
import { action, download, form, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
import { returnedWorkbook } from '../returned.server.ts'
import { Overview } from '../view/overview.tsx'
import { Questions, Supervisors } from '../view/questions.tsx'
import { Rows } from '../view/rows.tsx'
import { addressOf, fingerprint, type Made } from './batch.ts'
import { decideBatch, discardBatch, openBatch, openReturned } from './batches.server.ts'
import { commitBatch } from './commit.server.ts'

type Data = Awaited<ReturnType<typeof openBatch.run>>
type Page = PageContext<Data>
export type Waiting = NonNullable<Data['waiting']>

const view = { title: 'imports.tab', body: (page: Page) => <Batch page={page} /> } as const

export const batchPage = form(openBatch, decideBatch, view, (result) => ({
  to: addressOf(result.id, result),
  said: 'imports.saved',
}))
export const commitPage = form(openBatch, commitBatch, view, ({ id }) => addressOf(id))
export const discardPage = action(discardBatch, () => ({ to: '/imports', said: 'imports.discard.done' }))
const returned = download(openReturned, async (preview, t) => {
  const body = await returnedWorkbook(preview, t)
  if (!body) throw new NotFound()
  return { body, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: 'parandamiseks.xlsx' }
})
export const returnedPage = fresh(returned, { back: (path) => path.replace(/\/returned$/, '') })

function Batch({ page }: { page: Page }) {
  const { t, data } = page
  const { waiting, batch } = data
  return (
    <>
      <BackLink href="/imports">{t('imports.tab')}</BackLink>
      {waiting ? <BeforeCommit page={page} waiting={waiting} /> : null}
      {batch.state === 'committed' ? <Done t={t} made={batch.counts.made} /> : null}
      {batch.state === 'discarded' ? <Discarded t={t} when={batch.decidedAt} /> : null}
    </>
  )
}

function BeforeCommit({ page, waiting }: { page: Page; waiting: Waiting }) {
  const { t, data } = page
  const { batch } = data
  return (
    <>
      <h1>{t('imports.batch.title')}</h1>
      <p class="tv-lead">{t('imports.batch.lead')}</p>
      <p class="tv-quiet">
        {t('imports.batch.read', { when: formatInstant(batch.madeAt), print: fingerprint(batch.sha256) })}
      </p>
      <Overview t={t} id={batch.id} waiting={waiting} />
      <Returned t={t} id={batch.id} rows={waiting.returned} />
      <Form page={page} to={addressOf(batch.id, data.view)}>
        <Questions page={page} questions={waiting.questions} />
        <Supervisors page={page} waiting={waiting} />
        <Rows page={page} id={batch.id} view={data.view} waiting={waiting} />
        <h2 id="commit">{t('imports.commit.title')}</h2>
        <p>{t('imports.commit.text', { take: waiting.plan.take })}</p>
        <ButtonGroup>
          <Button kind="secondary">{t('imports.commit.save')}</Button>
          {waiting.plan.take > 0 ? (
            <Button formaction={addressOf(batch.id, data.view, '/commit')}>
              {t('imports.commit.action', { take: waiting.plan.take })}
            </Button>
          ) : null}
        </ButtonGroup>
      </Form>
      <form method="post" action={`/imports/${batch.id}/discard`}>
        <Tokens page={page} />
        <Button kind="quiet">{t('imports.discard.action')}</Button>
      </form>
    </>
  )
}

function Returned({ t, id, rows }: { t: T; id: string; rows: number }) {
  if (rows === 0) return null
  return (
    <Callout kind="attention" title={t('imports.returned.title')}>
      <p>{t('imports.returned.text', { rows })}</p>
      <p>
        <a href={`/imports/${id}/returned`} download>
          {t('imports.returned.action')}
        </a>
      </p>
    </Callout>
  )
}

function Done({ t, made = { volunteers: 0, needs: 0, hours: 0, supervisors: 0 } }: { t: T; made: Made | undefined }) {
  const all = made.volunteers + made.needs + made.hours
  return (
    <>
      <Confirmation title={t('imports.done.title')}>
        {all > 0 ? <p>{t('imports.done.made')}</p> : <p>{t('imports.done.nothing')}</p>}
        <ul>
          {made.volunteers > 0 ? <li>{t('imports.done.volunteers', { count: made.volunteers })}</li> : null}
          {made.needs > 0 ? <li>{t('imports.done.needs', { count: made.needs })}</li> : null}
          {made.hours > 0 ? <li>{t('imports.done.hours', { count: made.hours })}</li> : null}
          {made.supervisors > 0 ? <li>{t('imports.done.supervisors', { count: made.supervisors })}</li> : null}
        </ul>
      </Confirmation>
      <h2>{t('imports.done.next')}</h2>
      <ButtonGroup>
        <ButtonLink href="/matching">{t('imports.done.match')}</ButtonLink>
        <ButtonLink kind="secondary" href="/volunteers">
          {t('imports.done.look')}
        </ButtonLink>
      </ButtonGroup>
      <p>{t('imports.done.dropped')}</p>
    </>
  )
}

function Discarded({ t, when }: { t: T; when: Date | null }) {
  return (
    <>
      <h1>{t('imports.discarded.title')}</h1>
      <p class="tv-lead">{t('imports.discarded.text', { when: when ? formatInstant(when) : '' })}</p>
      <p>
        <a href="/imports">{t('imports.list.title')}</a>
      </p>
    </>
  )
}
