// When will I next reach her, and is that a time and a way that is safe for her?
import { Keeping, PlanQuestions, SafeRules, whenWords } from '../../cases/contact/guard-form.tsx'
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { formatTime } from '../../i18n/format.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { OutingFields } from '../outing/outing.ts'
import { openNext, planNext, withdrawNext } from './next.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openNext)['run']>>>
const ways = ['call', 'text', 'email', 'in_person'] as const
const placeOf = (id: string | undefined) => `/assignments/${id}/contact`

export const nextContactPage = form(
  openNext,
  planNext,
  {
    title: 'support.next.title',
    body: (page) => {
      const { t, data } = page
      return (
        <div class="tv-narrow">
          <BackLink href={`/assignments/${data.of.id}`}>{data.of.number}</BackLink>
          <h1>{t('support.next.title')}</h1>
          <SafeRules t={t} rules={data.safe.rules} />
          <Planned page={page} />
          <Form page={page}>
            <PlanQuestions page={page} ways={ways} hours={OutingFields}>
              <Field page={page} of={OutingFields} name="until" width={5} />
              <Field page={page} of={OutingFields} name="reach" />
            </PlanQuestions>
            <Button>{t('cases.guard.save')}</Button>
          </Form>
        </div>
      )
    },
  },
  ({ broken, waited }, { id }) => ({ to: placeOf(id), said: saidOf(broken.length > 0, waited) }),
)

/** Whoever is waited for hears what to press, whether or not a reason was needed. */
function saidOf(against: boolean, waited: boolean) {
  if (waited) return against ? 'support.outing.savedAgainst' : 'support.outing.saved'
  return against ? 'cases.guard.savedAgainst' : 'cases.guard.saved'
}

function Planned({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <Table
      caption={t('support.next.planned')}
      rows={data.plans}
      empty={<p>{t('cases.guard.none')}</p>}
      columns={[
        { name: t('cases.guard.when'), head: true, cell: (plan) => whenWords(t, plan) },
        { name: t('cases.guard.way'), cell: (plan) => t(`cases.contact.way.${plan.channel}`) },
        { name: t('support.outing.ends'), cell: (plan) => <Until page={page} plan={plan.id} /> },
        { name: t('cases.guard.keeping'), cell: (plan) => <Keeping t={t} plan={plan} /> },
        {
          name: t('cases.guard.withdraw'),
          silent: true,
          cell: (plan) => (
            <form method="post" action={`${placeOf(data.of.id)}/${plan.id}/withdraw`}>
              <Tokens page={page} />
              <Button kind="quiet" about={whenWords(t, plan)}>
                {t('cases.guard.withdraw')}
              </Button>
            </form>
          ),
        },
      ]}
    />
  )
}

/** Until when she is waited for, and the page on which she says that it is over. */
function Until({ page, plan }: { page: Page; plan: string }) {
  const waited = page.data.waited.find(({ planId }) => planId === plan)
  return waited ? <a href={`/outings/${waited.id}`}>{formatTime(waited.untilAt)}</a> : <>–</>
}

export const withdrawNextAction = action(withdrawNext, (_done, { id }) => ({
  to: placeOf(id),
  said: 'cases.guard.withdrawn',
}))
