// Is somebody back from a meeting – and if no sign has come, what is to be done now?
import { Field, Form } from '../../core/form/form.tsx'
import { action, form, get, type PageContext, type View } from '../../core/page.tsx'
import { formatInstant, formatTime } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout, Phones } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { DrillMark, OwnOuting, spanWords } from './card.tsx'
import { answerOuting } from './ladder.server.ts'
import { AnswerOuting, isDrill, type Outing, steps } from './outing.ts'
import { type OpenedOuting, openOuting, pressOuting } from './outings.server.ts'

type Page = PageContext<OpenedOuting>

export const pressOutingAction = action(pressOuting, ({ of }, _params, { what }) => {
  if (what === 'out' && of.caseId) return { to: `/outings/${of.id}/visit`, said: 'support.outing.said.out' }
  if (what === 'out') return { to: '/', said: 'support.drill.heard' }
  if (what === 'otherwise') return { to: '/', said: 'support.outing.said.otherwise' }
  return { to: `/outings/${of.id}`, said: what === 'in' ? 'support.outing.said.in' : 'support.outing.said.longer' }
})

const view: View<OpenedOuting> = { title: 'support.title.visits', body: (page) => <One page={page} /> }

export const outingPage = get(openOuting, view)

/** The same page; for those who may end it, with what they typed. */
export const answerOutingPage = form(openOuting, answerOuting, view, ({ drill, of }) =>
  drill ? { to: '/', said: 'support.drill.heard' } : { to: `/outings/${of.id}`, said: 'support.outing.said.answer' },
)

function One({ page }: { page: Page }) {
  const { t, data } = page
  const { of } = data
  return (
    <div class="tv-narrow">
      <BackLink href="/">{t('home.tab')}</BackLink>
      <h1>{headingOf(t, of)}</h1>
      {of.endedAt ? <Over page={page} /> : of.mine ? <Own page={page} /> : <Search page={page} />}
      <History page={page} />
    </div>
  )
}

const headingOf = (t: T, of: Outing): string => {
  if (of.mine || of.endedAt || of.rung < 2) return t(isDrill(of) ? 'support.drill.title' : 'support.outing.title')
  return t(isDrill(of) ? 'support.drill.missing' : 'support.outing.missing', { name: of.volunteer })
}

function Own({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <OwnOuting page={page} of={data.of} longer={data.longer} />
      {data.reach ? <p class="tv-quiet">{t('support.outing.ownReach', { words: data.reach })}</p> : null}
    </>
  )
}

/** What to do now, in the order in which it is done; and the end of it. */
function Search({ page }: { page: Page }) {
  const { t, data, me } = page
  const { of } = data
  // Whoever guides her opens a place on the page of the support, the coordinator on that of the case.
  const place = me.roles.includes('coordinator') ? `/cases/${of.caseId}` : `/assignments/${of.assignmentId}`
  if (isDrill(of)) return <Drilled page={page} />
  if (of.rung < 2) return <Waited page={page} />
  return (
    <>
      <Callout kind="danger" title={t('support.outing.now')}>
        <ol>
          <li>
            {t('support.outing.now.call')} <Phone number={of.phone} none={t('support.outing.noPhone')} />
          </li>
          {data.reach ? <li>{t('support.outing.now.reach', { words: data.reach })}</li> : null}
          <li>{t('support.outing.now.again')}</li>
          <li>
            <Phones text={t('support.outing.now.police')} /> <a href={place}>{of.number}</a>
          </li>
        </ol>
      </Callout>
      <h2>{t('support.outing.end')}</h2>
      <Form page={page} to={`/outings/${of.id}/answer`}>
        <Field page={page} of={AnswerOuting} name="how" />
        <Field page={page} of={AnswerOuting} name="note" rows={3} />
        <Button>{t('support.outing.endIt')}</Button>
      </Form>
    </>
  )
}

/** Nobody looks for her yet; but she may have called where there is no network. */
function Waited({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <p>{t('support.outing.waited', { span: spanWords(t, data.of) })}</p>
      <Form page={page} to={`/outings/${data.of.id}/answer`}>
        <input type="hidden" name="how" value="safe" />
        <Field page={page} of={AnswerOuting} name="note" rows={2} />
        <Button kind="secondary">{t('support.outing.phoned')}</Button>
      </Form>
    </>
  )
}

function Drilled({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <DrillMark t={t} />
      {data.asks ? (
        <Form page={page} to={`/outings/${data.of.id}/answer`}>
          <p>{t('support.drill.answerLead')}</p>
          <input type="hidden" name="how" value="safe" />
          <Button>{t('support.drill.answer')}</Button>
        </Form>
      ) : null}
    </>
  )
}

function Phone({ number, none }: { number: string | null; none: string }) {
  if (!number) return <>{none}</>
  return (
    <a class="tv-phone" href={`tel:${number.replace(/[^\d+]/g, '')}`}>
      {number}
    </a>
  )
}

function Over({ page: { t, data } }: { page: Page }) {
  const { of, note } = data
  const { ending, endedAt, heardAt } = of
  if (!ending || !endedAt || !heardAt) return null
  const words = { time: formatTime(endedAt), who: of.endedBy ?? '' }
  // What was pressed without network came later than it was pressed.
  const late = heardAt.getTime() - endedAt.getTime() > 60_000
  return (
    <Callout>
      <p>
        {t(`support.outing.ended.${ending}`, words)}{' '}
        {late ? t('support.outing.heard', { time: formatTime(heardAt) }) : ''}
      </p>
      {note ? <p>„{note}“</p> : null}
      {of.mine && ending === 'out' && of.caseId ? (
        <p>
          {t('support.outing.unwritten')} <a href={`/outings/${of.id}/visit`}>{t('support.visit.new')}</a>
        </p>
      ) : null}
    </Callout>
  )
}

/** What has happened, with its times. */
function History({ page: { t, data } }: { page: Page }) {
  const { of, taken } = data
  return (
    <Summary
      rows={[
        !of.mine && { name: t('support.volunteer'), value: of.volunteer },
        of.number !== null && { name: t('support.caseNumber'), value: of.number },
        { name: t('support.outing.begins'), value: formatInstant(of.beginsAt) },
        of.inAt && { name: t('support.outing.in'), value: formatInstant(of.inAt) },
        { name: t('support.outing.ends'), value: formatInstant(of.untilAt) },
        ...taken.map((one) => ({
          name: t(`support.step.${steps[one.step - 1] ?? 'own'}`),
          value: [formatInstant(one.takenAt), one.told === 0 ? t('support.step.nobody') : '']
            .filter(Boolean)
            .join(', '),
        })),
      ]}
    />
  )
}
