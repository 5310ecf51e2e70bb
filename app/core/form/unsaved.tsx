// What becomes of what somebody has written, where there is no form any more in which it would come back?
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { T } from '../../i18n/i18n.ts'
import { ErrorSummary } from '../../ui/frame/error-summary.tsx'
import { Callout } from '../../ui/panel.tsx'

/** What of a form never stands in an answer. */
export const secret = /password|code$|token|credential|key/i
// What was chosen is a word of ours, in small letters and without a space, or the number of a place, which begins with 0; what was written is a
// sentence, a name, or a year, a day, a sum, a personal code, a telephone number.
const written = /\s|\p{Lu}|^\+?[1-9]\d{3,}$|^\d+[.,:]\d/u
// Which version was read is no word of hers.
const ours = /^(_|seen$)/

/** The words of a form that was sent which stand in no field of `html`. */
export function wordsWithout(html: string, values: Record<string, unknown>): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (ours.test(name) || secret.test(name) || html.includes(`name="${name}"`)) return []
    const words = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
    return words.map((one) => one.trim()).filter((one) => one.length > 1 && written.test(one))
  })
}

/** What was written and not saved, to be copied. */
export function Unsaved({ t, words }: { t: T; words: readonly string[] }) {
  if (words.length === 0) return null
  return (
    <Callout kind="attention" title={t('core.form.unsaved')}>
      <p>{t('core.form.unsavedLead')}</p>
      {words.map((one) => (
        <p class="tv-words">{one}</p>
      ))}
    </Callout>
  )
}

type AnsweredProps = { t: T; values: Record<string, unknown>; errors: Record<string, string>; body: Child }

/** A page that a form came back to: where the form is gone, it still says why, and what was written stands above. */
export function Answered({ t, values, errors, body }: AnsweredProps) {
  const html = String(body)
  const words = wordsWithout(html, values)
  const untold = Object.values(errors).filter(() => !html.includes('govuk-error-summary'))
  return (
    <>
      {untold.length > 0 ? <ErrorSummary t={t} errors={untold.map((text) => ({ text }))} /> : null}
      <Unsaved t={t} words={words} />
      {raw(html)}
    </>
  )
}
