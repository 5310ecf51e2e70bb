// Does every paper, in every language and both forms, say every line of its wording, with everything filled in and every letter drawn?
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { unzipped } from '../../../test/unzip.ts'
import { givenVolunteer } from '../../../test/volunteers.ts'
import { today } from '../../core/clock.server.ts'
import { locales, translator } from '../../i18n/i18n.ts'
import { linesOf, paperKinds } from '../template/template.ts'
import { fileOf, paperFile } from './document.server.ts'
import { makePaper } from './papers.server.ts'

let cast: Cast
let id = ''
// Every letter that Estonian has beside the Latin ones, in the name that is filled in.
const name = 'Õie-Šarlotte Näidis-Žöülemäe'
beforeAll(async () => {
  cast = await openCast()
  const setting = `insert into setting (name, valid_from, value, note, set_by) values ('exportsPerDay', '2026-01-01', '100', 'Näidis', $1)`
  await cast.admin.query(setting, [cast.kim.id])
  id = await givenVolunteer(cast, { name, languages: ['et', 'ru'] })
})
afterAll(() => cast.close())

/** What somebody reads: without what separates words and lines, which both forms set as they need. */
const read = (text: string) => text.normalize('NFC').replace(/[\s\u00ad]+/g, '')

type Letter = { originalCharCode: number }

/** The text of the pages in the order in which it is read, and how many letters the font does not have. */
async function inPdf(body: Uint8Array) {
  const pdf = await getDocument({ data: new Uint8Array(body), verbosity: 0 }).promise
  let [text, missing, drawn] = ['', 0, 0]
  for (let at = 1; at <= pdf.numPages; at++) {
    const page = await pdf.getPage(at)
    let part = ''
    // What stands in no part of the document – the foot of the page – is not read.
    for (const item of (await page.getTextContent({ includeMarkedContent: true })).items)
      if ('str' in item) text += part ? item.str : ''
      else if (item.type === 'beginMarkedContentProps') part = item.id ?? ''
      else if (item.type === 'endMarkedContent') part = ''
    const { fnArray, argsArray } = await page.getOperatorList()
    const shown = fnArray.flatMap((fn, nth) => (fn === OPS.showText ? (argsArray[nth][0] as (Letter | number)[]) : []))
    const letters = shown.filter((one): one is Letter => typeof one === 'object' && one !== null)
    drawn += letters.length
    // The first drawing of every font is the empty box.
    missing += letters.filter(({ originalCharCode }) => originalCharCode === 0).length
  }
  return { text, missing, drawn, title: ((await pdf.getMetadata()).info as { Title?: string }).Title }
}

async function inDocx(body: Uint8Array): Promise<string> {
  const xml = (await unzipped(Buffer.from(body))).get('word/document.xml')?.toString('utf8') ?? ''
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&')
  return [...xml.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, text = '']) => plain(text)).join('')
}

/** The lines of the wording, filled in anew and without the program that fills them in. */
function lines(words: string, facts: Record<string, string | undefined>): string[] {
  const said = linesOf(words).map((line) => line.trim().replace(/^(#{1,2} |- )/, ''))
  return said.filter(Boolean).map((line) =>
    line.replaceAll(/\{(.+?)\}/g, (blank, named: string) => {
      if (!facts[named]) throw new Error(`nothing for ${blank}`)
      return facts[named]
    }),
  )
}

const alphabet = { et: /^[^а-яё]*$/i, en: /^[^а-яё]*$/i, ru: /[а-яё]{3}/i }

test.each(paperKinds.flatMap((template) => locales.map((locale) => [template, locale] as const)))(
  '%s in %s',
  async (template, locale) => {
    const { paper } = await makePaper.run(cast.kim, { id, template, locale, validFrom: today() })
    const found = await paperFile.run(cast.kim, { paper, kind: 'pdf' })
    const wanted = lines(found.words, found.facts)
    expect(wanted.length).toBeGreaterThan(4)
    const [pdf, docx] = [
      await fileOf(found, translator('et'), cast.kim),
      await fileOf({ ...found, file: 'docx' }, translator('et'), cast.kim),
    ]
    expect([pdf.name, docx.name]).toEqual([`${template}-${today()}.pdf`, `${template}-${today()}.docx`])
    const drawn = await inPdf(pdf.body)
    expect([drawn.missing, drawn.drawn > 300, drawn.title]).toEqual([0, true, wanted[0]])
    for (const text of [read(drawn.text), read(await inDocx(docx.body))]) {
      expect(text).toMatch(alphabet[locale])
      expect(text).toContain(read(name))
      expect(text).not.toMatch(/[{}]|undefined|null/)
      // Every line, each after the one before it.
      let from = 0
      for (const line of wanted) {
        const at = text.indexOf(read(line), from)
        expect(at, line).toBeGreaterThanOrEqual(from)
        from = at + read(line).length
      }
    }
  },
  30_000,
)
