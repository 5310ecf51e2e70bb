// Which passwords are too easy to guess?
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from '../core/errors.ts'

/** security.md §3.6; a sentence of a few words has that length by itself. */
export const shortest = 15
const ownCharacters = 8

/** One word a line, lower case, without accents: what passwords are most often made of, and what this service is about. */
const common = readFileSync(join(import.meta.dirname, 'common-words.txt'), 'utf8')
  .split('\n')
  .filter((word) => word.length > 2 && !word.startsWith('#'))
  .map(plain)

const keyboards = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'йцукенгшщзхъ',
  'фывапролджэ',
  // Downwards, and to and fro between two rows.
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9olp',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qawsedrftgyhujikolp',
  'йфяцычувскамепинртгоьшлбщдю',
]
const runs = keyboards.flatMap((row) => runsOf(plain(row)))

/** How many bytes are kept of the hash of a password that has leaked: two of different letters share them once in 25 milliards. */
export const leakedBytes = 6
const leaked = leakedIn(readFileSync(join(import.meta.dirname, 'leaked.bin')))

/** Why a password cannot be taken, or null. `about` are the owner's name and e-mail address. */
export function passwordProblem(password: string, about: readonly string[]): Message | null {
  if ([...password].length < shortest) return { key: 'access.password.short', args: { least: shortest } }
  if (left(password, about).size < ownCharacters) return { key: 'access.password.common' }
  return hasLeaked(password) ? { key: 'access.password.leaked' } : null
}

/** The mark of a password in the list of those that have leaked (`scripts/leaked.ts`); capitals, accents and what stands between letters make it no other. */
export function leakedMark(password: string): string {
  const bare = plain(password).replace(/[^\p{L}\p{N}]+/gu, '')
  return createHash('sha256').update(bare).digest().toString('hex', 0, leakedBytes)
}

// With figures put before or behind, it is the same to whoever tries lists.
function hasLeaked(password: string): boolean {
  const bare = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return leaked.has(leakedMark(password)) || leaked.has(leakedMark(bare))
}

function leakedIn(list: Buffer): ReadonlySet<string> {
  const marks = Array.from({ length: list.length / leakedBytes }, (_, at) => at * leakedBytes)
  return new Set(marks.map((at) => list.toString('hex', at, at + leakedBytes)))
}

/** The different characters that remain when everything that can be guessed is taken away. */
function left(password: string, about: readonly string[]): Set<string> {
  const own = about.flatMap((text) => plain(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2)
  // Longest first, or "parool" would be broken up by something shorter in it.
  const words = [...common, ...own].sort((a, b) => b.length - a.length)
  // Ways of the fingers first: in them a digit is no letter.
  const typed = runs.reduce((text, run) => text.replaceAll(run, ' '), plain(password))
  const rest = words.reduce((text, word) => text.replaceAll(word, ' '), readable(typed))
  return new Set(rest.replace(/(.)\1{2,}|(19|20)\d\d|\s/gu, ''))
}

// Four neighbours of a row, in both directions.
function runsOf(row: string): string[] {
  const letters = [...row]
  const fours = letters.slice(0, -3).map((_, index) => letters.slice(index, index + 4))
  return fours.flatMap((four) => [four.join(''), four.toReversed().join('')])
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

const spelled: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** `P@r00l` is read as `parool`; digits among digits stay digits. */
function readable(text: string): string {
  return text.replace(/(?<=\p{L})[0134579@$!]+(?=\p{L})/gu, (signs) =>
    [...signs].map((sign) => spelled[sign] ?? sign).join(''),
  )
}
