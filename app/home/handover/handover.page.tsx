// What does the stand-in read before beginning, and what does the giver read on coming back?

import { State, termWords } from '../../access/substitution/parts.tsx'
import { addPromise, finishPromise } from '../../access/substitution/promises.server.ts'
import { AddPromise, FinishPromise, type PromiseLine } from '../../access/substitution/substitution.ts'
import { beginStandingIn, endSubstitution } from '../../access/substitution/substitutions.server.ts'
import { actionWords } from '../../audit/audit.ts'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Tasks } from '../../ui/tasks.tsx'
import { openHandover } from './handover.server.ts'
import type { Deed, Handover } from './handover.ts'
import { dueLines, waitingLines } from './lines.ts'

type Opened = PageContext<Handover>
const title = 'access.substitution.title'

export const handoverPage = get(openHandover, { title, body: (page) => <HandoverBody page={page} /> })

function HandoverBody({ page }: { page: Opened }) {
  const { t, data } = page
  const { term, desk } = data
  return (
    <>
      <BackLink href="/substitution">{t('access.substitution.title')}</BackLink>
      <h1>{t('home.handover.title')}</h1>
      <p class="tv-lead">
        {t('home.handover.lead', { giver: term.giver, taker: term.taker, term: termWords(t, term) })}{' '}
        <State t={t} one={term} today={data.today} />
      </p>
      <Doings page={page} />
      <Promises page={page} />
      {desk ? (
        <>
          <h2>{t('home.handover.due')}</h2>
          <Tasks tasks={dueLines(t, data, desk)} empty={<p>{t('home.handover.due.none')}</p>} />
          <h2>{t('home.handover.waiting')}</h2>
          <Tasks tasks={waitingLines(t, data, desk)} empty={<p>{t('home.handover.waiting.none')}</p>} />
        </>
      ) : null}
      <MeanwhileList page={page} />
    </>
  )
}

function Doings({ page }: { page: Opened }) {
  const { t, data, me, can } = page
  const { term, state, reader, desk } = data
  if (state === 'over') return null
  const begins = reader === 'taker' && state === 'running' && !me.standsInFor && can(beginStandingIn)
  return (
    <>
      {reader === 'taker' && !desk ? <Callout>{<p>{t(`home.handover.before.${state}`)}</p>}</Callout> : null}
      <ButtonGroup>
        {begins ? (
          <form method="post" action={`/substitution/${term.id}/begin`}>
            <Tokens page={page} />
            <Button>{t('access.substitution.begin')}</Button>
          </form>
        ) : null}
        {reader === 'giver' && can(addPromise) ? (
          <ButtonLink href={`/substitution/${term.id}/promises/new`}>{t('home.handover.addPromise')}</ButtonLink>
        ) : null}
        {can(endSubstitution) ? (
          <ButtonLink href={`/substitution/${term.id}/end`} kind="secondary">
            {t('access.substitution.end')}
          </ButtonLink>
        ) : null}
      </ButtonGroup>
    </>
  )
}

function Promises({ page }: { page: Opened }) {
  const { t, data } = page
  const none = data.state === 'over' ? 'taker' : data.reader
  return (
    <>
      <h2>{t('home.handover.promises')}</h2>
      <Table<PromiseLine>
        caption={t('home.handover.promises')}
        captionLook="hidden"
        rows={data.promises}
        empty={<p>{t(`home.handover.promises.none.${none}`)}</p>}
        columns={[
          { name: t('access.substitution.promise'), head: true, cell: (line) => line.text },
          { name: t('access.substitution.promiseDue'), cell: (line) => <Due page={page} line={line} /> },
          { name: t('access.substitution.answer'), cell: (line) => <Answer page={page} line={line} /> },
        ]}
      />
    </>
  )
}

function Due({ page: { t, data }, line: { dueOn, doneAt } }: { page: Opened; line: PromiseLine }) {
  if (!dueOn) return '–'
  return doneAt ? formatDate(dueOn) : `${formatDate(dueOn)}, ${dueWords(dueOn, data.today, t)}`
}

function Answer({ page, line }: { page: Opened; line: PromiseLine }) {
  const { t, data, can } = page
  if (line.doneAt) {
    return (
      <>
        <Tag kind="ok">{t('home.handover.done')}</Tag> {line.answer}
        <div class="tv-quiet">
          {line.doneBy}, {formatInstant(line.doneAt)}
        </div>
      </>
    )
  }
  if (!can(finishPromise)) return <>{t('home.handover.notDone')}</>
  return (
    <a href={`/substitution/${data.term.id}/promises/${line.id}`} class="govuk-link">
      {t('home.handover.finish')}
      <span class="govuk-visually-hidden">: {line.text}</span>
    </a>
  )
}

// Told from the log; nobody has to write a report of it.
function MeanwhileList({ page: { t, data } }: { page: Opened }) {
  const { meanwhile, state, reader } = data
  if (state === 'planned' || state === 'asked') return null
  return (
    <section>
      <h2>{t('home.handover.meanwhile')}</h2>
      <Table<Deed>
        caption={t('home.handover.meanwhile')}
        captionLook="hidden"
        rows={meanwhile.done}
        empty={<p>{t('home.handover.meanwhile.none')}</p>}
        columns={[
          { name: t('home.handover.deed'), head: true, cell: ({ action }) => deedWords(actionWords(t, action)) },
          { name: t('home.handover.times'), cell: ({ times }) => times },
          { name: t('home.handover.last'), nowrap: true, cell: ({ last }) => formatInstant(last) },
          { name: t('home.handover.cases'), cell: ({ cases }) => <CaseLinks cases={cases} /> },
        ]}
      />
      <p class="tv-quiet">
        {t('home.handover.looked', { count: meanwhile.looked })}{' '}
        {reader === 'giver' ? <a href="/audit">{t('home.handover.log')}</a> : null}
      </p>
    </section>
  )
}

// The words of the log end where it goes on with a number.
const deedWords = (words: string) => words.replace(/:[^:]*$/, '')

function CaseLinks({ cases }: { cases: Deed['cases'] }) {
  if (cases.length === 0) return <>–</>
  return (
    <>
      {cases.map(({ id, number }, index) => (
        <>
          {index > 0 ? ', ' : ''}
          <a href={`/cases/${id}`} class="tv-nowrap">
            {number}
          </a>
        </>
      ))}
    </>
  )
}

export const addPromisePage = form(
  openHandover,
  addPromise,
  {
    title,
    body: (page) => (
      <div class="tv-narrow">
        <BackLink href={`/substitution/${page.data.term.id}`}>{page.t('home.handover.title')}</BackLink>
        <h1>{page.t('home.handover.addPromise')}</h1>
        <Form page={page}>
          <Field page={page} of={AddPromise} name="text" />
          <Field page={page} of={AddPromise} name="dueOn" />
          <Button>{page.t('home.handover.savePromise')}</Button>
        </Form>
      </div>
    ),
  },
  ({ id }) => ({ to: `/substitution/${id}`, said: 'home.handover.promiseAdded' }),
)

export const finishPromisePage = form(
  openHandover,
  finishPromise,
  {
    title,
    body: (page) => {
      const { t, data, path } = page
      const line = data.promises.find(({ id }) => path.endsWith(id))
      return (
        <div class="tv-narrow">
          <BackLink href={`/substitution/${data.term.id}`}>{t('home.handover.title')}</BackLink>
          <h1>{t('home.handover.finish')}</h1>
          {line ? <p class="tv-lead">{line.text}</p> : null}
          <Form page={page}>
            <Field page={page} of={FinishPromise} name="answer" />
            <Button>{t('home.handover.finish')}</Button>
          </Form>
        </div>
      )
    },
  },
  ({ id }) => ({ to: `/substitution/${id}`, said: 'home.handover.promiseDone' }),
)
