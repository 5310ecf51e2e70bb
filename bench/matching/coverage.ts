// How long does it take to say who is missing where, and to try one more case from every county?
import type { Candidate, Need } from '../../app/matching/eligibility.ts'
import { gapsOf } from '../../app/matching/gaps.ts'
import { oneMore } from '../../app/matching/one-more.ts'
import { plan, type World } from '../../app/matching/plan.ts'
import { need, settings, tiles, today, volunteer } from '../../test/matching.ts'
import { median } from '../load/numbers.ts'
import { atMost, type Row, told } from '../rows.ts'
import type { Options } from '../session.ts'

const [volunteers, needs] = [2000, 300]
const codes = Object.keys(tiles)
const county = (at: number) => codes[(at * 7) % codes.length] ?? '0037'

/** Every third need in Russian, which every fifth volunteer speaks; half of the needs with children, some papers lapsed. */
const world: World = {
  needs: Array.from({ length: needs }, (_, at): Need => {
    const from = { id: `M-${at}`, county: county(at), municipality: null }
    return need({ ...from, language: at % 3 === 0 ? 'ru' : 'et', childCount: at % 2 })
  }),
  volunteers: Array.from({ length: volunteers }, (_, at): Candidate => {
    const home = { id: `TI-${at}`, county: county(at + 3), municipality: null, active: at % 3 }
    const background = { on: at % 5 === 0 ? '2025-10-01' : '2026-05-01', passed: true }
    return volunteer({ ...home, languages: at % 5 === 0 ? ['et', 'ru'] : ['et'], background, trained: at % 4 !== 0 })
  }),
  settings,
  today,
}

export function measureCoverage({ quick }: Options): Row[] {
  const rounds = Array.from({ length: quick ? 2 : 5 }, () => {
    const began = process.cpuUsage()
    const whole = plan(world)
    const gaps = gapsOf(whole)
    for (const language of ['et', 'ru', 'en']) oneMore(whole, language, 8)
    const { user, system } = process.cpuUsage(began)
    return { seconds: (user + system) / 1e6, missing: gaps.reduce((sum, gap) => sum + gap.missing, 0) }
  })
  return [
    atMost(
      'coverage: gaps of 300 needs and one more case × 15 counties × 3 languages, 2,000 volunteers: CPU',
      median(rounds.map(({ seconds }) => seconds)),
      3,
      { unit: 's' },
    ),
    told('coverage: needs that stay uncovered in it', rounds[0]?.missing ?? Number.NaN, { unit: '' }),
  ]
}
