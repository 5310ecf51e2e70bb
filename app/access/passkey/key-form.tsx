// Where is a key shown or made, and what does one read where the browser cannot do it?
import type { Child } from 'hono/jsx'
import { type FormPage, Tokens } from '../../core/form/form.tsx'
import { Button } from '../../ui/buttons.tsx'

/** The script that every page with a `KeyForm` names. */
export const keyScripts = ['passkey.js'] as const

type Props = {
  page: FormPage
  /** `get`: a key that is there is shown · `create`: a new one is made. */
  kind: 'get' | 'create'
  /** Where the question comes from, and where the answer goes. */
  options: string
  to: string
  go: string
  /** What else there is to do, said where scripts are off or the browser knows no keys. */
  without: string
  /** The field in which an address may already have been typed: `#email`. */
  email?: string
  button?: 'primary' | 'secondary'
  children?: Child
}

/** Hidden until the script has seen that the browser knows keys; until then it says in words what else to do. */
export function KeyForm({ page, kind, options, to, email, go, without, button = 'primary', children }: Props) {
  const { t } = page
  const words = {
    'data-cancelled': t('access.keys.cancelled'),
    'data-known': t('access.keys.known'),
    'data-failed': t('access.keys.failed'),
  }
  return (
    <div data-passkey={kind} data-options={options} data-email={email} {...words}>
      <p data-passkey-without>{without}</p>
      <form method="post" action={to} hidden novalidate>
        <Tokens page={page} />
        <input type="hidden" name="credential" />
        {children}
        <p class="govuk-error-message" role="alert" data-passkey-status />
        <Button kind={button}>{go}</Button>
      </form>
    </div>
  )
}
