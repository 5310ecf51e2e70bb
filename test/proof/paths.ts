// Which real things stand behind the `:name`s of an address?
import { randomUUID } from 'node:crypto'
import type { Random } from '../../db/seed/random.ts'
import type { Cast } from '../cast.ts'

export type Ids = Record<string, string[]> & { numbers: string[] }

const lists: Record<string, string> = {
  cases: 'select id from case_file',
  needs: 'select id from need',
  assignments: 'select id from assignment',
  visits: 'select id from visit',
  concerns: 'select id from concern',
  assessments: 'select id from assessment',
  tasks: 'select id from case_task',
  places: 'select id from case_whereabouts',
  items: 'select id from case_person',
  reports: 'select id from period_report',
  months: 'select id from month_report',
  volunteers: 'select id from volunteer',
  evidence: 'select id from volunteer_evidence',
  people: 'select id from person',
  sessions: 'select id from session',
  batches: 'select id from import_batch',
  meetings: 'select id from meeting',
  actions: 'select id from case_action',
  applicants: 'select id from application',
  targets: 'select id from recruiting_target',
  calls: 'select id from campaign',
  transfers: 'select id from case_transfer',
  talks: 'select id from supervision_session',
  checkins: 'select id from wellbeing_checkin',
  papers: 'select id from paper',
  expenses: 'select id from expense',
  findings: 'select id from watch_finding',
  baits: 'select case_id as id from bait_case',
  absences: 'select id from supervision_absence',
  lines: 'select id from volunteer_circle',
  days: 'select id from volunteer_away',
  outings: 'select id from outing',
  messages: 'select id from message',
  wordings: 'select template as id from message_template',
  devices: 'select id from field_device',
  pairs: 'select id from conflict_pair',
  facts: 'select id from case_link_fact',
  rounds: 'select id from sample_round',
  drawn: 'select id from sample_entry',
  numbers: 'select number as id from case_file',
}

/** Everything there is in the cast's database that an address could name. */
export async function idsOf(cast: Cast): Promise<Ids> {
  const read = Object.entries(lists).map(async ([name, statement]) => {
    const { rows } = await cast.admin.query<{ id: string }>(statement)
    return [name, rows.map((row) => row.id)] as const
  })
  return Object.fromEntries(await Promise.all(read)) as Ids
}

// By what comes before, then by the name itself.
const behind: Record<string, string> = {
  ...{ cases: 'cases', assignments: 'assignments', proposals: 'assignments', visits: 'visits', concerns: 'concerns' },
  ...{ help: 'concerns', people: 'people', volunteers: 'volunteers', imports: 'batches', sessions: 'sessions' },
  ...{ reports: 'reports', need: 'needs', volunteer: 'volunteers', place: 'places', assessment: 'assessments' },
  ...{ task: 'tasks', item: 'items', evidence: 'evidence', case: 'cases', matching: 'needs', overdue: 'months' },
  ...{
    recruitment: 'applicants',
    targets: 'targets',
    campaigns: 'calls',
    papers: 'papers',
    watch: 'findings',
    baits: 'baits',
  },
  ...{ 'my-circle': 'lines', pair: 'pairs', fact: 'facts', message: 'messages', wording: 'wordings' },
  ...{ meetings: 'meetings', transfers: 'transfers', action: 'actions', person: 'people', live: 'cases' },
  outings: 'outings',
  ...{ expenses: 'expenses', 'my-expenses': 'expenses' },
  ...{
    device: 'devices',
    devices: 'devices',
    assignment: 'assignments',
    away: 'absences',
    checkins: 'checkins',
    entries: 'visits',
    rhythm: 'assignments',
    samples: 'rounds',
    looks: 'drawn',
  },
}
const words: Record<string, string[]> = {
  settings: ['maxActiveCases', 'revealMinutes'],
  month: ['open', 'supported', '2026-10', '2026-11'],
  kind: ['contract', 'training', 'docx', 'pdf', 'xlsx'],
  what: ['identity'],
  measure: ['women', 'workers'],
  template: ['contract', 'pledge', 'certificate'],
  part: ['victim', 'source', 'reason'],
  situation: ['silence', 'danger', 'self'],
  figure: ['activeCases', 'visits', 'cases'],
}

export function pathOf(address: string, ids: Ids, random: Random): string {
  const parts = address.split('/')
  return parts
    .map((part, at) => {
      if (!part.startsWith(':')) return part
      const [before = '', name] = [parts[at - 1], part.slice(1)]
      const monthly = parts[1] === 'supervision' && before === 'reports'
      const talk = parts[1] === 'supervision' && before === 'sessions'
      const list = monthly
        ? ids.months
        : talk
          ? ids.talks
          : (ids[behind[before] ?? ''] ?? ids[behind[name] ?? ''] ?? words[before] ?? words[name])
      return list && list.length > 0 ? random.pick(list) : randomUUID()
    })
    .join('/')
}
