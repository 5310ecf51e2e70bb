// Could somebody take one more case, whatever case it is – by the very rules by which a pair is weighed?
import { addMonths } from '../../core/calendar/working-days.ts'
import type { EvidenceKind, EvidenceState, StatusLine } from '../../volunteers/volunteer.ts'
import { type Candidate, type Need, type Reason, reasonsAgainst, type Settings } from '../eligibility.ts'

type OfPapers = 'status' | 'pausedUntil' | 'trained' | 'trainedUntil' | 'contract' | 'pledged' | 'pledgedUntil'

/** What matching reads of somebody's papers and of her status on a day. */
export function byPapers(
  papers: Record<EvidenceKind, EvidenceState>,
  now: Pick<StatusLine, 'status' | 'untilOn'>,
): Pick<Candidate, OfPapers | 'background'> {
  const { training, pledge, contract, background } = papers
  const has = ({ state }: EvidenceState) => ['valid', 'soon', 'lapsed'].includes(state)
  return {
    ...{ status: now.status, pausedUntil: now.status === 'paused' ? now.untilOn : null },
    ...{ trained: has(training), trainedUntil: training.until, pledged: has(pledge), pledgedUntil: pledge.until },
    contract:
      contract.from !== null && contract.state !== 'failed' ? { from: contract.from, to: contract.until } : null,
    background:
      background.from !== null && background.state !== 'notYet'
        ? { on: background.from, passed: background.state !== 'failed', until: background.until }
        : null,
  }
}

/** What is asked of herself alone: not where she lives, what she speaks or whom she knows. */
type Herself = Pick<Candidate, OfPapers | 'background' | 'away' | 'childContact' | 'active' | 'maxCases' | 'county'>
export type AbleRules = Omit<Settings, 'tiles'> & { supportMonths: number }

/**
 * Every reason why she could not take one more case from this day on; none means that she could. The case is of an adult without children, in her own
 * county and language, who wishes nobody in particular, and lasts as long as supports are expected to (`supportMonths`).
 */
export function reasonsNotAble(herself: Herself, settings: AbleRules, on: string): Reason[] {
  const plain = { language: 'et', county: herself.county }
  const need: Need = {
    ...{ ...plain, id: '', municipality: null, wantedSex: 'any', childCount: 0, avoidLocal: false },
    ...{ from: on, until: addMonths(on, settings.supportMonths), agreed: true },
    ...{ conflicts: [], declinedBy: [], supportedBefore: [] },
  }
  const candidate: Candidate = {
    ...{ ...herself, id: '', languages: [plain.language], sex: null, municipality: null, areas: [], knownIn: [] },
    ...{ remoteOnly: false, waitingSince: null },
  }
  return reasonsAgainst(need, candidate, { ...settings, tiles: {} }, on)
}
