// How does the coordinator choose: one person for one victim, or the proven best for everybody at once?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { type Board, openBoard, openWhy, type Why } from '../board/board.server.ts'
import { Certificate, loadOf, loadText, needText, VolunteerName } from '../board/parts.tsx'
import { LinkPanel } from '../links/panel.tsx'
import type { Row } from '../plan.ts'
import { priceText, reasonText, whyText } from '../words.ts'
import { Assign, Override } from './assignment.ts'
import { assign, assignAll } from './propose.server.ts'

type Props = { page: PageContext<Why> }

export const assignPage = form(
  openWhy,
  assign,
  { title: 'matching.title', body: (page) => <AssignOne page={page} /> },
  ({ id }) => ({ to: `/assignments/${id}`, said: 'matching.assign.done' }),
)

function AssignOne({ page }: Props) {
  const { t, data } = page
  const { need, volunteer, option } = data
  const refused = option.answer.kind === 'hard'
  return (
    <div class="tv-narrow">
      <BackLink href={`/matching/${need.id}`}>{t('matching.board.need', { number: need.number })}</BackLink>
      <h1>{t('matching.assign.title')}</h1>
      <Summary
        rows={[
          { name: t('matching.column.need'), value: `${need.number} · ${needText(t, data.counties, need)}` },
          { name: t('matching.column.volunteer'), value: <VolunteerName t={t} volunteer={volunteer} /> },
          { name: t('matching.column.load'), value: loadOf(t, option) },
          { name: t('matching.assign.solver'), value: <SolverSays page={page} /> },
        ]}
      />
      <Lacks page={page} />
      <LinkPanel page={page} link={data.link} need={need.id} volunteer={volunteer.id} />
      {refused ? <p>{t('matching.assign.never')}</p> : <Choice page={page} />}
    </div>
  )
}

/** What does not stand in the way of asking, but of the answer and of the guidance. */
function Lacks({ page: { t, data, me } }: Props) {
  const { volunteer } = data
  return (
    <>
      {volunteer.personId ? null : (
        <Callout kind="attention" title={t('matching.noAccount')}>
          <p>
            {t('matching.assign.noAccount')}{' '}
            {me.standsInFor ? (
              t('core.error.inPerson', { name: me.standsInFor.name })
            ) : (
              <a href={`/volunteers/${volunteer.id}/account`}>{t('matching.assign.makeAccount')}</a>
            )}
          </p>
        </Callout>
      )}
      {volunteer.supervisorId ? null : (
        <Callout kind="attention" title={t('matching.assign.noSupervisor')}>
          <p>
            {t('matching.assign.supervise')}{' '}
            <a href={`/volunteers/${volunteer.id}/supervisor`}>{t('matching.assign.setSupervisor')}</a>
          </p>
        </Callout>
      )}
    </>
  )
}

function SolverSays({ page: { t, data } }: Props) {
  const { answer, verdict } = data.option
  return (
    <>
      {answer.kind === 'chosen' ? t('matching.need.chosen') : null}
      {answer.kind === 'price' ? t('matching.assign.other', { chosen: data.row.volunteer ?? 'none' }) : null}
      {answer.kind === 'price' ? <div class="tv-quiet">{priceText(t, answer.price)}</div> : null}
      {answer.kind === 'hard' ? answer.reasons.map((reason) => <div>{reasonText(t, reason)}</div>) : null}
      {verdict.warnings.map((warning) => (
        <div class="tv-quiet">{reasonText(t, warning)}</div>
      ))}
    </>
  )
}

function Choice({ page }: Props) {
  const { t, data } = page
  const chosen = data.option.answer.kind === 'chosen'
  return (
    <Form page={page}>
      <Field page={page} of={Assign} name="rationale" value={chosen ? whyText(t, data.row.why) : null} rows={3} />
      {chosen ? null : <Field page={page} of={Override} name="overrideReason" rows={3} />}
      <Field page={page} of={Assign} name="agreedOn" value={data.need.agreedOn} />
      <p>{t('matching.assign.next')}</p>
      <Button>{t('matching.assign.do')}</Button>
    </Form>
  )
}

export const assignAllPage = form(
  openBoard,
  assignAll,
  { title: 'matching.title', body: (page) => <AssignEverybody page={page} /> },
  () => ({ to: '/assignments?status=proposed', said: 'matching.all.done' }),
)

function AssignEverybody({ page }: { page: PageContext<Board> }) {
  const { t, data } = page
  const { found } = data
  const chosen = (found?.plan.rows ?? []).filter((row) => row.volunteer !== null)
  const without = chosen.filter((row) => !volunteerOf(data, row)?.personId).length
  return (
    <>
      <BackLink href="/matching">{t('matching.title')}</BackLink>
      <h1>{t('matching.all.title')}</h1>
      {found ? <Certificate t={t} plan={found.plan} /> : <p>{t('matching.working')}</p>}
      <p>{t('matching.all.lead')}</p>
      {without > 0 ? (
        <Callout kind="attention" title={t('matching.all.noAccount', { count: without })}>
          <p>{t('matching.assign.noAccount')}</p>
        </Callout>
      ) : null}
      <Table
        caption={t('matching.board.chosen')}
        rows={chosen}
        empty={<p>{t('matching.board.nobody')}</p>}
        columns={[
          { name: t('matching.column.need'), head: true, nowrap: true, cell: (row) => row.need },
          { name: t('matching.column.volunteer'), cell: (row) => <Person page={page} row={row} /> },
          { name: t('matching.column.load'), cell: (row) => (row.load ? loadText(t, row.load) : '–') },
          { name: t('matching.column.why'), cell: (row) => whyText(t, row.why) },
        ]}
      />
      {chosen.length > 0 ? (
        <Form page={page}>
          <input type="hidden" name="hash" value={data.hash} />
          <Button>{t('matching.all.do', { count: chosen.length })}</Button>
        </Form>
      ) : null}
    </>
  )
}

const volunteerOf = (data: Board, row: Row) => data.volunteers.find((one) => one.code === row.volunteer)

function Person({ page, row }: { page: PageContext<Board>; row: Row }) {
  const volunteer = volunteerOf(page.data, row)
  return <>{volunteer ? <VolunteerName t={page.t} volunteer={volunteer} /> : row.volunteer}</>
}
