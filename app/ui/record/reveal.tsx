// How is a value kept out of sight until somebody says why they need it?
import type { T } from '../../i18n/i18n.ts'
import { Button, Csrf } from '../buttons.tsx'

type RevealProps = {
  t: T
  csrf: string
  /** Where the POST goes that writes the log and shows the value. */
  action: string
  /** What is hidden: "isikukood". Said to those who hear the button alone. */
  about: string
  /** Given only in the answer to that POST; otherwise the value has not left the server. */
  value?: string
  /** More of the form: which field, for what purpose. */
  fields?: Record<string, string>
}

export function Reveal({ t, csrf, action, about, value, fields = {} }: RevealProps) {
  if (value !== undefined) return <span class="tv-revealed">{value}</span>
  return (
    <form method="post" action={action} class="tv-reveal">
      <Csrf token={csrf} />
      {Object.entries(fields).map(([name, hidden]) => (
        <input type="hidden" name={name} value={hidden} />
      ))}
      <span class="tv-reveal__dots" aria-hidden="true">
        ••••••
      </span>
      <span class="govuk-visually-hidden">{t('ui.reveal.hidden')}</span>
      <Button kind="quiet" about={about}>
        {t('ui.reveal.action')}
      </Button>
    </form>
  )
}
