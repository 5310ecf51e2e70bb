// Of what is every screen of this page made?
import type { Child } from 'hono/jsx'

/** Hidden until a script shows it. */
export function Screen({ name, children }: { name: string; children: Child }) {
  return (
    <section data-screen={name} hidden>
      {children}
    </section>
  )
}

const looks = {
  primary: 'govuk-button',
  secondary: 'govuk-button govuk-button--secondary',
  warning: 'govuk-button govuk-button--warning',
  quiet: 'tv-button-quiet',
} as const

/** A button that a script answers to. */
export function Do({
  what,
  kind = 'secondary',
  children,
}: {
  what: string
  kind?: keyof typeof looks
  children: Child
}) {
  return (
    <button type="button" class={looks[kind]} data-do={what}>
      {children}
    </button>
  )
}

/** What was wrong, told at once. */
export function Wrong() {
  return <p class="govuk-error-message" role="alert" data-put="wrong" />
}
