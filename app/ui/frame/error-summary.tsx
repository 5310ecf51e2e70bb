// What has to be mended before this form can be taken?
import type { T } from '../../i18n/i18n.ts'

/** `href` leads to the field (`#date`); without it the sentence is about the whole form. */
export type FormError = { href?: string; text: string }

/** Stands on top of the form's page, takes the focus (where scripts run) and leads to each field. Nothing where all is well. */
export function ErrorSummary({ t, errors }: { t: T; errors: readonly FormError[] }) {
  if (errors.length === 0) return null
  return (
    <div class="govuk-error-summary" data-module="govuk-error-summary">
      <div role="alert">
        <h2 class="govuk-error-summary__title">{t('ui.errorSummary.title')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(({ href, text }) => (
              <li>{href ? <a href={href}>{text}</a> : text}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
