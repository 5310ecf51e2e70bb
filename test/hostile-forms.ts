// Into which fields of which forms can words be typed that want to be more than words – asked of the forms themselves – and which came through?
import { z } from 'zod'
import { Invalid } from '../app/core/errors.ts'
import { allOperations, type Operation } from '../app/core/operation.server.ts'
import { alive, hostile, line } from './hostile.ts'

// From the longest to what fits where hardly anything does, and where an address of somebody is wanted.
const forms = [
  hostile,
  line,
  (word: string) => `${word.slice(0, 12)}"><img src=x onerror=y>`,
  () => `"><img src=x onerror=y>`,
  () => `"><i x=y>`,
  (word: string) => `"><svg/onload=y>${word.replace(/@.*/, '')}@naidis.example`,
]
const signs = [/"><i x=y>/, /"><svg\/onload/i]

/** What a browser would take for anything but words, of all that is typed here. */
export const living = (html: string): RegExp[] => [...alive(html), ...signs.filter((sign) => sign.test(html))]

const says = (value: unknown): boolean =>
  typeof value === 'string' ? /"><(img|i|svg)/.test(value) : Array.isArray(value) && value.some(says)

/** What can be typed into this field that it takes as it is; null where its shape lets no such sign in. */
function evilFor(schema: z.ZodType, word: string): string | null {
  const taken = forms.map((form) => form(word)).find((evil) => says(read(schema, evil)))
  return taken ?? null
}

function read(schema: z.ZodType, value: unknown): unknown {
  try {
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The fields of a form, by name; of what is checked as a whole too. */
export const fieldsOf = (schema: z.ZodType): [string, z.ZodType][] => {
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape as Record<string, z.ZodType>)
  return schema instanceof z.ZodPipe ? fieldsOf(schema.in as z.ZodType) : []
}

/** What stands in a field that may be left empty, so that it is tried too; where it is refused, the field is left empty after all. */
export const filler = 'Näidis-sõna'

/** The fields of an operation that take any words at all; what is typed as a password is told to nobody. */
export const openFields = (operation: Operation): [string, z.ZodType][] =>
  fieldsOf(operation.input).filter(([, schema]) => schema.meta()?.kind !== 'password' && evilFor(schema, 'x') !== null)

/** Every field of every operation of the product that takes any words, as `operation field`. */
export const everyField = (): string[] =>
  allOperations()
    .filter(({ name }) => !name.startsWith('test.'))
    .flatMap((operation) => openFields(operation).map(([field]) => `${operation.name} ${field}`))

/**
 * From now on whatever is typed anywhere – by whoever fills a world, by a form that is sent – is typed with the signs in it, wherever its
 * field takes them. Answers what has come through so far – the work was done, and the words were in it – and what was refused with a sentence at the field.
 */
export function typeHostile(): { through: Set<string>; refused: Set<string> } {
  const [through, refused] = [new Set<string>(), new Set<string>()]
  for (const operation of allOperations()) {
    const fields = new Map(openFields(operation))
    const { run } = operation
    if (fields.size > 0)
      operation.run = async (me, raw, once) => {
        const given = { ...(raw as Record<string, unknown>) }
        const evil = evilOf(given, fields)
        for (;;) {
          const outcome = await run(me, { ...given, ...evil }, once).then(
            (output) => ({ output }),
            (error: unknown) => ({ error }),
          )
          if ('output' in outcome) {
            for (const field of Object.keys(evil)) through.add(`${operation.name} ${field}`)
            return outcome.output
          }
          const wrong = outcome.error instanceof Invalid ? Object.keys(outcome.error.fields) : []
          const named = Object.keys(evil).filter((field) => wrong.length === 0 || wrong.includes(field))
          if (named.length === 0) throw outcome.error
          for (const field of named) {
            if (wrong.includes(field)) refused.add(`${operation.name} ${field}`)
            if (given[field] === filler) delete given[field]
            delete evil[field]
          }
        }
      }
  }
  return { through, refused }
}

function evilOf(given: Record<string, unknown>, fields: Map<string, z.ZodType>): Record<string, string> {
  return Object.fromEntries(
    [...fields].flatMap(([name, schema]) => {
      const said = given[name]
      if (typeof said !== 'string' || said === '') return []
      const evil = says(said) ? said : evilFor(schema, said)
      return evil === null ? [] : [[name, evil]]
    }),
  )
}
