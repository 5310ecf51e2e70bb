// How are hours and tasks said in one line?
import type { Key, T } from '../../i18n/i18n.ts'
import type { Limits } from './limits.ts'

export const hourNames = (t: T, hours: readonly string[]): string =>
  hours.map((hour) => t(`volunteers.hour.${hour}` as Key)).join(', ')

export const taskNames = (t: T, tasks: readonly string[]): string =>
  tasks.map((task) => t(`volunteers.task.${task}` as Key)).join(', ')

/** What somebody has said of her limits, a line for each; nothing where there is none. */
export function limitLines(t: T, { reach, hours, refuses }: Limits): string[] {
  return [
    ...(reach === 'near' ? [t('volunteers.limits.reach.near')] : []),
    ...(hours.length > 0 ? [hourNames(t, hours)] : []),
    ...(refuses.length > 0 ? [t('volunteers.limits.without', { tasks: taskNames(t, refuses).toLowerCase() })] : []),
  ]
}
