// How does the lead ask for a new key of a case, and see that one was made?
import { fresh } from '../../access/fresh.ts'
import { CaseFormFrame, caseHref } from '../../cases/frame.tsx'
import { Field, Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { AskKeyChange, type Why } from './key-change.ts'
import { askKeyChange, openKeyChange } from './key-changes.server.ts'

const heading: Key = 'safekeeping.key.title'

function Because({ t, why }: { t: T; why: Why }) {
  return why ? <> {t('safekeeping.key.because', { why: t(`safekeeping.key.why.${why}`) })}</> : null
}

export const caseKeyPage = fresh(
  form(
    openKeyChange,
    askKeyChange,
    {
      title: 'cases.title.case',
      body: (page) => {
        const { t, data } = page
        return (
          <CaseFormFrame t={t} head={data.head} title={heading}>
            <p class="tv-lead">{t('safekeeping.key.lead')}</p>
            <p>
              {t('safekeeping.key.since', { at: formatInstant(data.since) })}
              {data.askedAt ? null : <Because t={t} why={data.why} />}
            </p>
            {data.askedAt ? (
              <Callout>
                <p>
                  {t('safekeeping.key.waits', { at: formatInstant(data.askedAt) })}
                  <Because t={t} why={data.why} />
                </p>
              </Callout>
            ) : (
              <Form page={page}>
                <Field page={page} of={AskKeyChange} name="why" />
                <Button>{t('safekeeping.key.change')}</Button>
              </Form>
            )}
          </CaseFormFrame>
        )
      },
    },
    (_, { id = '' }) => ({ to: caseHref(id), said: 'safekeeping.key.sent' }),
  ),
)
