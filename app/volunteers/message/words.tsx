// How are the words of a message written and shown, in three languages?
import type { z } from 'zod'
import { Field, type FormPage } from '../../core/form/form.tsx'
import { type Locale, locales, type T } from '../../i18n/i18n.ts'
import { fieldsOf, Worded, type Words } from './message.ts'

type Props = {
  page: FormPage
  words: Words
  needed: readonly Locale[]
  /** What the words are called where they are no message. */
  of?: z.ZodObject<(typeof Worded)['shape']>
}

/** The languages that are needed, each of which can be folded away. */
export function WordFields({ page, words, needed, of = Worded }: Props) {
  const known = fieldsOf(words)
  const inOrder = locales.filter((locale) => needed.includes(locale))
  return (
    <>
      {inOrder.map((locale) => (
        <details class="govuk-details" open>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{page.t(`volunteers.language.${locale}`)}</span>
          </summary>
          <div class="govuk-details__text">
            <Field page={page} of={of} name={`${locale}Title`} value={known[`${locale}Title`]} />
            <Field page={page} of={of} name={`${locale}Body`} value={known[`${locale}Body`]} rows={8} />
          </div>
        </details>
      ))}
    </>
  )
}

/** Paragraphs as they were typed. */
export function Body({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n\s*\n/).map((part) => (
        <p class="tv-words">{part.split('\n').map((line, at) => (at === 0 ? line : [<br />, line]))}</p>
      ))}
    </>
  )
}

/** The first language in which there are words. */
export const titleOf = (words: Words): string => locales.flatMap((locale) => words[locale]?.title ?? [])[0] ?? '–'

export function AllWords({ t, words }: { t: T; words: Words }) {
  return (
    <>
      {locales.map((locale) => {
        const said = words[locale]
        return said ? (
          <section class="tv-card" lang={locale}>
            <p class="tv-quiet">{t(`volunteers.language.${locale}`)}</p>
            <h2>{said.title}</h2>
            <Body text={said.body} />
          </section>
        ) : null
      })}
    </>
  )
}
