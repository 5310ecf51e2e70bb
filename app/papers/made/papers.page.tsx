// Which papers has a volunteer, how is one made, and how does it leave the house?
import { fresh } from '../../access/fresh.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { download, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatHours } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { isStage, type Status } from '../../volunteers/volunteer.ts'
import { HeldExits } from '../exit/held.tsx'
import { fileOf, paperFile } from './document.server.ts'
import { MakePaper, papersFor } from './paper.ts'
import { listOwnPapers, listPapers, makePaper, openNewPaper } from './papers.server.ts'
import { PaperTable } from './parts.tsx'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>

export const volunteerPapersPage = get(listPapers, {
  title: 'papers.tab',
  body: (page) => <OfVolunteer page={page} />,
})

export const ownPapersPage = get(listOwnPapers, { title: 'papers.tab', body: (page) => <Own page={page} /> })

export const newPaperPage = form(
  openNewPaper,
  makePaper,
  { title: 'papers.tab', body: (page) => <Make page={page} /> },
  ({ paper }) => ({ to: `/papers/${paper}`, said: 'papers.make.done' }),
)

export const paperFilePage = fresh(download(paperFile, fileOf), {
  back: (path) => path.replace(/\/documents\/[^/]+$/, ''),
})

function OfVolunteer({ page: { t, data } }: { page: Answer<typeof listPapers> }) {
  const status = data.status as Status
  const left = status === 'ended'
  return (
    <>
      <BackLink href={`/volunteers/${data.id}`}>{data.name}</BackLink>
      <h1>{t('papers.ofVolunteer', { name: data.name })}</h1>
      <p class="tv-lead">{t(left ? 'papers.leftLead' : 'papers.ofVolunteerLead')}</p>
      <PaperTable t={t} papers={data.papers} empty={t('papers.none')} />
      <h2>{t('papers.make.title')}</h2>
      <ButtonGroup>
        {papersFor(status).map((kind) => (
          <ButtonLink kind="secondary" href={`/volunteers/${data.id}/papers/${kind}`}>
            {t(`papers.kind.${kind}`)}
          </ButtonLink>
        ))}
      </ButtonGroup>
      {isStage(status) ? null : (
        <>
          <h2>{t('papers.exit.title')}</h2>
          <p>
            <a href={`/volunteers/${data.id}/exit`}>{t('papers.exit.action')}</a>
          </p>
          <HeldExits t={t} held={data.exits} />
        </>
      )}
    </>
  )
}

function Own({ page: { t, data } }: { page: Answer<typeof listOwnPapers> }) {
  return (
    <>
      <BackLink href="/my-profile">{t('volunteers.own.tab')}</BackLink>
      <h1>{t('papers.own')}</h1>
      <p class="tv-lead">{t('papers.ownLead')}</p>
      <PaperTable t={t} papers={data.papers} empty={t('papers.ownNone')} />
    </>
  )
}

function Make({ page }: { page: Answer<typeof openNewPaper> }) {
  const { t, data } = page
  const field = { page, of: MakePaper }
  return (
    <div class="tv-narrow">
      <BackLink href={`/volunteers/${data.id}/papers`}>{t('papers.ofVolunteer', { name: data.name })}</BackLink>
      <h1>{t(`papers.kind.${data.kind}`)}</h1>
      <p class="tv-lead">{t(`papers.explain.${data.kind}`)}</p>
      <Summary
        rows={[
          { name: t('papers.who'), value: `${data.name}, ${data.code}` },
          {
            name: t('papers.template.now'),
            value: (
              <a href={`/papers/templates/${data.kind}`}>
                {t('papers.template.version', { version: data.version, from: formatDate(data.fromOn) })}
              </a>
            ),
          },
          data.service && {
            name: t('papers.service'),
            value: t('papers.serviceWords', {
              from: formatDate(data.service.from),
              to: formatDate(data.service.to),
              hours: formatHours(data.service.minutes),
              count: data.service.contacts,
            }),
          },
        ]}
      />
      <Form page={page}>
        <Field {...field} name="locale" value={data.locale} inline />
        {data.kind === 'contract' ? (
          <>
            <Field {...field} name="validFrom" value={data.today} />
            <Field {...field} name="validTo" />
          </>
        ) : null}
        <Button>{t('papers.make.save')}</Button>
      </Form>
    </div>
  )
}
