// What is the story of this assignment – and for the support person: what do I need to know to help?

import { Tokens } from '../../core/form/form.tsx'
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { isKey, type Key, type T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Timeline } from '../../ui/record/timeline.tsx'
import { Summary, type SummaryRow } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { type Opened, openAssignment } from './assignments.server.ts'
import { StateTag } from './glance.tsx'
import { OwnView } from './own.tsx'
import { endAssignment, handOver, openToSupport } from './steer.server.ts'

type Whole = NonNullable<Opened['whole']>
type Props = { page: PageContext<Opened> }

export const assignmentPage = get(openAssignment, {
  title: 'matching.list.tab',
  body: (page) => (page.data.whole ? <Story page={page} whole={page.data.whole} /> : <OwnView page={page} />),
})

function Story({ page, whole }: Props & { whole: Whole }) {
  const { t, data, locale } = page
  const { head } = data
  return (
    <>
      <BackLink href="/assignments">{t('matching.list.title')}</BackLink>
      <h1>{t('matching.assignment.title', { number: head.number, volunteer: head.code ?? '–' })}</h1>
      <p>
        <StateTag t={t} status={head.status} late={head.late} />
      </p>
      <Steps page={page} whole={whole} />
      <Summary rows={facts(t, data, whole)} />
      {whole.places.length > 0 ? <Places page={page} places={whole.places} /> : null}
      <h2>{t('matching.assignment.history')}</h2>
      <Timeline
        locale={locale}
        level={3}
        items={whole.events.map((event) => ({
          at: event.recordedAt,
          title: t(`matching.event.${event.kind}` as Key),
          who: event.who ?? (answers.includes(event.kind) ? (head.code ?? undefined) : undefined),
          children: why(t, event),
        }))}
      />
    </>
  )
}

// Whose word it is, where the name may not be seen: the volunteer's own code.
const answers: readonly string[] = ['accepted', 'declined']

type Event = Whole['events'][number]

const prefixes: Partial<Record<string, string>> = {
  declined: 'matching.decline.',
  ended: 'matching.ending.',
  withdrawn: 'matching.withdrawal.',
}

function why(t: T, { kind, reasonCode, reason }: Event): string {
  const prefix = prefixes[kind]
  const key = `${prefix ?? ''}${reasonCode ?? ''}`
  return [isKey(key) ? t(key) : reasonCode, reason].filter(Boolean).join(': ')
}

/** What the coordinator may do next; a closed story offers the story that follows. */
function Steps({ page, whole }: Props & { whole: Whole }) {
  const { t, can, data } = page
  const { head } = data
  const path = `/assignments/${head.id}`
  if (whole.next) {
    return (
      <p>
        <a href={`/assignments/${whole.next.id}`}>{t('matching.assignment.next')}</a>
      </p>
    )
  }
  if (!can(endAssignment)) return null
  if (head.status === 'proposed')
    return (
      <ButtonLink href={`${path}/withdraw`} kind="secondary">
        {t('matching.withdraw.open')}
      </ButtonLink>
    )
  if (head.status === 'active') {
    return (
      <ButtonGroup>
        <ButtonLink href={`${path}/end`} kind="secondary">
          {t('matching.end.open')}
        </ButtonLink>
        {can(handOver) ? (
          <ButtonLink href={`${path}/hand-over`} kind="secondary">
            {t('matching.handover.open')}
          </ButtonLink>
        ) : null}
      </ButtonGroup>
    )
  }
  if (head.needStatus !== 'open') return null
  return <ButtonLink href={`/matching/${head.needId}`}>{t('matching.assignment.find')}</ButtonLink>
}

function facts(t: T, { head }: Opened, { choice }: Whole): (SummaryRow | null)[] {
  const row = (name: Key, value: string | null) => (value ? { name: t(name), value } : null)
  const day = (date: string | null) => (date ? formatDate(date) : null)
  return [
    row('matching.proposal.supervisor', head.supervisor),
    row('matching.list.asked', day(head.askedOn)),
    row('matching.list.from', day(head.startOn)),
    row('matching.list.until', day(head.endOn)),
    row('matching.assign.agreedOn', day(choice.victimAgreedOn)),
    row('matching.assignment.loadBefore', t('matching.assignment.cases', { count: choice.loadBefore })),
    row(
      'matching.assignment.chosenBy',
      t(choice.chosenBySolver ? 'matching.assignment.bySolver' : 'matching.assignment.byHand'),
    ),
    row('matching.assign.rationale', choice.rationale),
    row('matching.assign.override', choice.overrideReason),
    row('matching.assignment.solution', solutionText(t, choice.solution)),
    choice.followsId
      ? {
          name: t('matching.assignment.follows'),
          value: <a href={`/assignments/${choice.followsId}`}>{t('matching.assignment.before')}</a>,
        }
      : null,
  ]
}

/** What the solver said on the day of the choice; older assignments have nothing kept. */
function solutionText(t: T, kept: unknown): string | null {
  const of = kept as { needs?: number; covered?: number; proven?: boolean; chosen?: string | null } | null
  if (of?.needs === undefined || of.covered === undefined) return null
  const counts = { needs: of.needs, covered: of.covered, chosen: of.chosen ?? 'none' }
  return t('matching.assignment.solved', { ...counts, proven: of.proven ? 'yes' : 'no' })
}

/** The supervisor opens one place at a time; safe contact is always open. */
function Places({ page, places }: Props & { places: Whole['places'] }) {
  const { t } = page
  return (
    <>
      <h2>{t('matching.places.title')}</h2>
      <p>{t('matching.places.lead')}</p>
      <Table
        caption={t('matching.places.title')}
        captionLook="hidden"
        rows={places}
        empty={<p>{t('matching.places.none')}</p>}
        columns={[
          { name: t('matching.places.one'), head: true, cell: (place) => t(`cases.place.${place.kind}` as Key) },
          { name: t('matching.places.recorded'), cell: (place) => formatDate(place.recordedAt) },
          {
            name: t('matching.places.state'),
            cell: (place) => (
              <Tag kind={place.open ? 'ok' : 'neutral'}>
                {t(place.open ? 'matching.places.open' : 'matching.places.closed')}
              </Tag>
            ),
          },
          {
            name: t('matching.column.do'),
            silent: true,
            cell: (place) => <Opener page={page} place={place} />,
          },
        ]}
      />
    </>
  )
}

function Opener({ page, place }: Props & { place: Whole['places'][number] }) {
  const { t, can, data } = page
  if (place.kind === 'safe_contact' || !can(openToSupport)) return null
  return (
    <form method="post" action={`/assignments/${data.head.id}/places`}>
      <Tokens page={page} />
      <input type="hidden" name="place" value={place.id} />
      <Button
        kind="secondary"
        name="open"
        value={place.open ? 'no' : 'yes'}
        about={t(`cases.place.${place.kind}` as Key)}
      >
        {t(place.open ? 'matching.places.close' : 'matching.places.openIt')}
      </Button>
    </form>
  )
}
