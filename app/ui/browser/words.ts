// Which sentences do the browser scripts say? They speak only words that the server has put into the page.
import type { T } from '../../i18n/i18n.ts'

export function passwordWords(t: T) {
  return {
    'data-i18n.show-password': t('ui.password.show'),
    'data-i18n.hide-password': t('ui.password.hide'),
    'data-i18n.show-password-aria-label': t('ui.password.showLabel'),
    'data-i18n.hide-password-aria-label': t('ui.password.hideLabel'),
    'data-i18n.password-shown-announcement': t('ui.password.shown'),
    'data-i18n.password-hidden-announcement': t('ui.password.hidden'),
  }
}

/** One sentence per plural form of any of our languages, told by a number that takes this form. */
export function counterWords(t: T, maxLength: number) {
  const samples = { one: 1, few: 2, many: 5, other: 1.5 }
  const words: Record<string, string | number> = {
    'data-maxlength': maxLength,
    'data-i18n.characters-at-limit': t('ui.count.none'),
  }
  for (const [form, count] of Object.entries(samples)) {
    const write = (text: string) => text.replace(/\d+([.,]\d+)?/, '%{count}')
    words[`data-i18n.characters-under-limit.${form}`] = write(t('ui.count.left', { count }))
    words[`data-i18n.characters-over-limit.${form}`] = write(t('ui.count.over', { count }))
  }
  return words
}
