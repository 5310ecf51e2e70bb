// What would have to be otherwise where a support person does not go so far, or does not take on what is asked for?
import type { Candidate, Need } from '../eligibility.ts'
import type { Fact, Mend, Mends } from '../facts.ts'
import { countyDistance } from '../goals.ts'
import type { World } from '../plan.ts'

/** Only a neighbouring county, or her own, can be asked of anybody. */
function neighbouring({ county }: Need, { id, areas, county: home }: Candidate, { settings }: World): Mend | undefined {
  if (countyDistance(county, home, settings.tiles) > 1) return undefined
  const fact: Fact = { kind: 'area', subject: id, args: { volunteer: id, county } }
  return { fact, order: `${id} ${county}`, volunteer: { areas: [...areas, { county, municipality: null }] } }
}

/** Nobody is asked to do what she has said she does not do: the victim comes at another time, somebody else goes along. */
export const limitMends: Mends = {
  areaNotServed: neighbouring,
  tooFar: neighbouring,
  hoursApart: ({ id }) => ({ fact: { kind: 'hours', subject: id, args: { need: id } }, need: { hours: [] } }),
  taskRefused: ({ id, tasks = [] }, { id: volunteer, refuses = [] }) => ({
    fact: { kind: 'task', subject: id, args: { need: id, volunteer } },
    order: volunteer,
    need: { tasks: tasks.filter((task) => !refuses.includes(task)) },
  }),
}
