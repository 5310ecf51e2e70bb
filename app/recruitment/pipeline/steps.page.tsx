// On which forms is an applicant taken in, given a step, moved on or told no?
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { isStage, type Stage, stages, transitions } from '../../volunteers/volunteer.ts'
import { usualStep } from '../recruitment.ts'
import { type Opened, openApplicant } from './applicant.server.ts'
import { joinKnown, moveApplicant, refuseApplicant, setStep, takeApplication } from './moves.server.ts'
import { Move, Refuse, SetStep } from './pipeline-input.ts'
import { calledBy } from './who.ts'

type Page = PageContext<Opened>
type Says = readonly [title: Key, lead: Key]
type Frame = { page: Page; says: Says; children: unknown }

const says = {
  take: ['recruitment.take.title', 'recruitment.take.lead'],
  next: ['recruitment.next.title', 'recruitment.next.lead'],
  move: ['recruitment.move.title', 'recruitment.move.lead'],
  no: ['recruitment.no.title', 'recruitment.no.lead'],
  join: ['recruitment.join.title', 'recruitment.join.lead'],
} as const satisfies Record<string, Says>

const there = (_: unknown, { id }: Record<string, string>) => `/recruitment/${id}`

function Narrow({ page: { t, data }, says: [title, lead], children }: Frame) {
  return (
    <div class="tv-narrow">
      <BackLink href={`/recruitment/${data.id}`}>{calledBy(data)}</BackLink>
      <h1>{t(title)}</h1>
      <p class="tv-lead">{t(lead)}</p>
      {children}
    </div>
  )
}

/** The step, its day and whose it is; what is usual is filled in. */
function NextFields({ page, stage }: { page: Page; stage: Stage | null }) {
  const { data, me } = page
  const options = data.owners.map(({ id, name }) => ({ value: id, label: name }))
  const mine = data.owners.find(({ id }) => id === me.id) ?? data.owners[0]
  const owner = data.way?.next?.owner ?? mine?.id
  return (
    <>
      <Field page={page} of={SetStep} name="step" list value={stage ? usualStep[stage] : null} />
      <Field page={page} of={SetStep} name="dueOn" value={addDays(today(), data.days)} />
      <Field page={page} of={SetStep} name="owner" list options={options} value={owner} />
      <Field page={page} of={SetStep} name="note" />
    </>
  )
}

export const takePage = form(
  openApplicant,
  takeApplication,
  {
    title: 'recruitment.tab',
    body: (page) => (
      <Narrow page={page} says={says.take}>
        <Form page={page}>
          <NextFields page={page} stage="candidate" />
          <Button>{page.t('recruitment.take.action')}</Button>
        </Form>
      </Narrow>
    ),
  },
  (_, { id }) => ({ to: `/recruitment/${id}`, said: 'recruitment.take.done' }),
)

export const stepPage = form(
  openApplicant,
  setStep,
  {
    title: 'recruitment.tab',
    body: (page) => (
      <Narrow page={page} says={says.next}>
        <Form page={page}>
          <NextFields page={page} stage={null} />
          <Button>{page.t('recruitment.next.set')}</Button>
        </Form>
      </Narrow>
    ),
  },
  there,
)

export const movePage = form(
  openApplicant,
  moveApplicant,
  {
    title: 'recruitment.tab',
    body: (page) => (
      <Narrow page={page} says={says.move}>
        <MoveForm page={page} />
      </Narrow>
    ),
  },
  (_, { id }) => ({ to: `/recruitment/${id}`, said: 'recruitment.move.done' }),
)

function MoveForm({ page }: { page: Page }) {
  const { t, data } = page
  const now = data.volunteer?.status
  const next = now && isStage(now) ? transitions[now].filter((status) => status !== 'ended') : []
  const options = next.map((value) => ({
    value,
    label: t(`volunteers.status.to.${value}`),
    hint: t(`volunteers.status.means.${value}`),
  }))
  const [first] = next
  return (
    <Form page={page}>
      <Field page={page} of={Move} name="status" options={options} value={next.length === 1 ? first : null} />
      <h2>{t('recruitment.next.title')}</h2>
      <p>{t('recruitment.move.nextHint')}</p>
      <NextFields page={page} stage={stages.find((stage) => stage === first) ?? null} />
      <Button>{t('recruitment.move.action')}</Button>
    </Form>
  )
}

export const refusePage = form(
  openApplicant,
  refuseApplicant,
  {
    title: 'recruitment.tab',
    body: (page) => (
      <Narrow page={page} says={says.no}>
        <Form page={page}>
          <Field page={page} of={Refuse} name="reason" />
          <Field page={page} of={Refuse} name="remark" />
          <Field page={page} of={Refuse} name="tell" />
          <Button kind="danger">{page.t('recruitment.no.action')}</Button>
        </Form>
      </Narrow>
    ),
  },
  (_, { id }) => ({ to: `/recruitment/${id}`, said: 'recruitment.no.done' }),
)

export const knownPage = form(
  openApplicant,
  joinKnown,
  {
    title: 'recruitment.tab',
    body: (page) => (
      <Narrow page={page} says={says.join}>
        {page.data.same ? (
          <Callout>
            <p>{`${page.data.same.code} ${page.data.same.name}`}</p>
          </Callout>
        ) : null}
        <Form page={page}>
          <Button>{page.t('recruitment.join.action')}</Button>
        </Form>
      </Narrow>
    ),
  },
  ({ id }) => ({ to: `/volunteers/${id}`, said: 'recruitment.join.done' }),
)
