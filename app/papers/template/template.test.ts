// Is what is wrong with a wording said at its place, and does what is filled in stay words?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { addDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import { locales } from '../../i18n/i18n.ts'
import { blanksOf, faultsOf, filled, inForce, paperKinds } from './template.ts'
import { listTemplates, openTemplate, writeTemplate } from './templates.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const good = '# Leping\n{nimi}, {kood}\n## Osa\n- üks\n- kaks'
const words = (more = {}) => ({ et: good, en: good, ru: good, ...more })

test('a blank that nobody knows, a brace alone and a heading of a third kind are told with their line', () => {
  const fault = (text: string) => faultsOf(words({ en: text }), 'contract').en
  expect(faultsOf(words(), 'contract')).toEqual({})
  expect(fault(good.replace('{kood}', '{isikukood}'))).toMatchObject({
    key: 'papers.template.unknown',
    args: { line: 2, name: '{isikukood}' },
  })
  expect(fault(`${good}\n{tunnid}`)).toMatchObject({ key: 'papers.template.unknown', args: { line: 6 } })
  expect(fault(good.replace('{kood}', '{kood'))).toMatchObject({ key: 'papers.template.brace', args: { line: 2 } })
  expect(fault(good.replace('## ', '### '))).toMatchObject({ key: 'papers.template.heading', args: { line: 3 } })
  expect(fault(good.slice(2))).toMatchObject({ key: 'papers.template.noTitle' })
  expect(fault(`${good}\n# Teine`)).toMatchObject({ key: 'papers.template.noTitle' })
})

test('every language fills in the same, and somebody’s name is among it', () => {
  expect(faultsOf(words({ ru: good.replace(', {kood}', '') }), 'contract').ru).toMatchObject({
    key: 'papers.template.less',
    args: { name: '{kood}' },
  })
  expect(faultsOf(words({ en: `${good}\n{algus}` }), 'contract').en).toMatchObject({ key: 'papers.template.more' })
  const nameless = good.replace('{nimi}', 'x')
  expect(faultsOf({ et: nameless, en: nameless, ru: nameless }, 'contract').et).toMatchObject({
    key: 'papers.template.noName',
  })
})

test('what is filled in is put in once, and makes neither headings nor items nor blanks', () => {
  const made = filled('# {nimi}\n{nimi}\n- {kood}', { nimi: '## {kood}', kood: '- a\n# b' })
  expect(made.title).toBe('## {kood}')
  expect(made.blocks).toEqual([
    { kind: 'paragraph', content: ['## {kood}'] },
    { kind: 'list', items: [['- a\n# b']] },
  ])
})

test('of several versions the one that began last holds', () => {
  const of = (version: number, fromOn: string) => ({ version, fromOn })
  const all = [of(1, '2026-01-01'), of(2, '2027-01-01'), of(3, '2026-06-01')]
  expect(inForce(all, '2026-05-31')?.version).toBe(1)
  expect(inForce(all, '2026-12-31')?.version).toBe(3)
  expect(inForce(all, '2027-01-01')?.version).toBe(2)
  expect(inForce(all, '2025-12-31')).toBeNull()
})

test('the wordings we begin with are whole in three languages', async () => {
  for (const kind of paperKinds) {
    const { versions } = await openTemplate.run(cast.kim, { template: kind })
    const [first] = versions
    expect(faultsOf(first.words, kind)).toEqual({})
    for (const locale of locales) {
      const facts = Object.fromEntries(blanksOf[kind].map((name) => [name, 'X']))
      const { title, blocks } = filled(first.words[locale], facts)
      expect(title.length).toBeGreaterThan(4)
      expect(JSON.stringify(blocks)).not.toMatch(/[{]\w+[}]|\n/)
    }
  }
})

test('a change is a version from a day on; of two at once the second hears so, and yesterday is too late', async () => {
  const write = (more = {}) =>
    writeTemplate.run(cast.kim, { template: 'pledge', version: 1, fromOn: addDays(today(), 3), ...words(), ...more })
  await expect(write({ et: '# x\n{nimmi}' })).rejects.toMatchObject({ fields: { et: { args: { line: 2 } } } })
  await expect(write({ fromOn: addDays(today(), -1) })).rejects.toMatchObject({ status: 422 })
  const answers = await Promise.allSettled([write(), write()])
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(write()).rejects.toMatchObject({ status: 409 })
  const pledge = (await listTemplates.run(cast.kim, {})).find(({ kind }) => kind === 'pledge')
  expect([pledge?.now?.version, pledge?.next?.version]).toEqual([1, 2])
  for (const who of ['peep', 'lou', 'max', 'sirje', 'aino', 'ott'] as const)
    await expect(writeTemplate.run(cast[who], { template: 'pledge', version: 2, ...words() })).rejects.toMatchObject({
      status: 403,
    })
})
