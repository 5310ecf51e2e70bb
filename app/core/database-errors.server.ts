// What does an error of the database mean to the person?
import { NoResultError } from 'kysely'
import { Conflict, Invalid, NotFound, Unavailable } from './errors.ts'

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** The deliberate error that a database error stands for; anything else comes back unchanged and is a bug. */
export function translated(error: unknown): unknown {
  if (error instanceof NoResultError) return new NotFound()
  const code = codeOf(error)
  // What is said once (`set_once`) somebody has said in the meantime; whose row one may not touch never comes so far.
  if (code === '42501' && error instanceof Error && error.message.startsWith('set once:')) return new Conflict()
  // A policy said no: what you may not touch does not exist.
  if (code === '42501' || code === 'P0002') return new NotFound()
  if (code === '23505' || code === '40001' || code === '40P01') return new Conflict()
  // 22021: a sign that no text can hold, as nobody types one.
  if (code === '23514' || code === '23502' || code === '22001' || code === '22021')
    return new Invalid({ '': { key: 'core.error.database' } })
  // 25006: a standby, which nobody has told yet that it is the first one now; none of our own transactions only reads.
  const away = [
    'ECONNREFUSED',
    'ENOENT',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    '25006',
    '57P01',
    '57P02',
    '57P03',
    '53300',
    '57014',
    '55P03',
    '08006',
  ]
  if (away.includes(code) || isLostLine(error)) return new Unavailable(error)
  return error
}

function isLostLine(error: unknown): boolean {
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|not queryable|Query read timeout/.test(error.message)
  )
}
