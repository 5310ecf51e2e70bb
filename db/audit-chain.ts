// Does the log hold together, and does it agree with what outsiders kept of it?
import type { Client } from 'pg'

/** How the log stood once, as somebody outside remembers it. */
export type Kept = { size: number; head: string }

/**
 * `missing`: there is no such event · `added`: one too many · `changed`: its content is not that of its hash · `order`: it does not
 * follow the one before · `rewritten`: all fits together, but somewhere from `seq` to `until` it is not what it was.
 */
export type Broken = { seq: number; kind: 'missing' | 'added' | 'changed' | 'order' | 'rewritten'; until?: number }
export type State = { broken: Broken | null; size: number; head: string }

// Length-prefixed, so that no two events have the same bytes. Said here once more and not asked of the database: whoever can rewrite
// the log can rewrite the functions beside it.
const part = (value: string) =>
  `(case when ${value} is null then '\\x00'::bytea else '\\x01'::bytea || int4send(octet_length(convert_to(${value}, 'UTF8'))) || convert_to(${value}, 'UTF8') end)`
const parts = [
  'e.seq::text',
  `to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`,
  ...['e.actor::text', 'e.on_behalf_of::text', 'e.session_id::text', 'e.action', 'e.object_kind', 'e.object_id'],
  ...['e.case_id::text', 'e.network_id::text', 'e.result', `array_to_string(e.fields, ',')`, 'e.hits::text'],
  `encode(e.reason_sealed, 'hex')`,
]
  .map(part)
  .join(' || ')

// What has two spellings with the same bytes: a list whose names hold the comma, are empty or missing or are counted
// otherwise, and a year before Christ. The program writes neither.
const plain = `(e.fields = '{}' or (array_ndims(e.fields) = 1 and array_lower(e.fields, 1) = 1 and array_position(e.fields, null) is null
    and '' <> all (e.fields) and array_to_string(e.fields, '') !~ ',')) and e.at > '2000-01-01' and e.at < '9999-01-01'`

const firstBroken = `
  select l.seq, l.nth, case when l.seq > l.nth then 'missing' when l.seq < l.nth then 'added' when not l.whole then 'changed' else 'order' end as kind
  from (select e.seq, e.prev, row_number() over w as nth, lag(e.hash, 1, '\\x00'::bytea) over w as before,
      coalesce(e.hash = sha256('\\x00'::bytea || e.prev || ${parts}) and ${plain}, false) as whole
    from public.audit_event e window w as (order by e.seq)) l
  where l.seq <> l.nth or not l.whole or l.prev is distinct from l.before
  order by l.seq limit 1`

/** Recomputes every event and compares the log with what was kept. The client must be allowed to read all of it. */
export async function checkLog(client: Client, kept: readonly Kept[]): Promise<State> {
  await client.query('begin isolation level repeatable read read only')
  try {
    return await checkWithin(client, kept)
  } finally {
    await client.query('rollback')
  }
}

/** The same inside of a transaction that the caller has begun and will take back. */
export async function checkWithin(client: Client, kept: readonly Kept[]): Promise<State> {
  // No function or operator of the database's own takes the place of those that PostgreSQL came with.
  await client.query('set local search_path = pg_catalog, pg_temp')
  await readAll(client)
  const { rows } = await client.query<{ seq: string; head: string }>(
    `select e.seq, encode(e.hash, 'hex') as head from public.audit_event e order by e.seq desc limit 1`,
  )
  const state = { size: Number(rows[0]?.seq ?? 0), head: rows[0]?.head ?? '' }
  return { ...state, broken: (await ownFault(client)) ?? (await strangerTo(client, state.size, kept)) }
}

// Whoever may administer the database may stand in for the role that reads every event; an owner of the server needs nobody.
async function readAll(client: Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean; log: boolean; role: boolean }>(
    `select r.rolsuper or r.rolbypassrls as free, to_regclass('public.audit_event') is not null as log,
       to_regrole('tugivork_definer') is not null as role from pg_roles r where r.rolname = current_user`,
  )
  if (!rows[0]?.log) throw new Error('public.audit_event?')
  if (rows[0].free) await client.query('set local row_security = off')
  else if (rows[0].role) await client.query('set local role tugivork_definer')
}

async function ownFault(client: Client): Promise<Broken | null> {
  const { rows } = await client.query<{ seq: string; nth: string; kind: Broken['kind'] }>(firstBroken)
  if (!rows[0]) return null
  const { seq, nth, kind } = rows[0]
  return { seq: Number(kind === 'missing' ? nth : seq), kind }
}

/** The log fits together: does it also end no earlier, and say the same, as it did when somebody outside was told? */
async function strangerTo(client: Client, size: number, kept: readonly Kept[]): Promise<Broken | null> {
  const { rows } = await client.query<{ seq: string; hash: string }>(
    `select e.seq, encode(e.hash, 'hex') as hash from public.audit_event e where e.seq = any($1::bigint[])`,
    [kept.map((one) => one.size)],
  )
  const hashes = new Map(rows.map((row) => [Number(row.seq), row.hash]))
  const same = (one: Kept) => one.size === 0 || hashes.get(one.size) === one.head
  const sorted = kept.toSorted((a, b) => a.size - b.size)
  const wrong = sorted.find((one) => !same(one))
  if (!wrong) return null
  if (wrong.size > size) return { seq: size + 1, kind: 'missing' }
  const right = sorted.filter((one) => one.size < wrong.size).at(-1)
  return { seq: (right?.size ?? 0) + 1, kind: 'rewritten', until: wrong.size }
}
