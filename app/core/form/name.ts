// What somebody is called: how is it read, whatever it was copied from?
import { z } from 'zod'
import { text } from './fields.ts'

type Meta = Parameters<typeof text>[0]

/**
 * Signs that nobody sees – soft hyphens, joiners, marks of direction, several spaces – come along from letters and tables. They would make two names
 * of one, which nobody could tell apart and no search would find.
 */
const asSeen = (raw: unknown) =>
  typeof raw === 'string'
    ? raw
        .replace(/\p{Cf}/gu, '')
        .replace(/\s+/g, ' ')
        .trim()
    : raw

export const name = (meta: Meta) => {
  const field = text(meta)
  return z
    .unknown()
    .optional()
    .transform(asSeen)
    .pipe(field)
    .meta(field.meta() ?? {})
}
