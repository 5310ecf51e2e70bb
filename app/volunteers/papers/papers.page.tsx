// How does the coordinator put a paper in, set one right, and move a volunteer on?
import type { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { Field, Form, type FormPage } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { statusName } from '../glance.tsx'
import { type EvidenceKind, missingKey, type Status as Standing } from '../volunteer.ts'
import { ChangeStatus, Correction, paperForms, WithdrawEvidence } from '../volunteer-input.ts'
import {
  addEvidence,
  changeStatus,
  correctEvidence,
  openEvidence,
  openNewEvidence,
  openStatus,
  withdrawEvidence,
} from './papers.server.ts'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>

export const newEvidencePage = form(
  openNewEvidence,
  addEvidence,
  { title: 'volunteers.evidence.tab', body: (page) => <NewEvidence page={page} /> },
  (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.evidence.added' }),
)

export const correctEvidencePage = form(
  openEvidence,
  correctEvidence,
  { title: 'volunteers.evidence.tab', body: (page) => <CorrectPaper page={page} /> },
  (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.evidence.corrected' }),
)

export const withdrawEvidencePage = form(
  openEvidence,
  withdrawEvidence,
  { title: 'volunteers.evidence.tab', body: (page) => <WithdrawPaper page={page} /> },
  (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.evidence.withdrawn' }),
)

export const volunteerStatusPage = form(
  openStatus,
  changeStatus,
  { title: 'volunteers.status.tab', body: (page) => <Status page={page} /> },
  (_, { id }) => ({ to: `/volunteers/${id}`, said: 'volunteers.status.done' }),
)

function Back({ data }: { data: { id: string; name: string } }) {
  return <BackLink href={`/volunteers/${data.id}`}>{data.name}</BackLink>
}

function NewEvidence({ page }: { page: Answer<typeof openNewEvidence> }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <Back data={data} />
      <h1>{t(`volunteers.evidence.new.${data.kind}`)}</h1>
      <p class="tv-lead">{t(`volunteers.evidence.explain.${data.kind}`)}</p>
      <Form page={page}>
        <PaperFields page={page} kind={data.kind} paper={{ validFrom: today(), checkedBy: data.checkedBy }} />
        <Button>{t('volunteers.save')}</Button>
      </Form>
    </div>
  )
}

type Known = { validFrom: string; validTo?: string | null; passed?: boolean; checkedBy: string | null }

/** Only what this kind of paper has; the same fields for a new one and for a correction. */
function PaperFields({ page, kind, paper }: { page: FormPage; kind: EvidenceKind; paper: Known }) {
  const of: z.ZodObject = paperForms[kind]
  const values: Record<string, string | null | undefined> = {
    ...{ validFrom: paper.validFrom, validTo: paper.validTo, checkedBy: paper.checkedBy },
    passed: paper.passed === undefined ? null : paper.passed ? 'yes' : 'no',
  }
  return (
    <>
      {Object.keys(of.shape).map((name) => (
        <Field page={page} of={of} name={name} value={values[name]} width={20} inline />
      ))}
    </>
  )
}

function CorrectPaper({ page }: { page: Answer<typeof openEvidence> }) {
  const { t, data } = page
  const { paper } = data
  return (
    <div class="tv-narrow">
      <Back data={data} />
      <h1>{t('volunteers.evidence.correctTitle', { kind: t(`volunteers.evidence.${paper.kind}`) })}</h1>
      <p class="tv-lead">{t('volunteers.evidence.correctLead')}</p>
      <Form page={page}>
        <PaperFields page={page} kind={paper.kind} paper={paper} />
        <Field page={page} of={Correction} name="reason" />
        <ButtonGroup>
          <Button>{t('volunteers.evidence.correctSave')}</Button>
          <ButtonLink kind="quiet" href={`/volunteers/${data.id}/evidence/${paper.kind}/${paper.id}/withdraw`}>
            {t('volunteers.evidence.withdraw')}
          </ButtonLink>
        </ButtonGroup>
      </Form>
    </div>
  )
}

function WithdrawPaper({ page }: { page: Answer<typeof openEvidence> }) {
  const { t, data } = page
  const { paper } = data
  const what = { kind: t(`volunteers.evidence.${paper.kind}`), from: formatDate(paper.validFrom) }
  return (
    <div class="tv-narrow">
      <Back data={data} />
      <h1>{t('volunteers.evidence.withdrawTitle', what)}</h1>
      <p class="tv-lead">{t('volunteers.evidence.withdrawLead')}</p>
      <Form page={page}>
        <Field page={page} of={WithdrawEvidence} name="reason" />
        <Button kind="danger">{t('volunteers.evidence.withdraw')}</Button>
      </Form>
    </div>
  )
}

// Whoever was on a pause is back from it, or still on it.
const fromPause: Partial<Record<Standing, Key>> = {
  active: 'volunteers.status.to.back',
  paused: 'volunteers.status.to.still',
}

function Status({ page }: { page: Answer<typeof openStatus> }) {
  const { t, data } = page
  const back = <Field page={page} of={ChangeStatus} name="untilOn" />
  const options = data.next.map((value) => ({
    value,
    label: t((data.status === 'paused' && fromPause[value]) || `volunteers.status.to.${value}`),
    hint: t(`volunteers.status.means.${value}`),
    reveal: value === 'paused' ? back : undefined,
  }))
  return (
    <div class="tv-narrow">
      <Back data={data} />
      <h1>{t('volunteers.status.title')}</h1>
      <p class="tv-lead">{t('volunteers.status.lead', { status: statusName(t, data.now.status) })}</p>
      {data.next.includes('active') && data.lacks.length > 0 ? (
        <Callout kind="attention" title={t('volunteers.status.lacks')}>
          <ul>
            {data.lacks.map(({ code, args }) => (
              <li>{t(missingKey(code), args)}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <Form page={page}>
        <Field
          page={page}
          of={ChangeStatus}
          name="status"
          options={options}
          value={data.next.length === 1 ? data.next[0] : null}
        />
        <Field page={page} of={ChangeStatus} name="fromOn" value={today()} />
        <Field page={page} of={ChangeStatus} name="reason" />
        <Button>{t('volunteers.save')}</Button>
      </Form>
    </div>
  )
}
