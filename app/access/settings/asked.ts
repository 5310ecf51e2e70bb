// What is asked for when a value is to become looser, and how far is it?
import { z } from 'zod'
import { date, id, text } from '../../core/form/fields.ts'
import { isWatch, ofTwo, type SettingName, settingNames } from '../../core/setting.ts'
import type { Person } from '../../core/user.ts'

export const SetSetting = z.object({
  name: z.enum(settingNames as [string, ...string[]]),
  value: text({ label: 'core.setting.value', max: 500 }),
  validFrom: date({ label: 'core.setting.validFrom' }),
  note: text({ label: 'core.setting.source', hint: 'core.setting.sourceHint', max: 500 }),
})

export const AskedId = z.object({ id: id() })
export const RefuseAsked = z.object({ id: id(), reason: text({ label: 'access.two.refuseReason', max: 300 }) })

export type AskedState = 'waiting' | 'confirmed' | 'refused' | 'withdrawn' | 'expired'

export type Asked = {
  id: string
  name: SettingName
  value: unknown
  /** What holds today. */
  inForce: unknown
  validFrom: string
  note: string
  askedBy: string
  asker: string | null
  /** What they were called then, where that was another name. */
  askerThen: string | null
  askedAt: Date
  expiresAt: Date
  state: AskedState
  decider: string | null
  deciderThen: string | null
  decidedAt: Date | null
  decisionReason: string | null
  /** I may be the second person. */
  mine: boolean
  /** Who may be, by name. */
  deciders: string[]
}

/** By what the log is gone through is set by whoever answers for it alone; everything else by those who run the service. */
export const maySet = ({ roles }: Pick<Person, 'roles'>, name: string): boolean =>
  isWatch(name) ? roles.includes('auditor') : roles.includes('coordinator') || roles.includes('admin')

const ways = ['more', 'less', 'either'] as const

/** Which side of this value waits for a second person: the message that says so, or none. */
export const twoWords = (name: SettingName): 'more' | 'less' | 'either' | 'word' | null => {
  const loose = ofTwo[name]?.loose
  if (!loose) return null
  return ways.find((way) => way === loose) ?? 'word'
}
