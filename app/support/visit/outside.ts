// Was a visit that has been outside what she asked for? It is not stopped, but seen.
import { judgeContact } from '../../cases/contact/judge-contact.ts'
import type { Channel, Rules } from '../../cases/contact/safe-contact.ts'
import type { VisitFacts, Way } from './visit.ts'

export type Outside = 'channel' | 'day'

const channelOf: Record<Way, Channel | null> = {
  meeting: 'in_person',
  accompanying: 'in_person',
  phone: 'call',
  other: null,
}

/** A way that she ruled out, or a day on which no hour is safe; the hour of a visit is not written down, and nothing is made of that. */
export function outsideOf({ way, onDate }: Pick<VisitFacts, 'way' | 'onDate'>, rules: Rules | null): Outside[] {
  const channel = channelOf[way]
  if (!rules || !channel) return []
  const broken = judgeContact({ channel, onDate, minute: null, person: null }, { rules, people: null })
  return broken.filter((one): one is Outside => one === 'channel' || one === 'day')
}
