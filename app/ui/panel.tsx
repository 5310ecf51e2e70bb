// How is something said that must not be missed: what was done, what to watch, where to call?
import type { Child } from 'hono/jsx'
import type { T } from '../i18n/i18n.ts'

/** The end of a task: what was done, and what happens now. Its title is the page's h1. */
export function Confirmation({ title, children }: { title: string; children?: Child }) {
  return (
    <div class="tv-confirmation">
      <h1 class="tv-confirmation__title">{title}</h1>
      {children ? <div class="tv-confirmation__body">{children}</div> : null}
    </div>
  )
}

/** A passage set apart: `note` explains, `attention` warns, `danger` is about somebody's safety. */
export function Callout({
  kind = 'note',
  title,
  children,
}: {
  kind?: 'note' | 'attention' | 'danger'
  title?: string
  children: Child
}) {
  return (
    <section class={`tv-callout tv-callout--${kind}`} aria-label={title}>
      {title ? <p class="tv-callout__title">{title}</p> : null}
      {children}
    </section>
  )
}

/** Who to call, wherever danger may be near: 112 and the victim support crisis line. */
export function HelpNumbers({ t }: { t: T }) {
  return (
    <Callout kind="danger" title={t('ui.help.title')}>
      <p>
        <Phones text={t('ui.help.text')} />
      </p>
    </Callout>
  )
}

const written: Record<string, string> = { '112': '112', '116006': '116\u00a0006', '116111': '116\u00a0111' }

/** A sentence in which `<112>` and `<116006>` become numbers that a phone can dial. */
export function Phones({ text }: { text: string }) {
  return (
    <>
      {text.split(/<(\d+)>/).map((part, index) =>
        index % 2 === 1 ? (
          <a class="tv-phone" href={`tel:${part}`}>
            {written[part] ?? part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  )
}
