// How does a person say "do it"?
import type { Child } from 'hono/jsx'

type Kind = 'primary' | 'secondary' | 'danger' | 'quiet'
type ButtonProps = {
  children: Child
  kind?: Kind
  name?: string
  value?: string
  /** The form it belongs to where it stands outside of it. */
  form?: string
  formaction?: string
  id?: string
  /** Taken at any time: the script that answers it sees to it itself that nothing is done twice. */
  atOnce?: boolean
  /** Words for those who do not see the row the button stands in: "– vajadus M-2026-014". */
  about?: string
}
type LinkProps = {
  children: Child
  href: string
  kind?: Kind
  id?: string
  about?: string
  /** Kept as a file; under this name, where the address has none. */
  download?: boolean | string
}

const classes: Record<Kind, string> = {
  primary: 'govuk-button',
  secondary: 'govuk-button govuk-button--secondary',
  danger: 'govuk-button govuk-button--warning',
  quiet: 'tv-button-quiet',
}

/** A button that sends its form; one primary a page. A second press within a second is ignored where scripts run. */
export function Button({ children, kind = 'primary', about, atOnce = false, ...rest }: ButtonProps) {
  const guard = atOnce ? {} : { 'data-module': 'govuk-button', 'data-prevent-double-click': 'true' }
  return (
    <button type="submit" class={classes[kind]} {...guard} {...rest}>
      {children}
      <About text={about} />
    </button>
  )
}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function ButtonLink({ children, href, kind = 'primary', about, download, id }: LinkProps) {
  return (
    <a href={href} id={id} class={classes[kind]} draggable={false} download={download}>
      {children}
      <About text={about} />
    </a>
  )
}

/** Buttons and links of one decision, side by side on wide screens, one under another on phones. */
export function ButtonGroup({ children }: { children: Child }) {
  return <div class="govuk-button-group">{children}</div>
}

/** The way back to where one came from; stands above the heading. */
export function BackLink({ href, children }: { href: string; children: Child }) {
  return (
    <a href={href} class="govuk-back-link">
      {children}
    </a>
  )
}

/** The hidden field without which the server takes no form. */
export function Csrf({ token }: { token: string }) {
  return <input type="hidden" name="_csrf" value={token} />
}

function About({ text }: { text: string | undefined }) {
  return text ? <span class="govuk-visually-hidden"> {text}</span> : null
}
