// By whom may a case be looked for, and why?
import { z } from 'zod'
import { choice, optional, text } from '../../core/form/fields.ts'
import { readPersonalCode } from '../../core/form/personal-code.ts'
import { nameKeys } from '../repeat/name-key.ts'

/** Why somebody is looked for; each is work, and the last is told in words. */
export const findPurposes = ['called', 'before', 'meeting', 'safety', 'other'] as const

export const FindCases = z.object({
  who: text({ label: 'cases.find.who', hint: 'cases.find.whoHint', max: 120 }),
  purpose: choice(findPurposes, { label: 'cases.find.purpose', prefix: 'cases.find.purpose' }),
  reason: optional(text({ label: 'cases.reveal.reason', hint: 'cases.reveal.reasonHint', max: 300 })),
})

type Wanted = { code: string } | { names: string[] } | { fault: 'code' | 'name' }

/**
 * What was typed, as the keys of people tell it: a personal code, or a given name and a family name in whichever order.
 * Half a name would find half the country, so it is a fault, and so is a number that is no code.
 */
export function wantedOf(who: string): Wanted {
  const typed = who.trim()
  if (/^[\d\s]+$/.test(typed)) {
    const read = readPersonalCode(typed.replace(/\s/g, ''))
    return 'fault' in read ? { fault: 'code' } : { code: read.code }
  }
  const words = typed.replaceAll(',', ' ').split(/\s+/)
  // "Mari Liis Näidis-Kask" and "Näidis-Kask, Mari Liis": the given name stands first or last, and the family name is what remains or the far end of it.
  const [first = '', last = ''] = [words.at(0), words.at(-1)]
  const readings = [
    { givenName: first, familyName: words.slice(1).join(' ') },
    { givenName: first, familyName: last },
    { givenName: last, familyName: words.slice(0, -1).join(' ') },
    { givenName: words.at(1) ?? '', familyName: first },
  ]
  const names = words.length < 2 ? [] : [...new Set(readings.flatMap(nameKeys))]
  return names.length > 0 ? { names } : { fault: 'name' }
}
