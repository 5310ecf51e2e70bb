// How far does a support person go, when can she be reached, and which tasks does she not take?
import { z } from 'zod'
import { choice, choices, id } from '../../core/form/fields.ts'
import { placesFrom } from '../volunteer-input.ts'

/** When somebody can be reached or met; in the words of the field, not by the minute. */
export const hours = ['morning', 'afternoon', 'evening', 'weekend'] as const
export type Hour = (typeof hours)[number]

/** What a support may ask for beside listening. */
export const tasks = ['meeting', 'court', 'office', 'drive'] as const
export type Task = (typeof tasks)[number]

/** What a support person may leave out: a task, or meetings where children are. */
export const refusable = [...tasks, 'children'] as const
export type Refusable = (typeof refusable)[number]

export const reaches = ['county', 'near'] as const

/** The whole home county, or only the own municipality and those that are named; nothing ticked of the hours means any hour. */
export type Limits = { reach: (typeof reaches)[number]; hours: Hour[]; refuses: Refusable[] }
export const noLimits: Limits = { reach: 'county', hours: [], refuses: [] }

export const TellLimits = z.object({
  id: id(),
  reach: choice(reaches, { label: 'volunteers.limits.reach', prefix: 'volunteers.limits.reach' }),
  areaCounties: placesFrom({ label: 'volunteers.limits.counties' }),
  areaMunicipalities: placesFrom({ label: 'volunteers.limits.municipalities' }),
  hours: choices(hours, {
    label: 'volunteers.limits.hours',
    hint: 'volunteers.limits.hoursHint',
    prefix: 'volunteers.hour',
  }),
  refuses: choices(refusable, {
    label: 'volunteers.limits.refuses',
    hint: 'volunteers.limits.refusesHint',
    prefix: 'volunteers.task',
  }),
})

type Ways = { refuses: readonly Refusable[]; remoteOnly: boolean; hasCar: boolean | null }

/** Everything that follows from what she said: who supports by telephone only goes nowhere, and who has no car drives nobody. */
export function refusedBy({ refuses, remoteOnly, hasCar }: Ways): Refusable[] {
  if (remoteOnly || refuses.includes('meeting')) return [...new Set([...refuses, ...tasks])]
  return hasCar === false ? [...new Set([...refuses, 'drive' as const])] : [...refuses]
}
