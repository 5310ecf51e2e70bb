// In which ways may a word of Estonian have been written by somebody else: in Russian letters, without its dots, in haste?
import { soundOf } from '../../i18n/search-name.ts'

const replaced = (text: string, letters: Record<string, string>) =>
  text.replace(/[õäöüyыэё]/gi, (letter) => letters[letter.toLowerCase()] ?? letter)

/**
 * The text as it is and as others hear it: Russian writes õ as ы, ä as я or э, ö as ё or э, ü as ю; who has no ü writes y. And the way back,
 * where the other one has left the dots out. What is written with none of these letters has one form.
 */
export function heardAs(text: string): string[] {
  const plain = text.normalize('NFC')
  return [
    ...new Set([
      plain,
      replaced(plain, { õ: 'ы', ä: 'я', ö: 'ё', ü: 'ю' }),
      replaced(plain, { õ: 'ы', ä: 'э', ö: 'э', ü: 'ю' }),
      replaced(plain, { y: 'u', ы: 'о', ё: 'о' }),
      replaced(plain, { y: 'u', ы: 'о', ё: 'о', э: 'о' }),
    ]),
  ]
}

/** How the words sound when nobody listens for long and short, hard and soft; ae, oe and ue are ä, ö and ü. */
export function looselyOf(text: string): string[] {
  return soundOf(text)
    .split(' ')
    .flatMap(
      (word) =>
        word
          .replace(/(?<=[^aeiou\d])i(?=[aeou])|^j(?=u)/g, '')
          .replace(/([aou])j\1/g, '$1')
          .replace(/([a-z])\1+/g, '$1')
          .replace(/([aou])e/g, '$1')
          .replace(/([a-z])\1+/g, '$1') || [],
    )
}
