// How does somebody go through the pages of a referral, forth and back, without losing or storing anything too early?
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { id, invalid } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { dropAnswers, keepAnswers, listJourneys, openAnswers } from './answers.server.ts'
import {
  type Around,
  ageOf,
  judgeBasis,
  judgeChildren,
  judgeHours,
  judgeOthers,
  judgePerpetrators,
  judgeVictim,
  type Problems,
} from './judge.ts'
import { bringers, isOutside, networkAt, placesOf } from './places.server.ts'
import { type Answers, firstMissing, type Part, parts, type Referral, schemas } from './referral.ts'

const Journey = z.object({ journey: id() })
const Step = Journey.extend({ part: z.enum(parts) })

export const openStart = query('case.refer.begin', { roles: bringers, input: z.object({}) }, async (db, _input, me) => {
  return { journeys: await listJourneys(db, me), outside: isOutside(me) }
})

export const startReferral = command(
  'case.refer.start',
  { roles: bringers, input: z.object({}) },
  async (db, _input, me) => {
    const journey = randomUUID()
    await keepAnswers(db, me, journey, {})
    return { journey }
  },
)

/** Forgets a journey that is not to be sent. */
export const dropReferral = command(
  'case.refer.drop',
  { roles: bringers, input: Journey },
  async (db, { journey }, me) => {
    await openAnswers(db, me, journey)
    await dropAnswers(db, me, journey)
    return {}
  },
)

export async function aroundOf(db: Db): Promise<Around> {
  const { adultAge, lawBasisText, diversityAsked } = await settingsOn(db)
  return { today: today(), adultAge, lawBasisText, diversityAsked: diversityAsked === 'yes' }
}

/** One page of the journey: what has been answered, and what there is to choose from. */
export const openStep = query(
  'case.refer.step',
  { roles: bringers, input: Step },
  async (db, { journey, part }, me) => {
    const answers = await openAnswers(db, me, journey)
    return { journey, part, answers, ...(await placesOf(db, me)), around: await aroundOf(db) }
  },
)

function judge(part: Part, read: Referral[Part], around: Around): Problems {
  switch (part) {
    case 'source':
      return (read as Referral['source']).referredOn > around.today ? { referredOn: { key: 'cases.error.future' } } : {}
    case 'victim':
      return judgeVictim(read as Referral['victim'], around)
    case 'perpetrator':
      return judgePerpetrators(read as Referral['perpetrator'], around)
    case 'children':
      return judgeChildren(read as Referral['children'], around)
    case 'others':
      return judgeOthers(read as Referral['others'], around)
    case 'hours':
      return judgeHours(read as Referral['hours'])
    case 'basis':
      return judgeBasis(read as Referral['basis'], around)
    default:
      return {}
  }
}

/** Reads one part as it was typed; Invalid with a sentence per field where it cannot be taken. */
export function readPart<P extends Part>(part: P, typed: unknown, around: Around): Referral[P] {
  const parsed = schemas[part].safeParse(typed)
  if (!parsed.success) throw invalid(parsed.error)
  const problems = judge(part, parsed.data, around)
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  return parsed.data as Referral[P]
}

const Born = schemas.victim.pick({ nationalId: true, birthYear: true })

/** Asked before anything else of the page: a child needs another path, not a corrected form. */
export const isMinor = (typed: unknown, around: Around): boolean => {
  const parsed = Born.safeParse(typed)
  return parsed.success && ageOf(parsed.data, around) === 'minor'
}

/** Reads one page and goes on: to the next page, back to the check, or to the path for children, with nothing kept (R6). */
export const saveStep = command(
  'case.refer.save',
  { roles: bringers, input: Step.loose() },
  async (db, { journey, part, ...typed }, me) => {
    const answers = await openAnswers(db, me, journey)
    const around = await aroundOf(db)
    if (part === 'victim' && isMinor(typed, around)) {
      await dropAnswers(db, me, journey)
      return { to: '/cases/new/child-protection' }
    }
    readPart(part, typed, around)
    if (part === 'source') await mustChooseNetwork(db, me, typed)
    // What is not asked these days counts as answered, and its page is passed over.
    const unasked: Answers = around.diversityAsked ? {} : { diversity: {} }
    const now: Answers = { ...answers, ...unasked, [part]: asTyped(part, typed) }
    await keepAnswers(db, me, journey, now)
    const next = nextOf(part, answers, now)
    const to = next === 'diversity' && unasked.diversity ? nextOf(next, answers, now) : next
    return { to: `/cases/new/${journey}/${to}` }
  },
)

async function mustChooseNetwork(db: Db, me: Person, typed: Record<string, unknown>) {
  if (isOutside(me)) {
    await networkAt(db, String(typed.place ?? ''))
    return
  }
  if (me.networks.length > 1 && !me.networks.includes(String(typed.network ?? ''))) {
    throw new Invalid({ network: { key: 'core.error.choose' } })
  }
}

// Somebody who came back from the check to mend one page returns there.
function nextOf(part: Part, before: Answers, now: Answers): Part | 'check' {
  if (before[part] !== undefined && firstMissing(now) === undefined) return 'check'
  return parts[parts.indexOf(part) + 1] ?? 'check'
}

function asTyped(part: Part, typed: Record<string, unknown>): Record<string, string> {
  const known = Object.keys(schemas[part].shape).map((name) => [name, typed[name]] as const)
  return Object.fromEntries(known.filter((entry): entry is readonly [string, string] => typeof entry[1] === 'string'))
}
