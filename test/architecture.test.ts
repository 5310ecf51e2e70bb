// Does the tree still keep the rules of the house?
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const order = [
  'i18n',
  'ui',
  'core',
  'process',
  'access',
  'audit',
  'partners',
  'volunteers',
  'recruitment',
  'cases',
  'meetings',
  'matching',
  'support',
  'supervision',
  'materials',
  'field',
  'imports',
  'evaluation',
  'reports',
  'papers',
  'safekeeping',
  'home',
]

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

const isCode = (file: string) => /\.tsx?$/.test(file) && !/\.gen\.ts$|\.d\.ts$/.test(file)
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const files = ['app', 'db', 'scripts', 'test', 'bench'].flatMap((folder) => {
  try {
    return walk(folder)
  } catch {
    return []
  }
})
const code = files.filter(isCode)
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

function importsOf(file: string): string[] {
  const found = [...textOf(file).matchAll(/(?:from|import)\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g)]
  return found.map((match) => relative(root, resolve(root, dirname(file), match[1] ?? match[2] ?? '')))
}

const subjectOf = (file: string) =>
  file.startsWith('app/') && file.split('/').length > 2 ? file.split('/')[1] : undefined
const productCode = code.filter((file) => file.startsWith('app/') && !isTest(file))

test('a folder uses folders before it, never after', () => {
  const wrong = productCode.flatMap((file) => {
    const own = order.indexOf(subjectOf(file) ?? '')
    if (own < 0) return []
    return importsOf(file)
      .filter((target) => order.indexOf(subjectOf(target) ?? '') > own)
      .map((target) => `${file} → ${target}`)
  })
  expect(wrong).toEqual([])
})

test('every subject has its place in the reading order', () => {
  const subjects = readdirSync(join(root, 'app'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(subjects.map((entry) => entry.name).filter((name) => !order.includes(name))).toEqual([])
})

test('a file has at most 250 lines', () => {
  expect(code.filter((file) => textOf(file).trimEnd().split('\n').length > 250)).toEqual([])
})

test('a folder has at most 14 files', () => {
  const counts = new Map<string, number>()
  for (const file of productCode) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  expect([...counts].filter(([, count]) => count > 14)).toEqual([])
})

test('a file opens with one sentence that says which question it answers', () => {
  const silent = code.filter((file) => !/^(#!.*\n)?\/\/ \S/.test(textOf(file)))
  expect(silent).toEqual([])
})

test('pages hold no SQL, and only *.server files touch the database', () => {
  const query = /\b(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql`/
  const loud = productCode.filter((file) => query.test(textOf(file)) && !/\.server\.tsx?$/.test(file))
  expect(loud).toEqual([])
  const importing = productCode.filter(
    (file) => /from '(kysely|pg)'/.test(textOf(file)) && !/\.server\.tsx?$/.test(file),
  )
  expect(importing).toEqual([])
})

test('a day is Tallinn’s, not that of the server', () => {
  const ours = walk('app').filter((file) => /\.(sql|server\.tsx?)$/.test(file))
  expect(ours.length).toBeGreaterThan(100)
  expect(ours.filter((file) => /\bcurrent_date\b|_at::date\b/.test(textOf(file)))).toEqual([])
})

test('only one file knows the connection', () => {
  const knowing = productCode.filter((file) => /new pg\.|from 'pg'/.test(textOf(file)))
  expect(knowing.filter((file) => file !== 'app/core/db.server.ts' && !file.includes('doctor'))).toEqual([])
})

test('ui knows no subject', () => {
  const outside = productCode
    .filter((file) => file.startsWith('app/ui/'))
    .flatMap((file) =>
      importsOf(file).filter((target) => target.startsWith('app/') && !/^app\/(ui|i18n)\//.test(target)),
    )
  expect(outside).toEqual([])
})

test('pages do not import pages', () => {
  const wrong = productCode
    .filter((file) => file.endsWith('.page.tsx'))
    .flatMap((file) => importsOf(file).filter((target) => target.endsWith('.page.tsx')))
  expect(wrong).toEqual([])
})

test('nothing is switched off or left for later', () => {
  const marks =
    /@ts-ignore|@ts-expect-error|biome-ignore|eslint-disable|\bas any\b|: any\b|\bTODO\b|\bFIXME\b|\.(skip|only)\(/
  const own = 'test/architecture.test.ts'
  expect(code.filter((file) => file !== own && marks.test(textOf(file)))).toEqual([])
})

test('no Math.random where secrets could be made', () => {
  expect(productCode.filter((file) => textOf(file).includes('Math.random'))).toEqual([])
})

test('every command is called by name in a test', () => {
  const tested = code.filter(isTest).map(textOf).join('\n')
  const commands = productCode.flatMap((file) =>
    [...textOf(file).matchAll(/export const (\w+) = command\(/g)].map((match) => match[1] ?? ''),
  )
  expect(commands.filter((name) => !new RegExp(`\\b${name}\\b`).test(tested))).toEqual([])
})

test('direct runtime dependencies are at most 25, each with its reason', () => {
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
  const names = Object.keys(dependencies)
  expect(names.length).toBeLessThanOrEqual(25)
  const reasons = textOf('docs/dependencies.md')
  expect(names.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([])
})

test('a letter about a case goes past the walls: `mailAbout`', () => {
  // Not about a case: a month of one volunteer, a meeting, a promise to guide, whoever has an account, whose time of keeping is over.
  const others =
    /^app\/(access|process|reports|volunteers|papers|recruitment|supervision|safekeeping|support\/report|meetings\/(agenda|calendar|research|view))\//
  const plain = code.filter(
    (file) => file.startsWith('app/') && !isTest(file) && !others.test(file) && /\bmailTo\(/.test(textOf(file)),
  )
  expect(plain).toEqual([])
  expect(code.filter((file) => /\bmailAbout\(/.test(textOf(file))).length).toBeGreaterThan(12)
})

test('whoever asks whether words were read before they are written over stands in line first', () => {
  const careless = productCode.filter((file) => {
    if (file.endsWith('core/form/seen.ts')) return false
    const operations = textOf(file).split(/^export const /m)
    return operations.some((text) => /\bmustHaveRead\(/.test(text) && !/\boneByOne\b|\.\.\.changes\b/.test(text))
  })
  expect(careless).toEqual([])
})
