// How does somebody ask to be let into a case that is not theirs?
import { fresh } from '../../access/fresh.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { action, form } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { askGlass, endGlass, openAskGlass } from './ask.server.ts'
import { AskGlass } from './glass.ts'

export const askGlassPage = fresh(
  form(
    openAskGlass,
    askGlass,
    {
      title: 'cases.glass.title',
      body: (page) => {
        const { t, data } = page
        return (
          <div class="tv-narrow">
            <BackLink href="/break-glass">{t('cases.glass.title')}</BackLink>
            <h1>{t('cases.glass.ask')}</h1>
            <Callout kind="danger">
              <p>{t('cases.glass.askLead', { minutes: data.minutes, uses: data.uses, days: data.days })}</p>
            </Callout>
            {data.guidedDays === null ? null : <p>{t('cases.glass.guided', { days: data.guidedDays })}</p>}
            <Form page={page}>
              <Field page={page} of={AskGlass} name="number" width={20} autocomplete="off" />
              <Field page={page} of={AskGlass} name="ground" />
              <Field page={page} of={AskGlass} name="words" />
              <Button kind="danger">{t('cases.glass.askDo')}</Button>
            </Form>
          </div>
        )
      },
    },
    ({ opened }) => ({ to: '/break-glass', said: opened ? 'cases.glass.opened' : 'cases.glass.asked' }),
  ),
)

export const endGlassAction = action(endGlass, () => ({ to: '/break-glass', said: 'cases.glass.ended' }))
