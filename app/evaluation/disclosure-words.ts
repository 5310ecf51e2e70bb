// How is it said that a number is hidden, and why?
import { formatNumber } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import type { DisclosureRule, HiddenReason } from './disclosure.ts'
import type { Published } from './linked-tables.ts'
import type { ShareRange } from './statistics.ts'

/** A published count in words: its number, or the one mark that all hidden counts share. */
export function publishedText(published: Published, id: string, t: T): string {
  const number = published.get(id)
  return typeof number === 'number' ? formatNumber(number) : t('evaluation.hidden.mark')
}

/** The note under a table or map that holds hidden counts: which numbers are hidden. */
export function hiddenNote(rule: DisclosureRule, t: T): string {
  return t('evaluation.hidden.note', { threshold: String(rule.threshold) })
}

/** Why a count is hidden, for those who may see the rows; never to be printed for others, for it tells which counts are small. */
export function reasonText(reason: HiddenReason, rule: DisclosureRule, t: T): string {
  return t(`evaluation.hidden.reason.${reason}`, { threshold: String(rule.threshold) })
}

/** What is said where `exposed` is not empty. */
export function exposedNote(t: T): string {
  return t('evaluation.hidden.exposed')
}

/** A share with its range: "75% (95% vahemik 47–91%)". */
export function shareText({ share, low, high }: ShareRange, t: T): string {
  const percent = (value: number) => formatNumber(value * 100, 0)
  return t('evaluation.share.range', { share: `${percent(share)}%`, low: percent(low), high: `${percent(high)}%` })
}

/** What a chart by months says about itself. */
export function monthChartWords(t: T): { month: string; table: string; empty: string } {
  return { month: t('evaluation.chart.month'), table: t('evaluation.map.table'), empty: t('evaluation.chart.empty') }
}
