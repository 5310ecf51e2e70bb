// Who must not see which case, and who may decide otherwise?
import { fresh } from '../../access/fresh.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, get, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { nameThen } from '../../i18n/names.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { Events } from '../events.tsx'
import { AskLift, type WallRow } from './wall.ts'
import { askToLift, keepWall, liftWall, listWalls, openWall, type WallFacts } from './walls.server.ts'

const stateKinds: Record<WallRow['state'], TagKind> = { stands: 'danger', asked: 'wait', lifted: 'neutral' }
const StateTag = ({ t, wall }: { t: T; wall: WallRow }) => (
  <Tag kind={stateKinds[wall.state]}>{t(`audit.wall.state.${wall.state}`)}</Tag>
)

const whom = (t: T, { person, personThen }: WallRow) => nameThen(t, person, personThen)

export const wallsPage = get(listWalls, {
  title: 'audit.wall.title',
  body: ({ t, data, can }) => (
    <>
      <h1>{t('audit.wall.title')}</h1>
      <p class="tv-lead">{t(can(askToLift) ? 'audit.wall.lead' : 'audit.wall.leadAdmin')}</p>
      <Table<WallRow>
        caption={t('audit.wall.title')}
        captionLook="hidden"
        rows={data}
        empty={<p>{t(can(askToLift) ? 'audit.wall.none' : 'audit.wall.noneAdmin')}</p>}
        columns={[
          { name: t('audit.wall.person'), cell: (wall) => <a href={`/walls/${wall.id}`}>{whom(t, wall)}</a> },
          { name: t('audit.wall.number'), nowrap: true, cell: (wall) => wall.number },
          {
            name: t('audit.wall.source'),
            cell: (wall) => (
              <>
                {t(`audit.wall.source.${wall.source}`)}
                {wall.outlived ? <div class="tv-quiet">{t('audit.wall.outlived')}</div> : null}
              </>
            ),
          },
          { name: t('audit.wall.since'), cell: (wall) => formatInstant(wall.setAt) },
          { name: t('audit.wall.state'), cell: (wall) => <StateTag t={t} wall={wall} /> },
        ]}
      />
    </>
  ),
})

export const wallPage = get(openWall, { title: 'audit.wall.title', body: (page) => <Wall page={page} /> })

function Wall({ page }: { page: PageContext<WallFacts> }) {
  const { t, data, can } = page
  const { wall } = data
  return (
    <>
      <BackLink href="/walls">{t('audit.wall.title')}</BackLink>
      <h1>{t('audit.wall.one', { person: whom(t, wall), number: wall.number })}</h1>
      <p>
        <StateTag t={t} wall={wall} />
      </p>
      <Facts page={page} />
      {wall.state === 'asked' ? <Decision page={page} /> : null}
      {wall.state === 'stands' && can(askToLift) ? (
        <ButtonLink href={`/walls/${wall.id}/ask`} kind="secondary">
          {t('audit.wall.ask')}
        </ButtonLink>
      ) : null}
      {can(askToLift) ? <Seen page={page} /> : null}
    </>
  )
}

function Facts({ page: { t, data } }: { page: PageContext<WallFacts> }) {
  const { wall } = data
  return (
    <Summary
      rows={[
        { name: t('audit.wall.network'), value: wall.network },
        {
          name: t('audit.wall.source'),
          value: t(`audit.wall.source.${wall.source}`),
          hint: t(`audit.wall.sourceMeaning.${wall.source}`),
        },
        { name: t('audit.wall.since'), value: formatInstant(wall.setAt) },
        wall.outlived
          ? { name: t('audit.wall.now'), value: t('audit.wall.outlived'), hint: t('audit.wall.outlivedMeaning') }
          : null,
        wall.askedBy ? { name: t('audit.wall.askedBy'), value: nameThen(t, wall.askedBy, wall.askedThen) } : null,
        wall.askedBy ? { name: t('audit.wall.reason'), value: data.reason ?? t('safekeeping.erased') } : null,
        wall.liftedBy ? { name: t('audit.wall.liftedBy'), value: nameThen(t, wall.liftedBy, wall.liftedThen) } : null,
      ]}
    />
  )
}

function Decision({ page }: { page: PageContext<WallFacts> }) {
  const { t, data } = page
  const { wall } = data
  if (!wall.mayDecide) return <Callout>{<p>{t('audit.wall.waits')}</p>}</Callout>
  return (
    <Callout kind="attention" title={t('audit.wall.decide')}>
      <p>{t('audit.wall.decideLead', { person: wall.person })}</p>
      <ButtonGroup>
        <form method="post" action={`/walls/${wall.id}/keep`}>
          <Tokens page={page} />
          <Button>{t('audit.wall.keep')}</Button>
        </form>
        <form method="post" action={`/walls/${wall.id}/lift`}>
          <Tokens page={page} />
          <Button kind="danger">{t('audit.wall.lift')}</Button>
        </form>
      </ButtonGroup>
    </Callout>
  )
}

function Seen({ page: { t, data } }: { page: PageContext<WallFacts> }) {
  const title = t('audit.wall.seen')
  return (
    <>
      <h2>{title}</h2>
      {data.events.length ? (
        <Events t={t} events={data.events} caption={title} />
      ) : (
        <p>{t('audit.wall.seenNothing')}</p>
      )}
    </>
  )
}

export const askLiftPage = fresh(
  form(
    openWall,
    askToLift,
    {
      title: 'audit.wall.title',
      body: (page) => {
        const { t, data } = page
        return (
          <div class="tv-narrow">
            <BackLink href={`/walls/${data.wall.id}`}>{t('audit.wall.title')}</BackLink>
            <h1>{t('audit.wall.ask')}</h1>
            <p class="tv-lead">{t('audit.wall.askLead', { person: data.wall.person, number: data.wall.number })}</p>
            <Form page={page}>
              <Field page={page} of={AskLift} name="reason" />
              <Button>{t('audit.wall.askDo')}</Button>
            </Form>
          </div>
        )
      },
    },
    (_done, { id }) => ({ to: `/walls/${id}`, said: 'audit.wall.asked' }),
  ),
)

export const liftWallAction = fresh(action(liftWall, () => ({ to: '/walls', said: 'audit.wall.liftedNow' })))
export const keepWallAction = fresh(action(keepWall, () => ({ to: '/walls', said: 'audit.wall.keptNow' })))
