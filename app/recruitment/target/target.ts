// How many more people do we want to find or train, for where, and how far is it?
import { z } from 'zod'
import { choice, choices, date, id, number, ticked } from '../../core/form/fields.ts'
import { languages } from '../../volunteers/volunteer.ts'

/** To find somebody new, or to finish the training of somebody who is on the way. */
export const targetKinds = ['recruit', 'train'] as const
export type TargetKind = (typeof targetKinds)[number]

export const endings = ['reached', 'notNeeded', 'givenUp'] as const
export type Ending = (typeof endings)[number]

const county = z.string().regex(/^00\d\d$/)
const few = z.coerce.number().int().min(0).max(9999).optional().catch(undefined)

/** The gap that is to be closed, as the page that found it knows it; what cannot be read is left out. */
const Gap = z.object({ needs: few, fitting: few, places: few })

const listed = <S extends z.ZodType>(of: S) =>
  z
    .string()
    .catch('')
    .transform((typed) => typed.split(',').filter((one) => of.safeParse(one).success) as z.output<S>[])

/** From a gap into the form: lists are written with commas, for a form that comes back has names of its own. */
export const NewTarget = Gap.extend({
  ...{ as: z.enum(targetKinds).catch('recruit'), where: listed(county), spoken: listed(z.enum(languages)) },
  ...{ missing: z.coerce.number().int().min(1).max(99).catch(1) },
})

export const SetTarget = Gap.extend({
  kind: choice(targetKinds, { label: 'recruitment.target.kind', prefix: 'recruitment.target.kind' }),
  people: number({ label: 'recruitment.target.people', min: 1, max: 99 }),
  languages: choices(languages, {
    ...{ label: 'recruitment.target.languages', hint: 'recruitment.target.anyOf', prefix: 'cases.language', min: 1 },
  }),
  counties: ticked(county, { label: 'recruitment.target.counties', hint: 'recruitment.target.anyOf', min: 1 }),
  byOn: date({ label: 'recruitment.target.byOn' }),
})

export const OneTarget = z.object({ id: id() })
export const EndTarget = OneTarget.extend({
  why: choice(endings, { label: 'recruitment.target.why', prefix: 'recruitment.target.why' }),
})

/**
 * `found`: who became active (or finished training) since the day it was set, speaks one of the languages and works in one of the counties;
 * `coming`: who is on the way to it. The gap is of that day.
 */
export type Target = {
  id: string
  kind: TargetKind
  counties: string[]
  languages: (typeof languages)[number][]
  people: number
  byOn: string
  setOn: string
  gap: { needs: number; fitting: number; places: number } | null
  ended: { on: string; why: Ending } | null
  found: number
  coming: number
}

export type TargetStanding = 'ended' | 'reached' | 'late' | 'running'

/** How far it is on `today` (`YYYY-MM-DD`); its own day is still in time. */
export function standingOf({ ended, found, people, byOn }: Target, today: string): TargetStanding {
  if (ended) return 'ended'
  if (found >= people) return 'reached'
  return byOn < today ? 'late' : 'running'
}

/** How many are still to be found; never less than none. */
export const stillMissing = ({ people, found }: Pick<Target, 'people' | 'found'>): number => Math.max(0, people - found)

/** The target that runs for what a gap misses: one of its languages and one of its counties. */
export function targetFor(targets: readonly Target[], where: readonly string[], spoken: readonly string[]) {
  const shares = (some: readonly string[], others: readonly string[]) => some.some((one) => others.includes(one))
  return targets.find(
    ({ ended, counties, languages }) => !ended && shares(counties, where) && shares(languages, spoken),
  )
}
