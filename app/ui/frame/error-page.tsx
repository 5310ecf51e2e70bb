// What does a person read when something could not be done, and what can they do now?
import type { Child } from 'hono/jsx'
import type { Key, T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../buttons.tsx'
import { HelpNumbers } from '../panel.tsx'

export type ErrorStatus = 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503
/**
 * `still` is no fault of whoever asks: what they want waits for a while, for everybody. `notNow`: where it stands it cannot be done, and it is said why.
 * `unopenable`: what is kept cannot be read, whoever asks. `crowded`: more ask than can be answered. `unclear`: whether it was saved nobody can tell.
 */
export type ErrorKind = ErrorStatus | keyof typeof statuses
const statuses = { still: 429, notNow: 409, unopenable: 409, crowded: 503, unclear: 503 } as const

export const statusOf = (kind: ErrorKind): ErrorStatus => (typeof kind === 'number' ? kind : statuses[kind])

const words: Record<ErrorKind, [title: Key, text: Key]> = {
  403: ['ui.problem.forbidden.title', 'ui.problem.forbidden.text'],
  404: ['ui.problem.missing.title', 'ui.problem.missing.text'],
  409: ['ui.problem.conflict.title', 'ui.problem.conflict.text'],
  410: ['ui.problem.gone.title', 'ui.problem.gone.text'],
  413: ['ui.problem.large.title', 'ui.problem.large.text'],
  415: ['ui.problem.kind.title', 'ui.problem.kind.text'],
  422: ['ui.problem.invalid.title', 'ui.problem.invalid.text'],
  429: ['ui.problem.busy.title', 'ui.problem.busy.text'],
  500: ['ui.problem.fault.title', 'ui.problem.fault.text'],
  503: ['ui.problem.closed.title', 'ui.problem.closed.text'],
  still: ['ui.problem.still.title', 'core.turn.stopped'],
  notNow: ['ui.problem.notNow.title', 'ui.problem.conflict.text'],
  unopenable: ['ui.problem.unopenable.title', 'core.error.unopenable'],
  crowded: ['ui.problem.crowded.title', 'ui.problem.crowded.text'],
  unclear: ['ui.problem.unclear.title', 'ui.problem.unclear.text'],
}

type ErrorPageProps = {
  t: T
  status: ErrorKind
  /** What the operation itself said, in the person's language; takes the place of the general sentence. */
  said?: string
  /** The number under which the log knows this error. */
  id?: string
  /** What can be done now, before the way home. */
  children?: Child
}

/** The tab title of the same page. */
export function errorTitle(t: T, status: ErrorKind): string {
  return t(words[status][0])
}

export function ErrorPage({ t, status, said, id, children }: ErrorPageProps) {
  return (
    <div class="tv-narrow">
      <h1>{errorTitle(t, status)}</h1>
      <p>{said ?? t(words[status][1])}</p>
      {id ? (
        <p>
          {t('ui.problem.fault.id')}: <strong class="tv-number">{id}</strong>
        </p>
      ) : null}
      {children}
      <p>
        <ButtonLink href="/" kind="secondary">
          {t('ui.problem.home')}
        </ButtonLink>
      </p>
      <HelpNumbers t={t} />
    </div>
  )
}
