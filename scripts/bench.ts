// What does `npm run bench` print? Every ratio with its goal, as a table or – `-- --json` – as one JSON object.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bench } from '../bench/bench.ts'
import { withFigures } from '../bench/figures.ts'
import { exitCodeOf } from '../bench/gate.ts'
import { readMachine } from '../bench/machine.ts'
import { tableOf } from '../bench/rows.ts'
import { type Options, type Part, readOptions } from '../bench/session.ts'

const say = (text: string) => process.stderr.write(`${text}\n`)

function optionsOrEnd(): Options {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    say((error as Error).message)
    process.exit(2)
  }
}

const options = optionsOrEnd()
const machine = readMachine()
const began = new Date()
const rows = await bench(options, say)
const text = options.json
  ? JSON.stringify({ began, quick: options.quick, machine, rows }, null, 1)
  : `${Object.values(machine).join(' · ')}\n\n${tableOf(rows)}`
process.stdout.write(`${text}\n`)
if (options.write) {
  const page = join(import.meta.dirname, '../docs/bench.md')
  const on = { machine, day: began.toISOString().slice(0, 10), quick: options.quick }
  const own = (part: Part) => rows.filter((row) => row.part === part)
  writeFileSync(
    page,
    options.only.reduce((text, part) => withFigures(text, part, own(part), on), readFileSync(page, 'utf8')),
  )
}
process.exitCode = exitCodeOf(rows)
