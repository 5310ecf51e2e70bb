// In which words is a paper made, what may stand in them to be filled in, and what is wrong with a wording?
import { z } from 'zod'
import type { Message } from '../../core/errors.ts'
import { date, longText } from '../../core/form/fields.ts'
import { type Locale, locales } from '../../i18n/i18n.ts'
import type { Block } from '../../reports/document/document.ts'

/** In the order in which somebody meets them. */
export const paperKinds = ['contract', 'pledge', 'goodwill', 'certificate', 'thanks'] as const
export type PaperKind = (typeof paperKinds)[number]

/** What is filled in, as it is typed between braces: the same words in every language of a wording, so that they can be compared. */
export const blanks = ['nimi', 'kood', 'kuupäev', 'koordinaator', 'algus', 'lõpp', 'tunnid', 'kohtumised'] as const
export type Blank = (typeof blanks)[number]

const common: readonly Blank[] = ['nimi', 'kood', 'kuupäev', 'koordinaator']
const ofService: readonly Blank[] = [...common, 'algus', 'lõpp', 'tunnid', 'kohtumised']

/** What is known when a paper of this kind is made. */
export const blanksOf: Record<PaperKind, readonly Blank[]> = {
  contract: [...common, 'algus', 'lõpp'],
  pledge: common,
  goodwill: common,
  certificate: ofService,
  thanks: ofService,
}

export type Words = Record<Locale, string>
export type Template = { kind: PaperKind; version: number; fromOn: string; words: Words; by: string | null }

const wording = { hint: 'papers.template.wordsHint', max: 8000 } as const
export const WriteTemplate = z.object({
  template: z.enum(paperKinds),
  /** The newest version that was read: of two who change it at once the second hears so. */
  version: z.coerce.number().int().positive(),
  fromOn: date({ label: 'papers.template.fromOn', hint: 'papers.template.fromOnHint' }),
  et: longText({ label: 'papers.template.et', ...wording }),
  en: longText({ label: 'papers.template.en', ...wording }),
  ru: longText({ label: 'papers.template.ru', ...wording }),
})

/** The version that holds on a day: the one that began last. */
export function inForce<V extends Pick<Template, 'fromOn' | 'version'>>(versions: readonly V[], day: string): V | null {
  const begun = versions.filter(({ fromOn }) => fromOn <= day)
  const order = (one: V) => `${one.fromOn} ${String(one.version).padStart(9, '0')}`
  return begun.toSorted((a, b) => (order(a) < order(b) ? 1 : -1))[0] ?? null
}

const blank = /\{([^{}\n]*)\}/g
const named = (kind: PaperKind) => blanksOf[kind].map((one) => `{${one}}`).join(', ')

/** The first thing that is wrong with a wording, with the line in which it stands. */
function faultOf(text: string, kind: PaperKind): Message | null {
  for (const [at, line] of linesOf(text).entries()) {
    const args = { line: at + 1, known: named(kind) }
    for (const [, name = ''] of line.matchAll(blank))
      if (!(blanksOf[kind] as readonly string[]).includes(name))
        return { key: 'papers.template.unknown', args: { ...args, name: `{${name}}` } }
    if (/[{}]/.test(line.replaceAll(blank, ''))) return { key: 'papers.template.brace', args }
    if (/^#/.test(line) && !/^##? \S/.test(line)) return { key: 'papers.template.heading', args }
  }
  const titles = linesOf(text).filter((line) => /^# /.test(line)).length
  if (!/^# \S/.test(text.trimStart()) || titles > 1) return { key: 'papers.template.noTitle' }
  return null
}

const used = (text: string) => new Set([...text.matchAll(blank)].map(([, name = '']) => name))

/** What is wrong with each language: alone, and beside the Estonian one, where everything has to be filled in that is filled in there. */
export function faultsOf(words: Words, kind: PaperKind): Partial<Record<Locale, Message>> {
  const faults: Partial<Record<Locale, Message>> = {}
  const wanted = used(words.et)
  for (const locale of locales) {
    const own = faultOf(words[locale], kind)
    const here = used(words[locale])
    const less = [...wanted].find((name) => !here.has(name))
    const more = [...here].find((name) => !wanted.has(name))
    if (own) faults[locale] = own
    else if (less) faults[locale] = { key: 'papers.template.less', args: { name: `{${less}}` } }
    else if (more) faults[locale] = { key: 'papers.template.more', args: { name: `{${more}}` } }
  }
  if (!faults.et && !wanted.has('nimi')) faults.et = { key: 'papers.template.noName', args: { name: '{nimi}' } }
  return faults
}

export const linesOf = (text: string): string[] => text.split(/\r?\n/)

export type Filling = Partial<Record<Blank, string>>

/** The words with what is known of one volunteer in them. What was typed there stays words: it is put in once and not looked at again. */
export function filled(text: string, values: Filling): { title: string; blocks: Block[] } {
  const put = (line: string) => line.replaceAll(blank, (whole, name: string) => values[name as Blank] ?? whole)
  const blocks: Block[] = []
  let title = ''
  for (const line of linesOf(text).map((one) => one.trim())) {
    const last = blocks.at(-1)
    if (line === '') continue
    if (line.startsWith('# ')) title = put(line.slice(2))
    else if (line.startsWith('## ')) blocks.push({ kind: 'heading', level: 1, text: put(line.slice(3)) })
    else if (!line.startsWith('- ')) blocks.push({ kind: 'paragraph', content: [put(line)] })
    else if (last?.kind === 'list')
      blocks[blocks.length - 1] = { ...last, items: [...last.items, [put(line.slice(2))]] }
    else blocks.push({ kind: 'list', items: [[put(line.slice(2))]] })
  }
  return { title, blocks }
}
