// How is said in words why somebody fits or not, what a choice costs and what would cover a need?
import type { Key, T } from '../i18n/i18n.ts'
import type { Reason, Warning } from './eligibility.ts'
import type { Fact, Shortfall } from './facts.ts'
import type { Price, Why } from './plan.ts'

export function reasonText(t: T, { code, args }: Reason | Warning): string {
  return t(`matching.reason.${code}`, args)
}

export function whyText(t: T, why: readonly Why[]): string {
  return why.map(({ key, args }) => t(key, args)).join(' · ')
}

/** Per goal how much worse or better the whole matching would be. */
export function differences(t: T, { difference }: Price): string[] {
  return difference.map(({ goal, by }) =>
    t(`matching.goal.${goal}.${by > 0 ? 'worse' : 'better'}` as Key, { by: Math.abs(by) }),
  )
}

/** The price in one line: "+3 kaugus" would say little, so each goal says what it means. */
export function priceText(t: T, price: Price): string {
  const said = differences(t, price)
  return said.length === 0 ? t('matching.price.none') : said.join(' · ')
}

/** "piisaks ühest neist – …" */
export function enoughText(t: T, options: Shortfall['options']): string {
  if (options.length === 0) return t('matching.board.nothingHelps')
  const facts = options.map((facts) => togetherText(t, facts)).join(' · ')
  const said = t('matching.fact.enough', { count: options.length, facts })
  return said.charAt(0).toUpperCase() + said.slice(1)
}

function togetherText(t: T, facts: readonly Fact[]): string {
  const said = facts.map(({ kind, args }) => t(`matching.fact.${kind}`, args))
  return said.length === 2 ? t('matching.fact.both', { first: said[0] ?? '', second: said[1] ?? '' }) : (said[0] ?? '')
}

/** Why nobody is left for a need: the same volunteers fit several needs and have fewer places. Empty where nobody fits at all. */
export function shortageText(t: T, { needs, volunteers, places }: Shortfall): string {
  return volunteers.length === 0 ? '' : t('matching.fact.shortage', { needs: needs.length, places })
}
