// Are the three languages whole: the same messages with the same arguments, all of them used?
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldMeta } from '../app/core/form/fields.ts'
import { allOperations } from '../app/core/operation.server.ts'
import { catalogues, isKey, type Key, locales, translator } from '../app/i18n/i18n.ts'
import '../app/access-routes.ts'
import '../app/routes.ts'

const root = resolve(import.meta.dirname, '..')
const keys = Object.keys(catalogues.et).sort()

function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      return [element.value, ...Object.values(element.options).flatMap((option) => argumentsOf(option.value))]
    }
    return [element.value]
  })
}

const argumentNames = (text: string) => [...new Set(argumentsOf(parse(text, { ignoreTag: true })))].sort()

test('every language has every message', () => {
  for (const locale of locales) expect(Object.keys(catalogues[locale]).sort()).toEqual(keys)
})

test('every language uses the same arguments', () => {
  const differing = keys.filter((key) => {
    const names = locales.map((locale) => argumentNames(catalogues[locale][key] ?? '').join())
    return new Set(names).size > 1
  })
  expect(differing).toEqual([])
})

test('what tells of one number says the same the second time, and of each number its own', () => {
  const telling = keys.filter((key) => argumentNames(catalogues.et[key] ?? '').length === 1)
  expect(telling.length).toBeGreaterThan(100)
  const wrong = locales.flatMap((locale) =>
    telling.flatMap((key) => {
      const [name = ''] = argumentNames(catalogues[locale][key] ?? '')
      const message = new IntlMessageFormat(catalogues[locale][key] ?? '', locale, undefined, { ignoreTag: true })
      const numbers = [0, 1, 2, 5, 21, 366, 367, 1.5, -1, 2, 1]
      return numbers.filter(
        (number) => translator(locale)(key as Key, { [name]: number }) !== String(message.format({ [name]: number })),
      )
    }),
  )
  expect(wrong).toEqual([])
})

test('no message is left untranslated', () => {
  const cyrillic = /[а-яё]/i
  const latinOnly = keys.filter((key) => {
    const ru = catalogues.ru[key] ?? ''
    return /[a-zõäöü]{4,}/i.test(ru.replace(/\{[^}]*\}/g, '')) && !cyrillic.test(ru)
  })
  // Names of things that are the same in every language.
  expect(
    latinOnly.filter((key) => !/product|Tugivõrk|DASH|format|code|\.language\./i.test(`${key} ${catalogues.ru[key]}`)),
  ).toEqual([])
})

test('every field of every form is called by a message that exists', () => {
  const said = allOperations().flatMap(({ name, input }) =>
    Object.values(input instanceof z.ZodObject ? (input.shape as Record<string, z.ZodType>) : {}).flatMap((schema) => {
      const { label, hint, options = [] } = fieldMeta(schema)
      return [label, hint, ...options.map((option) => option.label)].map((key) => ({ name, key }))
    }),
  )
  expect(said.length).toBeGreaterThan(500)
  expect(said.filter(({ key }) => key !== undefined && !isKey(key))).toEqual([])
})

test('every message is used', () => {
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
    )
  const code = ['app', 'db', 'scripts']
    .flatMap(walk)
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
  // A key that is put together is known by its beginning and its end: of `home.${kind}.one` no other word of `home.` has a use.
  const shapes = [
    ...[...code.matchAll(/`([a-z]+(?:\.[\w-]+)*\.\$\{[^`]+)`/g)].map(([, template = '']) =>
      template.split(/\$\{[^}]*\}/),
    ),
    ...[...code.matchAll(/prefix: '([\w.-]+)'/g)].map(([, prefix]) => [`${prefix}.`, '']),
  ]
  const built = shapes.map(
    (parts) => new RegExp(`^${parts.map((part) => part.replaceAll(/[^\w-]/g, '\\$&')).join('.+')}$`),
  )
  // Looked up, not searched for: thousands of keys in a megabyte of code.
  const quoted = new Set([...code.matchAll(/'([a-z][\w.-]*)'/gi)].map((match) => match[1]))
  const unused = keys.filter((key) => !quoted.has(key) && !built.some((shape) => shape.test(key)))
  expect(unused).toEqual([])
})

test('no exclamation marks and no clients', () => {
  const loud = locales.flatMap((locale) =>
    keys.filter((key) => /!|\bklien/i.test(catalogues[locale][key] ?? '')).map((key) => `${locale} ${key}`),
  )
  expect(loud).toEqual([])
})
