// Where does a support person tell whom she lives and works with, so that she is never sent to somebody she knows?
import { Field, Form, Tokens } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { type Circle, forgetLine, openCircle, tellCircle } from './circle.server.ts'
import { circleKinds, TellCircle } from './circle.ts'

type Props = { page: PageContext<Circle> }

export const circlePage = form(
  openCircle,
  tellCircle,
  { title: 'volunteers.own.tab', body: (page) => <Own page={page} /> },
  () => ({ to: '/my-circle', said: 'volunteers.circle.told' }),
)

export const forgetLineAction = action(forgetLine, () => ({ to: '/my-circle', said: 'volunteers.circle.gone' }))

function Own({ page }: Props) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/my-profile">{t('volunteers.own.tab')}</BackLink>
      <h1>{t('volunteers.circle.title')}</h1>
      <p class="tv-lead">{t('volunteers.circle.lead')}</p>
      <Callout title={t('volunteers.circle.whyTitle')}>
        <p>{t('volunteers.circle.why')}</p>
        <p>{t('volunteers.circle.who')}</p>
      </Callout>
      <Lines page={page} />
      <h2>{t('volunteers.circle.add')}</h2>
      <p>{t('volunteers.circle.addLead')}</p>
      <Form page={page}>
        {circleKinds.map((kind) => (
          <Field page={page} of={TellCircle} name={kind} rows={kind === 'name' ? 4 : 2} />
        ))}
        <Button>{t('volunteers.circle.save')}</Button>
      </Form>
    </div>
  )
}

function Lines({ page }: Props) {
  const { t, data } = page
  if (data.lines.length === 0) return <p>{t('volunteers.circle.none')}</p>
  return (
    <section>
      <h2>{t('volunteers.circle.yours')}</h2>
      {circleKinds.map((kind) => {
        const lines = data.lines.filter((line) => line.kind === kind)
        if (lines.length === 0) return null
        return (
          <>
            <h3>{t(`volunteers.circle.${kind}`)}</h3>
            <ul class="govuk-list">
              {lines.map(({ id, text }) => (
                <li>
                  <form method="post" action={`/my-circle/${id}/forget`}>
                    <Tokens page={page} />
                    {text}{' '}
                    <Button kind="quiet" about={text}>
                      {t('volunteers.circle.forget')}
                    </Button>
                  </form>
                </li>
              ))}
            </ul>
          </>
        )
      })}
    </section>
  )
}
