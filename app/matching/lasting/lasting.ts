// Does every paper hold when the support begins, and for as long as the support is expected to last (D12)?
import { addMonths } from '../../core/calendar/working-days.ts'
import { formatDate } from '../../i18n/format.ts'
import type { Candidate, Need, Settings, Warning } from '../eligibility.ts'

const kinds = ['training', 'pledge', 'background'] as const
type Kind = (typeof kinds)[number]

/** Ended before today · before the support begins · before the support is expected to end. */
export type EndCode = `${Kind}Expired` | `${Kind}Lapses` | ForecastCode
export type ForecastCode = `${Kind}EndsEarly`

/** What is wrong with a paper by its last day alone; `end`: until when the support is expected to last. */
type Ending = { code: EndCode; args: { until: string; end: string } }

type Days = { today: string; start: string; end: string }

function endingOf(kind: Kind, until: string | null | undefined, { today, start, end }: Days): Ending | null {
  if (!until) return null
  const args = { until: formatDate(until), end: formatDate(end) }
  if (until < today) return { code: `${kind}Expired`, args }
  if (until < start) return { code: `${kind}Lapses`, args }
  return until < end ? { code: `${kind}EndsEarly`, args } : null
}

/** A check is good for some months (R15), the last day included, and never longer than it says itself. */
function goodUntil({ on, until }: NonNullable<Candidate['background']>, months: number): string {
  const due = addMonths(on, months)
  return until && until < due ? until : due
}

export const needsCheck = (need: Need, volunteer: Candidate): boolean => volunteer.childContact || need.childCount > 0

/** Of the papers that are there and that this support needs. The contract is told for itself. */
function endings(need: Need, volunteer: Candidate, settings: Settings, days: Omit<Days, 'end'>): Ending[] {
  const { trained, trainedUntil, pledged, pledgedUntil, background } = volunteer
  const checked = needsCheck(need, volunteer) && background?.passed ? background : null
  const until: Record<Kind, string | null | undefined> = {
    training: trained ? trainedUntil : null,
    pledge: pledged ? pledgedUntil : null,
    background: checked && goodUntil(checked, settings.backgroundMonths),
  }
  return kinds.flatMap((kind) => endingOf(kind, until[kind], { ...days, end: need.until }) ?? [])
}

const isForecast = (code: EndCode): code is ForecastCode => code.endsWith('EndsEarly')

/**
 * What speaks against her: a support may only begin on papers that hold. One that ends while the support lasts can be renewed in time – a
 * yearly check cannot outlast every support – and speaks against her only where the rule says so; otherwise it is told (see `forecasts`).
 */
export function endingReasons(need: Need, volunteer: Candidate, settings: Settings, days: Omit<Days, 'end'>): Ending[] {
  const refused = settings.lapseForecast === 'refuse'
  return endings(need, volunteer, settings, days).filter(({ code }) => refused || !isForecast(code))
}

/** What will have to be renewed while the support lasts, as far as it does not speak against her. */
export function forecasts(need: Need, volunteer: Candidate, settings: Settings, days: Omit<Days, 'end'>): Warning[] {
  if (settings.lapseForecast === 'refuse') return []
  return endings(need, volunteer, settings, days).flatMap(({ code, args }) =>
    isForecast(code) ? [{ code, hard: false, args }] : [],
  )
}
