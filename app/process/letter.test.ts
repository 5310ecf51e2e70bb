// Can anything be put into a letter that is not on the list?
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { catalogues, locales, translator } from '../i18n/i18n.ts'
import {
  checkpointLetter,
  type Letter,
  letterOf,
  type MailKind,
  mailKinds,
  mustBeLetter,
  NotALetter,
  outsideKinds,
  telltale,
  weekKind,
  weekLines,
} from './letter.ts'
import type { mailTo, sendCheckpoint } from './mail.server.ts'

const home = 'https://leht.example'
const usual = { kind: 'new-task', to: 'lou@naidis.example', locale: 'et', home, path: '' }
const token = `${'A-_9'.repeat(10)}abc`

describe('a letter is a sentence of ours and our address', () => {
  test.each(mailKinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const)))(
    '%s in %s',
    (kind, locale) => {
      const letter = letterOf({ ...usual, kind, locale })
      expect(letter.text).toBe(`${catalogues[locale][`core.mail.${kind}`]}\n\n${home}\n`)
      expect(letter.subject).toBe(catalogues[locale]['core.mail.subject'])
      expect(() => mustBeLetter(letter)).not.toThrow()
    },
  )

  test.each(outsideKinds.filter((kind) => kind !== 'reference'))('%s leads nowhere', (kind) => {
    expect(letterOf({ ...usual, kind }).text).toBe(`${catalogues.et[`core.mail.${kind}`]}\n`)
    expect(() => letterOf({ ...usual, kind, path: `/invitation/${token}` })).toThrow(NotALetter)
  })

  test('who is asked about somebody is led to the question, and to nothing else', () => {
    const path = `/reference/${token}`
    for (const locale of locales)
      expect(letterOf({ ...usual, kind: 'reference', locale, path }).text).toBe(
        `${catalogues[locale]['core.mail.reference']}\n\n${home}${path}\n`,
      )
    for (const wrong of ['', '/', `/invitation/${token}`, `${path}/x`, '/reference/short'])
      expect(() => letterOf({ ...usual, kind: 'reference', path: wrong }), wrong).toThrow(NotALetter)
    expect(() => letterOf({ ...usual, kind: 'invitation', path })).toThrow(NotALetter)
  })

  test('the sentences take no word from outside, and there is one for each kind and no more', () => {
    for (const locale of locales) {
      const mail = Object.entries(catalogues[locale]).filter(([key]) => key.startsWith('core.mail.'))
      expect(mail.map(([key]) => key.slice('core.mail.'.length)).toSorted()).toEqual(
        [...mailKinds, ...outsideKinds, weekKind, 'subject'].toSorted(),
      )
      for (const [key, words] of mail) {
        expect(words, key).not.toMatch(/[{}<>\d]|https?:/i)
        expect(words, key).not.toMatch(telltale)
      }
    }
  })

  test('once a week a letter has numbers in it: how much waits of what, and not a word besides', () => {
    const count = fc.integer({ min: 0, max: 9999 })
    fc.assert(
      fc.property(fc.constantFrom(...locales), fc.tuple(count, count, count, count), (locale, counts) => {
        const of = { ...usual, kind: weekKind, locale, counts }
        if (!counts.some(Boolean)) return void expect(() => letterOf(of)).toThrow(NotALetter)
        const letter = letterOf(of)
        expect(() => mustBeLetter(letter)).not.toThrow()
        const said = catalogues[locale]
        const t = translator(locale)
        const lines = weekLines.flatMap((line, at) =>
          counts[at] ? [`– ${t(`core.week.${line}`, { count: counts[at] })}`] : [],
        )
        expect(letter.text).toBe(
          [said['core.mail.week'], lines.join('\n'), said['core.week.off'], `${home}\n`].join('\n\n'),
        )
        expect(letter.text).not.toMatch(/[{}<>]/)
        expect(letter.text).not.toMatch(telltale)
        // Whatever the numbers are, what is left without them is one of few sentences.
        const bare = letter.text
          .replaceAll(/(?<=\d)[\s,](?=\d)/g, '')
          .match(/\d+/g)
          ?.map(Number)
        expect(bare).toEqual(counts.filter(Boolean))
      }),
    )
  })

  test.each([
    [undefined],
    [null],
    [[]],
    [[1, 2, 3]],
    [[1, 2, 3, 4, 5]],
    [[0, 0, 0, 0]],
    [[-1, 0, 0, 1]],
    [[1.5, 0, 0, 0]],
    [[10_000, 0, 0, 0]],
    [['Anna', 0, 0, 0] as unknown as number[]],
  ])('%j are no numbers of a week', (counts) => {
    expect(() => letterOf({ ...usual, kind: weekKind, counts })).toThrow(NotALetter)
  })

  test('no other letter has numbers in it, and that of the week leads to the first page alone', () => {
    expect(() => letterOf({ ...usual, counts: [1, 0, 0, 0] })).toThrow(NotALetter)
    expect(() => letterOf({ ...usual, kind: weekKind, counts: [1, 0, 0, 0], path: `/invitation/${token}` })).toThrow(
      NotALetter,
    )
  })

  test('a link is drawn by lot, and leads to where somebody makes a key', () => {
    const path = `/invitation/${token}`
    for (const kind of ['invitation', 'recovery'])
      expect(letterOf({ ...usual, kind, path }).text).toContain(`${home}${path}\n`)
    for (const kind of mailKinds.filter((one) => one !== 'invitation' && one !== 'recovery'))
      expect(() => letterOf({ ...usual, kind, path })).toThrow(NotALetter)
    for (const wrong of [
      '/cases/M-2026-001',
      `${path}?name=Anna`,
      `${path}/Anna`,
      `/invitation/${token}\nAnna`,
      '/',
      ' ',
    ])
      expect(() => letterOf({ ...usual, kind: 'invitation', path: wrong }), wrong).toThrow(NotALetter)
  })
})

test('whatever else is tried as a kind, a language, a link or an address is refused, and not repeated in the refusal', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('toString', '__proto__', 'subject', 'a@b\r\nBcc: c@d'),
  )
  const place = fc.constantFrom('kind', 'locale', 'path', 'to')
  fc.assert(
    fc.property(place, word, (name, tried) => {
      const known = {
        kind: [...mailKinds, ...outsideKinds].includes(tried as MailKind),
        locale: locales.includes(tried as 'et'),
        path: false,
      }
      if (known[name as 'kind'] || (name === 'to' && /^[^\s<>,;:"]+@[^\s<>,;:"]+$/.test(tried))) return
      let refused: unknown
      try {
        letterOf({ ...usual, [name]: tried })
      } catch (error) {
        refused = error
      }
      expect(refused).toBeInstanceOf(NotALetter)
      if (tried.length > 6) expect(String(refused)).not.toContain(tried)
    }),
    { numRuns: 3000 },
  )
})

test('a checkpoint is figures; a word among them and it does not leave', () => {
  const hash = `${'a'.repeat(43)}=`
  const body = (origin: string) => `${origin}\n12\n${hash}\ntime 2026-11-23T10:00:00.000Z\nprevious -\n`
  const signed = `\n— log.example ${'b'.repeat(88)}\n`
  expect(checkpointLetter('keeper@naidis.example', body('tugivork.example/audit') + signed).subject).toBe(
    'tugivork.example/audit 12',
  )
  for (const wrong of [
    body('Anna Näidis') + signed,
    `${body('x')}Anna\n${signed}`,
    `${body('x')}${signed}\nAnna`,
    'Anna',
    body('x'),
  ])
    expect(() => checkpointLetter('keeper@naidis.example', wrong), wrong).toThrow(NotALetter)
})

test('what only looks like a letter is stopped at the gate', () => {
  const letter = letterOf(usual)
  for (const forged of [{ ...letter }, { ...letter, text: 'Anna' }, Object.create(letter), structuredClone(letter)])
    expect(() => mustBeLetter(forged)).toThrow(NotALetter)
  expect(() => Object.assign(letter, { text: 'Anna' })).toThrow(TypeError)
})

test('whoever writes mail names a kind; a letter cannot be typed by hand', () => {
  expectTypeOf<Parameters<typeof mailTo>[2]>().toEqualTypeOf<MailKind>()
  expectTypeOf<Parameters<typeof sendCheckpoint>>().toEqualTypeOf<[to: string, note: string]>()
  expectTypeOf<{ to: string; subject: string; text: string }>().not.toExtend<Letter>()
})

test('there is no other way out', () => {
  const root = resolve(import.meta.dirname, '../..')
  const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
  const product = files.filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.browser\.ts$|^ui\/browser\//.test(file),
  )
  const using = (what: RegExp) =>
    product.filter((file) => what.test(readFileSync(join(root, 'app', file), 'utf8'))).toSorted()
  expect(using(/(from |import\()'nodemailer'/)).toEqual(['process/mail.server.ts'])
  expect(using(/\bletterOf\(|\bcheckpointLetter\(/)).toEqual(['process/letter.ts', 'process/mail.server.ts'])
  // Checkpoints of the log go to a server of the house; nothing else calls one. Signing in asks the provider through its own library.
  expect(using(/\bfetch\(/)).toEqual(['audit/checkpoint/send.server.ts'])
  // There the shape of an address is looked at, and nothing is called; the scanner of the house is given a file, and never a word about it; the server answers.
  const wires = ['core/turn/address.ts', 'process/scanner.server.ts', 'server.ts']
  expect(using(/^import (?!type ).*from '(node:)?(http|https|net|tls|dgram)'/m)).toEqual(wires)
  const mail = readFileSync(join(root, 'app/process/mail.server.ts'), 'utf8')
  expect(mail.match(/(?<!\w)send\(/g)).toHaveLength(1)
})
