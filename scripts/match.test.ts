// Does the command line answer as it promises, and refuse in one clear line?
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('./match.ts', import.meta.url))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tugivork-match-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Ran = { code: number; out: string; err: string }

function run(...args: string[]): Promise<Ran> {
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], { cwd: join(script, '../..') }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

async function runOn(text: string): Promise<Ran> {
  const path = join(folder, 'instance.json')
  await writeFile(path, text)
  return run(path)
}

test('prints the best assignment as JSON and nothing else', async () => {
  const ran = await runOn(`\uFEFF{"needs":[{"id":"a"},{"id":"b"},{"id":3}],
    "volunteers":[{"id":"x","capacity":1},{"id":9,"capacity":1}],
    "pairs":[{"need":"a","volunteer":"x","cost":5},{"need":"b","volunteer":"x","cost":1},
             {"need":"b","volunteer":9,"cost":7},{"need":3,"volunteer":9,"cost":2}]}`)
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(ran.out)).toEqual({
    assigned: [
      { need: 3, volunteer: 9 },
      { need: 'b', volunteer: 'x' },
    ],
    uncovered: ['a'],
    cost: 3,
    bound: 3,
    optimal: true,
  })
})

test.each([
  ['{', 'ei ole JSON', 'is not JSON'],
  [
    '{"needs":[{"id":"a"}],"volunteers":[],"pairs":[{"need":"a","volunteer":"x","cost":1}]}',
    'tugiisikut „x” ei ole',
    '“x” is not in',
  ],
  ['{"needs":[{"id":""}],"volunteers":[{"id":"x","capacity":-1}],"pairs":[]}', 'ja veel 1', 'and 1 more'],
])('refuses %s in one line of Estonian and English', async (text, estonian, english) => {
  const { code, out, err } = await runOn(text)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  expect(err).toContain(estonian)
  expect(err).toContain(english)
})

test('refuses a missing file, a folder, and no file at all', async () => {
  for (const args of [[join(folder, 'none.json')], [folder], [], ['a', 'b']]) {
    const { code, out, err } = await run(...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(args.length === 1 ? /ei saa lugeda .* cannot be read/ : /Kirjuta üks fail.*Name one file/)
  }
})
