// Which drills were there, how long did each step of them take, and how does one begin another?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { formatInstant, formatTime } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { beginDrill, type Drill, listDrills, stopDrill } from './drills.server.ts'
import { BeginDrill, steps, type Taken } from './outing.ts'

type Page = PageContext<Awaited<ReturnType<(typeof listDrills)['run']>>>

export const drillsPage = form(
  listDrills,
  beginDrill,
  { title: 'support.drill.tab', body: (page) => <Drills page={page} /> },
  () => ({ to: '/outings/drills', said: 'support.drill.begun' }),
)

export const stopDrillAction = action(stopDrill, () => ({ to: '/outings/drills', said: 'support.drill.stopped' }))

function Drills({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <>
      <BackLink href="/">{t('home.tab')}</BackLink>
      <h1>{t('support.drill.tab')}</h1>
      <p class="tv-lead">{t('support.drill.lead', { minutes: data.minutes })}</p>
      {data.volunteers.length > 0 ? (
        <div class="tv-narrow">
          <Form page={page}>
            <Field
              page={page}
              of={BeginDrill}
              name="volunteer"
              list
              options={data.volunteers.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Button>{t('support.drill.begin')}</Button>
          </Form>
        </div>
      ) : (
        <p>{t('support.drill.nobody')}</p>
      )}
      <h2>{t('support.drill.past')}</h2>
      <Table<Drill>
        caption={t('support.drill.past')}
        captionLook="hidden"
        rows={data.drills}
        empty={<p>{t('support.drill.none')}</p>}
        columns={[
          { name: t('support.drill.when'), head: true, cell: (drill) => formatInstant(drill.begunAt) },
          { name: t('support.volunteer'), cell: (drill) => drill.volunteer },
          ...steps.map((step, nth) => ({
            name: t(`support.step.${step}`),
            cell: (drill: Drill) =>
              stepWords(
                t,
                drill.steps.find((one) => one.step === nth + 1),
              ),
          })),
          { name: t('support.drill.state'), cell: (drill) => <State page={page} drill={drill} /> },
        ]}
      />
    </>
  )
}

const minutesBetween = (from: Date, to: Date) => Math.max(0, Math.round((to.getTime() - from.getTime()) / 60_000))

/** "14.02 · vastas Sirje, 3 min" */
function stepWords(t: T, step: Taken | undefined): string {
  if (!step) return '–'
  const at = formatTime(step.takenAt)
  if (step.told === 0) return `${at} · ${t('support.step.nobody')}`
  if (!step.answeredAt) return `${at} · ${t('support.step.unanswered')}`
  const words = { who: step.answeredBy ?? '', minutes: minutesBetween(step.takenAt, step.answeredAt) }
  return `${at} · ${t('support.step.answered', words)}`
}

function State({ page, drill }: { page: Page; drill: Drill }) {
  const { t } = page
  if (drill.ending) {
    const minutes = drill.endedAt ? minutesBetween(drill.begunAt, drill.endedAt) : 0
    return (
      <Tag kind={drill.ending === 'drilled' ? 'ok' : 'neutral'}>
        {t(`support.drill.is.${drill.ending}`, { minutes })}
      </Tag>
    )
  }
  return (
    <>
      <Tag kind="wait">{t('support.drill.is.running')}</Tag>
      {drill.mayStop ? (
        <form method="post" action={`/outings/${drill.id}/stop`}>
          <Tokens page={page} />
          <Button kind="quiet" about={drill.volunteer}>
            {t('support.drill.stop')}
          </Button>
        </form>
      ) : null}
    </>
  )
}
