// What does `npm run --silent match -- INSTANCE.json` print?
import { readFile, stat } from 'node:fs/promises'
import { check } from '../app/matching/certificate.ts'
import { solve } from '../app/matching/flow.ts'
import { type Fault, type Instance, problemOf, readInstance } from '../app/matching/instance.ts'

const maxMegabytes = 400

/** `cost`: the costs of the assigned pairs; `bound`: what no assignment covering as many can beat; `optimal`: checked. */
function match(instance: Instance) {
  const problem = problemOf(instance)
  const solution = solve(problem)
  // An id is printed as it was written, a number as a number.
  const needs = new Map(instance.needs.map(({ id }) => [String(id), id]))
  const volunteers = new Map(instance.volunteers.map(({ id }) => [String(id), id]))
  return {
    assigned: solution.assigned.map((pair) => ({
      need: needs.get(pair.need),
      volunteer: volunteers.get(pair.volunteer),
    })),
    uncovered: solution.uncovered.map((id) => needs.get(id)),
    cost: solution.cost[1],
    bound: solution.bound[1],
    optimal: check(problem, solution).length === 0,
  }
}

async function read(path: string): Promise<{ instance: Instance } | { faults: Fault[] }> {
  const size = await stat(path)
    .then((file) => (file.isFile() ? file.size : -1))
    .catch(() => -1)
  if (size < 0) return { faults: [{ key: 'matching.instance.noFile', args: { at: path } }] }
  if (size > maxMegabytes * 2 ** 20)
    return { faults: [{ key: 'matching.instance.tooBig', args: { at: path, max: maxMegabytes } }] }
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return { faults: [{ key: 'matching.instance.noFile', args: { at: path } }] }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { faults: [{ key: 'matching.instance.notJson', args: { at: path } }] }
  }
  return readInstance(value)
}

/** One line, Estonian and English: the first fault and how many more there are. */
async function complain(faults: Fault[]): Promise<void> {
  // The words are only loaded where they are needed: a good instance is answered sooner.
  const { translator } = await import('../app/i18n/i18n.ts')
  const [first] = faults
  if (!first) return
  const lines = (['et', 'en'] as const).map((locale) => {
    const t = translator(locale)
    const fault = t(first.key, first.args)
    return faults.length === 1 ? fault : t('matching.instance.more', { fault, count: faults.length - 1 })
  })
  process.stderr.write(`${lines.join(' / ').replace(/\s+/g, ' ')}\n`)
  process.exitCode = 1
}

const [path, ...rest] = process.argv.slice(2)
const outcome: { instance: Instance } | { faults: Fault[] } =
  path === undefined || rest.length > 0 ? { faults: [{ key: 'matching.instance.usage', args: {} }] } : await read(path)
if ('faults' in outcome) await complain(outcome.faults)
else process.stdout.write(`${JSON.stringify(match(outcome.instance))}\n`)
