// How does what was hidden look once it is shown, and what is said beside it?
import { minutesUntil } from '../../core/clock.server.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import type { Identity } from './reveal.server.ts'

type Props = { t: T; identity: Identity | null; place: { kind: string; value: string } | null; until: Date }

/** One identity or one place, until when it is shown, and that the look is written down. */
export function Shown({ t, identity, place, until }: Props) {
  return (
    <>
      {identity ? <Summary rows={identityRows(t, identity)} /> : null}
      {place ? <p class="tv-revealed">{place.value}</p> : null}
      <Callout>
        <p>{t('cases.reveal.shown', { minutes: minutesUntil(until) })}</p>
      </Callout>
    </>
  )
}

function identityRows(t: T, of: Identity) {
  const row = (name: Key, value: string | number | null) =>
    value === null ? null : { name: t(name), value: String(value) }
  return [
    row('cases.field.givenName', of.givenName),
    row('cases.field.familyName', of.familyName),
    row('cases.field.formerNames', of.formerNames),
    row('cases.field.nationalId', of.nationalId),
    row('cases.field.birthYear', of.birthYear),
    row('cases.field.relation', of.relation),
    row('cases.adult.atRisk', of.atRisk),
  ]
}
