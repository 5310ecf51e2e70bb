// What stands for each `:name` of an address, in a world in which one thing of each kind is known?
import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'

/** By what comes before it; what nothing stands for gets a name that never was. */
export function filled(address: string, ids: Record<string, string>, cast: Cast): string {
  const { case: ofCase = '', assignment = '', visit = '', concern = '', victim = '', journey = '', need = '' } = ids
  const first: Record<string, string> = {
    ...{ cases: ofCase, assignments: assignment, proposals: ids.proposal ?? '', matching: need, visits: visit },
    ...{ concerns: concern, help: concern, people: cast.lou.id, settings: 'maxActiveCases', month: 'open' },
    ...{ volunteers: cast.volunteer, evidence: 'contract', new: journey, what: 'identity', item: victim },
    ...{ part: 'victim', need, 'break-glass': ids.glass ?? '', place: ids.safe ?? '', why: cast.volunteer },
    ...{ round: ids.round ?? '', entry: ids.entry ?? '' },
    ...{ device: ids.device ?? '', assignment, template: 'pledge', pair: ids.pair ?? '' },
    ...{ outings: ids.outing ?? '', recruitment: ids.applicant ?? '', papers: ids.paper ?? '' },
    ...{
      meetings: ids.meeting ?? '',
      plan: ids.action ?? '',
      case: ofCase,
      answer: 'child',
      nth: '1',
      situation: 'silence',
    },
    ...{ attendance: cast.mall.id, 'core-group': cast.networks.ida, person: cast.mall.id, assign: cast.volunteer },
  }
  const parts = address.split('/')
  return parts
    .map((part, at) => {
      const guided =
        parts[1] === 'supervision' && part === ':id' && { reports: ids.report, sessions: ids.talk }[parts[2] ?? '']
      if (guided) return guided
      if (!part.startsWith(':')) return part
      if (part === ':month') return '2026-11'
      return first[part.slice(1)] ?? first[parts[at - 1] ?? ''] ?? randomUUID()
    })
    .join('/')
}
