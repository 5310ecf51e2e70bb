// Which values do the sources leave open, what are they until somebody sets them, and where does the default come from?
import { z } from 'zod'

/** The agencies that sit in a core group, in the order in which they are named; the rest may be asked in. */
export const agencies = [
  'victim_support',
  'police',
  'prosecutor',
  'municipality',
  'child_protection',
  'womens_centre',
  'health',
  'probation',
  'employment',
  'violence_programme',
  'other',
] as const
export type Agency = (typeof agencies)[number]

/** `police, health` → the agencies named; nothing where one of the words is none. */
export function readAgencies(words: string): Agency[] | null {
  const named = words.split(',').map((word) => word.trim())
  const known = agencies.filter((agency) => named.includes(agency))
  return known.length === new Set(named).size ? known : null
}

/** How those who guide sit with those whom they guide. */
export const sittings = ['individual', 'group', 'covision'] as const
export type Sitting = (typeof sittings)[number]

/** `individual, covision` → the kinds named; nothing where one of the words is none, or where nobody would be sat with alone. */
export function readSittings(words: string): Sitting[] | null {
  const named = words.split(',').map((word) => word.trim())
  const known = sittings.filter((kind) => named.includes(kind))
  return known.length === new Set(named).size && known.includes('individual') ? known : null
}

const whole = (min: number, max: number) => z.number().int().min(min).max(max)

/** Every setting: its form and its default. The note on the source is the message `core.setting.note.<name>`. */
export const Settings = z.object({
  maxActiveCases: whole(1, 10).default(2),
  // The database counts by the same value where a case has its first child: `case_children_now` holds this default too.
  backgroundMonths: whole(1, 60).default(12),
  // 0: a training does not lapse.
  trainingMonths: whole(0, 120).default(0),
  lapseForecast: z.enum(['warn', 'refuse']).default('warn'),
  evidenceWarnDays: whole(1, 120).default(30),
  evidenceLastDays: whole(1, 60).default(7),
  repeatMonths: whole(1, 60).default(12),
  tellVictimSupportDays: whole(0, 10).default(1),
  tellRecipientsDays: whole(0, 10).default(1),
  reassessMonths: whole(1, 24).default(6),
  reassessEventDays: whole(1, 20).default(3),
  // The database closes by the same values: `case_closing_gaps` and its neighbours hold these defaults too.
  closingRiskDays: whole(1, 365).default(30),
  followUpFirst: whole(0, 36).default(3),
  followUpSecond: whole(0, 36).default(6),
  followUpThird: whole(0, 36).default(12),
  flagMonths: whole(1, 60).default(12),
  // The database counts by the same values: `minutes_mark` and `annex_years` hold these defaults too.
  markInternalYears: whole(1, 5).default(5),
  markExtendYears: whole(0, 5).default(5),
  markPrivateYears: whole(1, 100).default(75),
  markDeathYears: whole(1, 100).default(30),
  markBirthYears: whole(1, 150).default(110),
  // The database counts by the same values: `transfer_begins` and `transfer_move` hold these defaults too.
  transferDays: whole(1, 10).default(2),
  transferUrgentDays: whole(0, 5).default(1),
  transferLapseDays: whole(2, 60).default(10),
  transferAssessDays: whole(0, 30).default(5),
  reportDueDays: whole(0, 30).default(5),
  reportRemindBefore: whole(0, 14).default(3),
  reportRemindAfter: whole(0, 14).default(2),
  managerReportDueDay: whole(1, 28).default(10),
  unusedMonths: whole(1, 24).default(6),
  pauseStepDays: whole(7, 365).default(60),
  quietDays: whole(7, 90).default(21),
  // The database counts by the same values: `supervision_duties` and `supervision_standing` hold the defaults of these five too.
  supervisionWeeks: whole(1, 26).default(4),
  supervisionGraceDays: whole(0, 60).default(7),
  covisionWeeks: whole(1, 52).default(13),
  supervisionKinds: z
    .string()
    .max(100)
    .refine((words) => readSittings(words) !== null)
    .default('individual, group, covision'),
  supervisionQuietMonths: whole(1, 24).default(3),
  samplePercent: whole(1, 50).default(10),
  sampleConfidence: whole(80, 99).default(95),
  sampleDays: whole(1, 60).default(14),
  sampleFlagged: whole(0, 20).default(3),
  unreadDays: whole(1, 60).default(7),
  // The database counts by the same value: `unread_long` holds this default too.
  unreadTellDays: whole(7, 365).default(60),
  // Monday is 1.
  weekLetterDay: whole(1, 7).default(1),
  weekLetterHour: whole(0, 23).default(8),
  situationDays: whole(3, 60).default(14),
  answerDays: whole(1, 30).default(3),
  kmCents: whole(1, 200).default(30),
  expenseMonthEuros: whole(1, 5000).default(200),
  expenseDays: whole(7, 366).default(60),
  renewalDays: whole(14, 366).default(120),
  // The database forgets by the same values: `retention` holds these defaults too.
  paperYears: whole(1, 30).default(7),
  talkMonths: whole(1, 120).default(12),
  volunteerYears: whole(1, 30).default(7),
  supportMonths: whole(1, 36).default(8),
  concernHours: whole(1, 72).default(24),
  // What a support person's device keeps where there is no network, and how it is locked.
  fieldKeepDays: whole(1, 60).default(14),
  fieldTries: whole(3, 20).default(10),
  fieldLockMinutes: whole(1, 30).default(5),
  fieldPinDigits: whole(4, 12).default(6),
  // The ladder is climbed by the same values: `outing_due`, `outing_press` and `outing_climb` hold these defaults too.
  outingRemindMinutes: whole(0, 240).default(10),
  outingGuideMinutes: whole(1, 480).default(30),
  outingCoordinatorMinutes: whole(2, 720).default(60),
  outingLongerMinutes: whole(10, 120).default(30),
  outingDrillMinutes: whole(1, 30).default(2),
  outingDrillHours: whole(1, 72).default(24),
  // The database forgets by the same values: `field_forget` holds this default and that of fieldKeepDays too.
  fieldListDays: whole(7, 366).default(60),
  smallCount: whole(1, 20).default(5),
  capacityPerTenThousand: whole(1, 1000).default(40),
  capacityPerWorker: whole(1, 1000).default(100),
  capacityPerCoordination: whole(1, 5000).default(400),
  adultAge: whole(16, 21).default(18),
  diversityAsked: z.enum(['yes', 'no']).default('yes'),
  revealMinutes: whole(1, 10).default(1),
  planLookMinutes: whole(1, 10).default(5),
  // The database counts by the same value: `auth_reveals_left` holds this default too.
  revealsPerDay: whole(1, 50).default(10),
  // How often one person may do what gathers or spreads much; turns.server.ts says what is counted together.
  // The database counts looks by the same value: `auth_wait` holds this default too.
  looksPerMinute: whole(30, 100_000).default(120),
  exportsPerDay: whole(1, 100).default(10),
  searchesPerHour: whole(10, 1000).default(120),
  codesPerDay: whole(1, 200).default(20),
  findsPerDay: whole(1, 200).default(20),
  linksToldPerDay: whole(1, 200).default(30),
  invitationsPerDay: whole(1, 500).default(100),
  uploadsPerDay: whole(1, 100).default(20),
  keyChangesPerDay: whole(1, 50).default(10),
  // By whoever brings cases and sees none: what is sent and what is added is counted together.
  referralsPerDay: whole(1, 200).default(20),
  // The database shows by the same value: `referrals_mine` and `referral_key` hold this default too.
  referralShownMonths: whole(1, 60).default(12),
  // From when on an answer to whoever brought a case is late.
  referralAnswerDays: whole(0, 30).default(5),
  glassMinutes: whole(5, 60).default(60),
  // No wider than was promised; the table of settings holds the same bounds, whoever writes there.
  glassUses: whole(1, 3).default(3),
  glassDays: whole(30, 90).default(30),
  glassReviewDays: whole(0, 1).default(1),
  glassGuidedDays: whole(0, 90).default(30),
  masterKeyDays: whole(30, 1095).default(365),
  backupDays: whole(1, 31).default(1),
  drillDays: whole(1, 366).default(31),
  confirmDays: whole(1, 30).default(7),
  invitationDays: whole(1, 30).default(7),
  // The public page counts by the same values: `door_apply_page` and `apply_wait` hold these defaults too.
  applicantStepDays: whole(1, 60).default(7),
  applicationsPerHour: whole(1, 100).default(5),
  applicationsPerDay: whole(1, 5000).default(200),
  refusedMonths: whole(1, 36).default(6),
  // The door counts by the second: `reference_wait` holds this default too.
  referenceDays: whole(1, 60).default(14),
  referenceTriesPerHour: whole(5, 200).default(20),
  oidcAcr: z.enum(['substantial', 'high']).default('high'),
  // The database asks for the same value: `password_barred` holds this default too.
  helperPassword: z.enum(['yes', 'no']).default('no'),
  agendaCutOffDays: whole(0, 30).default(7),
  researchRemindDays: whole(0, 14).default(3),
  safeUpdateDays: whole(0, 20).default(2),
  escalateDays: whole(1, 60).default(7),
  // The database asks for the same value: `plan_answers` holds this default too.
  planSelfApproval: z.enum(['yes', 'no']).default('no'),
  meetingMonths: whole(1, 6).default(1),
  coreAgencies: z
    .string()
    .max(200)
    .refine((words) => readAgencies(words) !== null)
    .default('victim_support, police, prosecutor, municipality, child_protection, womens_centre, health'),
  // The database goes through the log by the same values: `watch_look`, `bait_rings` and `bait_round` hold these defaults too.
  watchVolumeFloor: whole(5, 500).default(20),
  watchUntiedCases: whole(1, 100).default(3),
  watchNightFrom: whole(18, 24).default(22),
  watchNightTo: whole(0, 9).default(6),
  watchNightLooks: whole(1, 200).default(5),
  watchDenials: whole(1, 200).default(5),
  watchCodes: whole(1, 50).default(5),
  watchSamplePercent: whole(0, 100).default(5),
  watchBaits: whole(0, 10).default(2),
  watchBaitStopHours: whole(1, 72).default(24),
  watchBaitYears: whole(1, 10).default(4),
  lawBasisText: z.string().max(500).default(''),
})
export type Settings = z.output<typeof Settings>
export type SettingName = keyof Settings

export const settingNames = Object.keys(Settings.shape) as SettingName[]

/** By these the log is gone through: for whoever answers for it, and for nobody who is in it. */
export const isWatch = (name: string): boolean => name.startsWith('watch')

/** A setting that is counted; the others are words. */
export function isCounted(name: SettingName): boolean {
  return (Settings.shape[name].def.innerType as unknown) instanceof z.ZodNumber
}

/** Looser is more of it, less of it, this word of it, or any change at all; further than `most` two people cannot go either. */
export type Loose = { loose: 'more' | 'less' | 'either' | (string & {}); most?: number }

/**
 * What nobody loosens alone: how long something is kept, the brakes on whoever gathers or spreads much, and how surely somebody is known. The
 * database holds the same list and has the last word (`settings_of_two`).
 */
export const ofTwo: Partial<Record<SettingName, Loose>> = {
  ...{ paperYears: { loose: 'either' }, talkMonths: { loose: 'either' }, volunteerYears: { loose: 'either' } },
  ...{ refusedMonths: { loose: 'either' }, fieldKeepDays: { loose: 'more' }, fieldListDays: { loose: 'more' } },
  ...{ referralShownMonths: { loose: 'more' }, smallCount: { loose: 'less' }, revealMinutes: { loose: 'more' } },
  ...{ planLookMinutes: { loose: 'more' }, revealsPerDay: { loose: 'more', most: 30 } },
  ...{ looksPerMinute: { loose: 'more', most: 240 }, exportsPerDay: { loose: 'more', most: 30 } },
  ...{ searchesPerHour: { loose: 'more', most: 300 }, codesPerDay: { loose: 'more', most: 60 } },
  ...{ findsPerDay: { loose: 'more', most: 60 }, linksToldPerDay: { loose: 'more', most: 100 } },
  ...{ invitationsPerDay: { loose: 'more', most: 200 }, uploadsPerDay: { loose: 'more', most: 60 } },
  ...{ keyChangesPerDay: { loose: 'more', most: 30 }, referralsPerDay: { loose: 'more', most: 60 } },
  ...{ applicationsPerHour: { loose: 'more', most: 30 }, applicationsPerDay: { loose: 'more', most: 1000 } },
  ...{
    referenceTriesPerHour: { loose: 'more', most: 60 },
    glassMinutes: { loose: 'more' },
    glassUses: { loose: 'more' },
  },
  ...{ glassDays: { loose: 'less' }, glassReviewDays: { loose: 'more' }, glassGuidedDays: { loose: 'more' } },
  ...{ planSelfApproval: { loose: 'yes' }, helperPassword: { loose: 'yes' } },
  ...{ oidcAcr: { loose: 'substantial' }, invitationDays: { loose: 'more' }, fieldTries: { loose: 'more' } },
  ...{ fieldLockMinutes: { loose: 'more' }, fieldPinDigits: { loose: 'less' } },
}
