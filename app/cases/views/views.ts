// Who looked at this case on which day, how often, at what and why?
import { z } from 'zod'
import { id } from '../../core/form/fields.ts'
import { isoDate } from '../../i18n/format.ts'
import { CaseId } from '../case.ts'

export const perPage = 400
const filled = z.string().trim().max(40).optional().catch(undefined)

/** What cannot be read narrows nothing, for a filter is no form. */
export const ViewsFilter = CaseId.extend({
  person: id().optional().catch(undefined),
  day: filled,
  before: z.coerce.number().int().positive().optional().catch(undefined),
})
export type ViewsFilter = z.output<typeof ViewsFilter>

/** One event about the case. `purpose` is opened only for who may know it; `purposeKept` says that there is one. */
export type Seen = {
  seq: number
  at: Date
  action: string
  result: string
  actorId: string | null
  actor: string | null
  /** What they were called when they looked, where that was another name. */
  actorThen: string | null
  actorRoles: string[]
  behalf: string | null
  behalfThen: string | null
  objectKind: string | null
  itemKind: string | null
  purpose: string | null
  purposeKept: boolean
}

/** The sides of a case, as the tabs and the log call them. */
export const parts = [
  'referral',
  'overview',
  'risk',
  'timeline',
  'support',
  'need',
  'places',
  'contact',
  'brief',
  'device',
  'children',
  'adults',
  'diversity',
  'incident',
  'sharing',
  'people',
  'plan',
  'agenda',
  'research',
  'wish',
  'meeting',
  'minutes',
  'transfer',
  'closing',
  'repeat',
  'matching',
  'links',
  'next',
  'visits',
  'reports',
  'concerns',
  'tasks',
  'views',
  'hidden',
  'found',
  'keys',
  'erasure',
  'emergency',
  'other',
] as const
export type Part = (typeof parts)[number]

// The first that fits counts. Every action that can be about a case begins with one of these (views.test.ts).
const beginnings: [beginning: string, part: Part][] = [
  ['case.open', 'overview'],
  ['case.refer', 'referral'],
  ['referral.', 'referral'],
  ['import.row', 'referral'],
  ['case.risk', 'risk'],
  ['case.assess', 'risk'],
  ['case.timeline', 'timeline'],
  ['case.support', 'support'],
  ['assignment.', 'support'],
  ['case.need', 'need'],
  ['case.place', 'places'],
  ['case.contact', 'contact'],
  ['case.safety', 'contact'],
  ['case.brief', 'brief'],
  ['field.card', 'device'],
  ['case.adult', 'adults'],
  ['case.diversity', 'diversity'],
  ['case.incident', 'incident'],
  ['case.children', 'children'],
  ['case.sharing', 'sharing'],
  ['case.basis', 'sharing'],
  ['case.person', 'people'],
  ['case.another', 'people'],
  ['case.perpetrator', 'people'],
  ['case.child.', 'people'],
  ['case.plan', 'plan'],
  ['case.action', 'plan'],
  ['case.matrix', 'plan'],
  ['case.flag', 'agenda'],
  ['meeting.agenda', 'agenda'],
  ['meeting.research', 'research'],
  ['meeting.view', 'wish'],
  ['meeting.minutes', 'minutes'],
  ['meeting.', 'meeting'],
  ['transfer.', 'transfer'],
  ['case.close', 'closing'],
  ['case.closing', 'closing'],
  ['case.reopen', 'closing'],
  ['case.repeat', 'repeat'],
  ['case.follow-up', 'closing'],
  ['case.task', 'tasks'],
  ['case.views', 'views'],
  ['case.reveal', 'hidden'],
  ['case.found', 'found'],
  ['case.key', 'keys'],
  ['seal.', 'keys'],
  ['erasure.', 'erasure'],
  ['case.link', 'links'],
  ['matching.link', 'links'],
  ['matching.', 'matching'],
  ['support.next', 'next'],
  ['support.rhythm', 'next'],
  ['support.visit', 'visits'],
  ['support.entry', 'visits'],
  ['field.visit', 'visits'],
  ['support.outing', 'visits'],
  ['field.outing', 'visits'],
  ['support.review', 'reports'],
  ['support.concern', 'concerns'],
  ['support.help', 'concerns'],
  ['glass.', 'emergency'],
]

export function partOf(action: string): Part {
  return beginnings.find(([beginning]) => action.startsWith(beginning))?.[1] ?? 'other'
}

/**
 * Looks at one hidden value, at a whole case in an emergency, and finds by somebody's name or code, which are told one by one with their reason.
 */
const looks: readonly string[] = [
  ...['case.reveal', 'assignment.look', 'glass.reveal', 'glass.look'],
  ...['case.found.name', 'case.found.code'],
]
const opens = (action: string) => looks.includes(action)

type Who = Pick<Seen, 'actorId' | 'actor' | 'actorThen' | 'actorRoles' | 'behalf' | 'behalfThen'>
export type Told = { count: number; parts: Part[] }
export type PersonDay = Who & {
  day: string
  from: Date
  to: Date
  looked: Told
  changed: Told
  denied: Told
  opened: Pick<Seen, 'at' | 'action' | 'objectKind' | 'itemKind' | 'purpose' | 'purposeKept'>[]
}

/** One entry a person and day, the newest first; whoever stood in for somebody else that day, or got another name, has one more. `changes` are the names of commands. */
export function personDays(events: readonly Seen[], changes: ReadonlySet<string>): PersonDay[] {
  const groups = Map.groupBy(events, ({ at, actorId, actorThen, behalf, behalfThen }) =>
    [isoDate(at), actorId, actorThen, behalf, behalfThen].join('/'),
  )
  return [...groups.values()].flatMap((all) => {
    const [newest, oldest] = [all[0], all.at(-1)]
    if (!newest || !oldest) return []
    const done = all.filter((event) => event.result === 'done')
    const others = done.filter((event) => !opens(event.action))
    const { actorId, actor, actorThen, actorRoles, behalf, behalfThen } = newest
    return {
      ...{
        actorId,
        actor,
        actorThen,
        actorRoles,
        behalf,
        behalfThen,
        day: isoDate(newest.at),
        from: oldest.at,
        to: newest.at,
      },
      looked: told(others.filter((event) => !changes.has(event.action))),
      changed: told(others.filter((event) => changes.has(event.action))),
      denied: told(all.filter((event) => event.result !== 'done')),
      opened: done.filter((event) => opens(event.action)).toReversed(),
    }
  })
}

function told(events: readonly Seen[]): Told {
  const found = new Set(events.map((event) => partOf(event.action)))
  return { count: events.length, parts: parts.filter((part) => found.has(part)) }
}
