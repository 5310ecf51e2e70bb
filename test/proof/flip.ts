// How is a single thing in a single column of a single event made another, whatever its type?
import { escapeLiteral } from 'pg'
import type { Random } from '../../db/seed/random.ts'
import type { Row } from './tampering.ts'

const texts = ['action', 'object_kind', 'object_id', 'result']
const uuids = ['actor', 'on_behalf_of', 'session_id', 'case_id', 'network_id']
const bytes = ['reason_sealed', 'prev', 'hash']
const columns = ['seq', 'at', 'fields', 'hits', ...texts, ...uuids, ...bytes]

/** The columns take turns; what has no value gets one, and what has one may lose it. */
export function flipped(random: Random, row: Row, round: number): string {
  const column = columns[round % columns.length] ?? 'hash'
  const lost = row[column] !== null && nullable.has(column) && random.chance(0.1)
  return `update audit_event set ${column} = ${lost ? 'null' : another(random, column, row[column])} where seq = ${row.seq};`
}

const nullable = new Set([...uuids, 'object_kind', 'object_id', 'hits', 'reason_sealed'])

function another(random: Random, column: string, value: unknown): string {
  if (column === 'seq') return `seq # (1::bigint << ${random.whole(12, 62)})`
  if (column === 'at') return otherTime(random)
  if (column === 'hits') return value === null ? '0' : `hits # ${1 << random.whole(0, 30)}`
  if (column === 'fields') return otherFields(random, value as string[])
  if (texts.includes(column)) return otherText(random, value as string | null)
  if (uuids.includes(column)) return otherUuid(random, value as string | null)
  return otherBytes(random, value as Buffer | null)
}

function otherTime(random: Random): string {
  // The last keeps every letter of the date and moves it before Christ.
  const ways = [
    ...[`at + interval '1 microsecond' * (1::bigint << ${random.whole(0, 50)})`],
    ...[`at - interval '1 microsecond' * (1::bigint << ${random.whole(0, 50)})`, `'infinity'::timestamptz`],
    `(to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || ' BC')::timestamp at time zone 'UTC'`,
  ]
  return random.pick(ways)
}

function otherFields(random: Random, value: readonly string[]): string {
  const list = (names: readonly (string | null)[]) =>
    `array[${names.map((name) => (name === null ? 'null' : escapeLiteral(name))).join(', ')}]::text[]`
  const ways = [list([...value, 'x']), list([...value, null]), list([...value, ''])]
  if (value.length === 0) return random.pick([...ways, list(['']), list([null])])
  const shorter = [list(value.slice(1)), list(value.map((name, at) => (at === 0 ? `${name}x` : name)))]
  const joined = value.length > 1 ? [list([value.join(',')]), list(value.toReversed())] : []
  // Like the first of the joined it has the same bytes as before.
  const moved = `('[2:${value.length + 1}]={${value.join(',')}}')::text[]`
  return random.pick([...ways, ...shorter, ...joined, moved])
}

function otherText(random: Random, value: string | null): string {
  if (value === null) return `''`
  const letters = Buffer.from(value)
  for (let attempt = 0; attempt < 20 && letters.length > 0; attempt++) {
    const other = Buffer.from(letters)
    const place = random.whole(0, other.length - 1)
    other[place] = (other[place] ?? 0) ^ (1 << random.whole(0, 7))
    const text = other.toString('utf8')
    // Bytes that are no text never reach the column: the database refuses them.
    if (!text.includes('\ufffd') && !text.includes('\0')) return escapeLiteral(text)
  }
  return escapeLiteral(`${value} `)
}

function otherUuid(random: Random, value: string | null): string {
  if (value === null) return 'gen_random_uuid()'
  const digits = Buffer.from(value.replaceAll('-', ''), 'hex')
  const place = random.whole(0, 15)
  digits[place] = (digits[place] ?? 0) ^ (1 << random.whole(0, 7))
  return `'${digits.toString('hex')}'::uuid`
}

function otherBytes(random: Random, value: Buffer | null): string {
  if (value === null) return `'\\x00'::bytea`
  const other = Buffer.from(value)
  const place = random.whole(0, other.length - 1)
  other[place] = (other[place] ?? 0) ^ (1 << random.whole(0, 7))
  return `'\\x${other.toString('hex')}'::bytea`
}
