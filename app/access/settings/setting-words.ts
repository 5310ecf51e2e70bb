// How is a setting called, grouped and measured on the screen?
import { z } from 'zod'
import {
  agencies,
  ofTwo,
  readAgencies,
  readSittings,
  type SettingName,
  Settings,
  settingNames,
  sittings,
} from '../../core/setting.ts'
import { isKey, type T } from '../../i18n/i18n.ts'
import type { Asked } from './asked.ts'
import { units } from './setting-units.ts'

export const settingGroups = ['volunteers', 'cases', 'meetings', 'support', 'reports', 'watch', 'other'] as const
export type SettingGroup = (typeof settingGroups)[number]

const grouped: Partial<Record<SettingName, SettingGroup>> = {
  maxActiveCases: 'volunteers',
  backgroundMonths: 'volunteers',
  trainingMonths: 'volunteers',
  lapseForecast: 'volunteers',
  evidenceWarnDays: 'volunteers',
  evidenceLastDays: 'volunteers',
  unusedMonths: 'volunteers',
  pauseStepDays: 'volunteers',
  answerDays: 'volunteers',
  applicantStepDays: 'volunteers',
  applicationsPerHour: 'volunteers',
  applicationsPerDay: 'volunteers',
  refusedMonths: 'volunteers',
  referenceDays: 'volunteers',
  referenceTriesPerHour: 'volunteers',
  repeatMonths: 'cases',
  tellVictimSupportDays: 'cases',
  tellRecipientsDays: 'cases',
  reassessMonths: 'cases',
  reassessEventDays: 'cases',
  closingRiskDays: 'cases',
  followUpFirst: 'cases',
  followUpSecond: 'cases',
  followUpThird: 'cases',
  flagMonths: 'cases',
  transferDays: 'cases',
  transferUrgentDays: 'cases',
  transferLapseDays: 'cases',
  transferAssessDays: 'cases',
  referralsPerDay: 'cases',
  referralShownMonths: 'cases',
  referralAnswerDays: 'cases',
  adultAge: 'cases',
  diversityAsked: 'cases',
  lawBasisText: 'cases',
  revealMinutes: 'cases',
  planLookMinutes: 'cases',
  revealsPerDay: 'cases',
  glassMinutes: 'cases',
  glassUses: 'cases',
  glassDays: 'cases',
  glassReviewDays: 'cases',
  glassGuidedDays: 'cases',
  agendaCutOffDays: 'meetings',
  safeUpdateDays: 'meetings',
  escalateDays: 'meetings',
  planSelfApproval: 'meetings',
  researchRemindDays: 'meetings',
  meetingMonths: 'meetings',
  markInternalYears: 'meetings',
  markExtendYears: 'meetings',
  markPrivateYears: 'meetings',
  markDeathYears: 'meetings',
  markBirthYears: 'meetings',
  coreAgencies: 'meetings',
  kmCents: 'support',
  expenseMonthEuros: 'support',
  expenseDays: 'support',
  paperYears: 'volunteers',
  talkMonths: 'volunteers',
  volunteerYears: 'volunteers',
  renewalDays: 'volunteers',
  supportMonths: 'support',
  concernHours: 'support',
  quietDays: 'support',
  supervisionWeeks: 'support',
  supervisionGraceDays: 'support',
  covisionWeeks: 'support',
  samplePercent: 'support',
  sampleConfidence: 'support',
  sampleDays: 'support',
  sampleFlagged: 'support',
  supervisionKinds: 'support',
  supervisionQuietMonths: 'support',
  unreadDays: 'support',
  unreadTellDays: 'support',
  weekLetterDay: 'support',
  weekLetterHour: 'support',
  situationDays: 'support',
  fieldKeepDays: 'support',
  fieldTries: 'support',
  fieldLockMinutes: 'support',
  fieldPinDigits: 'support',
  outingRemindMinutes: 'support',
  outingGuideMinutes: 'support',
  outingCoordinatorMinutes: 'support',
  outingLongerMinutes: 'support',
  outingDrillMinutes: 'support',
  outingDrillHours: 'support',
  fieldListDays: 'support',
  reportDueDays: 'reports',
  reportRemindBefore: 'reports',
  reportRemindAfter: 'reports',
  managerReportDueDay: 'reports',
  smallCount: 'reports',
  capacityPerTenThousand: 'reports',
  capacityPerWorker: 'reports',
  capacityPerCoordination: 'reports',
  watchVolumeFloor: 'watch',
  watchUntiedCases: 'watch',
  watchNightFrom: 'watch',
  watchNightTo: 'watch',
  watchNightLooks: 'watch',
  watchDenials: 'watch',
  watchCodes: 'watch',
  watchSamplePercent: 'watch',
  watchBaits: 'watch',
  watchBaitStopHours: 'watch',
  watchBaitYears: 'watch',
}

/** The settings of a group in the order in which they are declared. */
export function settingsOf(group: SettingGroup): SettingName[] {
  return settingNames.filter((name) => (grouped[name] ?? 'other') === group)
}

/** The words that such a setting may have, where it is not any text. */
export function settingChoices(name: SettingName): string[] {
  if (name === 'coreAgencies') return [...agencies]
  if (name === 'supervisionKinds') return [...sittings]
  const inner: unknown = Settings.shape[name].def.innerType
  return inner instanceof z.ZodEnum ? inner.options.map(String) : []
}

/** `12` of a setting in months → `12 kuud`. */
export function settingValue(t: T, name: SettingName, value: unknown): string {
  const unit = units[name]
  if (typeof value === 'number') return unit ? t(`access.settings.unit.${unit}`, { value }) : String(value)
  if (name === 'coreAgencies' && typeof value === 'string') {
    return (readAgencies(value) ?? []).map((agency) => t(`core.agency.${agency}`)).join(', ')
  }
  if (name === 'supervisionKinds' && typeof value === 'string') {
    return (readSittings(value) ?? []).map((kind) => t(`supervision.kind.${kind}`)).join(', ')
  }
  const level = `access.settings.level.${value}`
  if (settingChoices(name).length > 0 && isKey(level)) return t(level)
  return typeof value === 'string' && value !== '' ? value : t('access.settings.nothing')
}

/** `10 korda → 20 korda` */
export const changeWords = (t: T, { name, inForce, value }: Pick<Asked, 'name' | 'inForce' | 'value'>): string =>
  `${settingValue(t, name, inForce)} → ${settingValue(t, name, value)}`

/** What may be typed: `1–60`, or nothing where it is a text. */
export function settingRange(name: SettingName): { min: number; max: number } | null {
  const inner: unknown = Settings.shape[name].def.innerType
  if (!(inner instanceof z.ZodNumber)) return null
  return { min: inner.minValue ?? 0, max: ofTwo[name]?.most ?? inner.maxValue ?? 0 }
}

/** The name and the note of a setting; one that has no words yet is told by its name in the code. */
export function settingWords(t: T, name: SettingName): { title: string; note: string } {
  const [title, note] = [`core.setting.name.${name}`, `core.setting.note.${name}`]
  return { title: isKey(title) ? t(title) : name, note: isKey(note) ? t(note) : '' }
}
