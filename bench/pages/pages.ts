// Which pages are measured against the floor, and who asks for them?

import type { Ask } from '../load/load.ts'
import { type Crowd, type Guest, inTurn, look, writeVisit } from '../load/people.ts'

export type PageName = 'list' | 'timeline' | 'visit'
export type MeasuredPage = {
  name: PageName
  title: string
  /** The least share of the floor's requests a second. */
  goal: number
  expect: number
  /** Where the floor has its statements, and who asks. */
  method: 'GET' | 'POST'
  path: string
  guests: (crowd: Crowd) => readonly Guest[]
  /** The next request to a server at this address. */
  asks: (crowd: Crowd, origin: string) => () => Ask
}

export const measuredPages: readonly MeasuredPage[] = [
  {
    ...{ name: 'list', title: 'case list of 50', goal: 0.6, expect: 200 },
    ...{ method: 'GET', path: '/cases', guests: ({ network }) => network },
    asks: ({ network }) => {
      const guest = inTurn(network)
      return () => look(guest(), '/cases')
    },
  },
  {
    ...{ name: 'timeline', title: 'one case with its log', goal: 0.5, expect: 200 },
    ...{ method: 'GET', path: '/cases/:case/timeline', guests: ({ network }) => network },
    asks: ({ network, cases }) => {
      // Every 7th, so that cases side by side on disk are not asked for one after the other.
      const [guest, one] = [inTurn(network), inTurn(cases.map((_, at) => cases[(at * 7) % cases.length] as string))]
      return () => look(guest(), `/cases/${one()}/timeline`)
    },
  },
  {
    ...{ name: 'visit', title: 'visit entry', goal: 0.5, expect: 303 },
    ...{ method: 'POST', path: '/support/visits/new', guests: ({ volunteers }) => volunteers },
    asks: ({ volunteers }, origin) => {
      const guest = inTurn(volunteers)
      return () => writeVisit(guest(), origin)
    },
  },
]
