// Is each no of the database told as what it means, and everything else as a mistake of ours?
import { NoResultError } from 'kysely'
import { expect, test } from 'vitest'
import { translated } from './database-errors.server.ts'
import { Conflict, Invalid, NotFound, Unavailable } from './errors.ts'

const meaning = {
  // A policy, or a function in its place: what may not be touched is not there.
  NotFound: ['42501', 'P0002'],
  Conflict: ['23505', '40001', '40P01'],
  Invalid: ['23514', '23502', '22001'],
  Unavailable: [
    ...[
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
    ],
    ...['53300', '57014', '55P03', '08006'],
  ],
}
const classes = { NotFound, Conflict, Invalid, Unavailable }

test.each(Object.entries(meaning).flatMap(([name, codes]) => codes.map((code) => [code, name] as const)))(
  '%s is %s',
  (code, name) => {
    const told = translated(Object.assign(new Error('x'), { code }))
    expect(told).toBeInstanceOf(classes[name as keyof typeof classes])
    if (told instanceof Invalid) expect(told.fields).toEqual({ '': { key: 'core.error.database' } })
  },
)

test('no row where there must be one is nothing that is there', () => {
  expect(translated(new NoResultError({} as never))).toBeInstanceOf(NotFound)
})

test.each([
  'timeout exceeded when trying to connect',
  'Connection terminated unexpectedly',
  'Client is not queryable',
  'Query read timeout',
])('%s is a database that is away', (message) => expect(translated(new Error(message))).toBeInstanceOf(Unavailable))

test('whatever else it is comes back as it is', () => {
  const others = [
    new Error('x'),
    Object.assign(new Error('x'), { code: '42P01' }),
    null,
    undefined,
    '42501',
    { message: 'Connection terminated' },
    new Conflict(),
  ]
  for (const other of others) expect(translated(other)).toBe(other)
})
