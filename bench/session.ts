// What does every part of the bench have at hand, and how was it told to run?
import type { FloorPlan } from './floor/server.ts'
import type { Crowd } from './load/people.ts'
import type { Place } from './place/place.ts'
import type { Running } from './place/process.ts'

export const parts = [
  'pages',
  'search',
  'reports',
  'tenfold',
  'held',
  'overload',
  'browser',
  'field',
  'matching',
  'scale',
] as const
export type Part = (typeof parts)[number]

/**
 * `times` is how many times the planned country is laid down: less than one to see quickly that everything runs. `gate` asks for the steady
 * figures alone, and whether they hold.
 */
export type Options = {
  json: boolean
  quick: boolean
  gate: boolean
  only: readonly Part[]
  profile: string | null
  times: number
  write: boolean
}

/** A place with data, the two servers on it, and people who have signed in. */
export type Session = {
  options: Options
  place: Place
  product: Running
  floor: Running
  crowd: Crowd
  plan: FloorPlan
  say: (text: string) => void
}

/** Reads the words after `npm run bench --`; throws where one is unknown. */
export function readOptions(words: readonly string[]): Options {
  const options: Options = {
    json: false,
    quick: false,
    gate: false,
    only: parts,
    profile: null,
    times: 1,
    write: false,
  }
  // A quarter of the country is laid down in seconds and is large enough for the database to prefer an index.
  if (words.includes('--gate')) Object.assign(options, { gate: true, quick: true, times: 0.25 })
  for (const word of words) {
    const [name = '', value = ''] = word.split('=')
    if (name === '--json') options.json = true
    else if (name === '--gate') continue
    else if (name === '--quick') options.quick = true
    else if (name === '--write') options.write = true
    else if (name === '--profile') options.profile = value || 'profile'
    else if (name === '--times' && Number(value) > 0) options.times = Number(value)
    else if (name === '--only') options.only = value.split(',').map(partOf)
    else
      throw new Error(
        `unknown: ${word}\nnpm run bench -- [--json] [--quick] [--gate] [--only=${parts.join(',')}] [--times=1] [--profile[=FOLDER]] [--write]`,
      )
  }
  if (options.gate && options.write) throw new Error('--gate judges and --write tells: one at a time')
  return options
}

function partOf(name: string): Part {
  const found = parts.find((part) => part === name)
  if (!found) throw new Error(`no part of the bench is called ${name}: ${parts.join(', ')}`)
  return found
}
