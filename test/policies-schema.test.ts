// Does the schema keep, sentence by sentence, what the rules for it say (security.md §3.2)? Who may do what is compared in test/proof/authorization/rights.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loginRoles } from '../db/roles.ts'
import { type Cast, openCast } from './cast.ts'
import { definers } from './definers.ts'
import { around } from './proof/authorization/rights/found.ts'
import { telling } from './telling.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const asked = async <Row extends Record<string, unknown>>(question: string, values: unknown[] = []) =>
  (await cast.admin.query<Row>(question, values)).rows
const named = async (question: string, values: unknown[] = []) =>
  (await asked<{ name: string }>(question, values)).map(({ name }) => name)

test('what looks behind the policies is on a list, each with why it must, and nothing is on it that is not there', async () => {
  const found = await named(
    `select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`,
  )
  const listed = definers.flatMap(([, who]) => who)
  const all = [...listed, ...Object.keys(telling).filter((name) => !listed.includes(name))]
  expect(all.toSorted()).toEqual(found)
  for (const [why] of definers) expect(why.length).toBeGreaterThan(20)
})

test('there is no view that could see more than who asks, and no table outside of what is guarded', async () => {
  const unguarded = await named(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
     where nspname !~ '^pg_' and nspname not in ('information_schema', 'meta', 'pgboss') and (
       (relkind = 'v' and not coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on,security_invoker=1}') or relkind in ('m', 'f')
       or (relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)))`,
  )
  expect(unguarded).toEqual([])
})

test('settings, large objects, queries handed over as text, sleep, messages and the work of others are closed to every login', async () => {
  const open = await asked<{ who: string; name: string }>(
    `select who, p.oid::regprocedure::text as name from pg_proc p, unnest($1::text[]) who
     where pronamespace = 'pg_catalog'::regnamespace and (proname ~ $2 or p.oid = 'ts_rewrite(tsquery, text)'::regprocedure)
       and has_function_privilege(who, p.oid, 'execute') order by 1, 2`,
    [loginRoles, around],
  )
  // The queue of jobs takes turns by two locks, wakes itself and looks which of its own connections are there.
  const jobs = open.map(({ who, name }) => `${who} ${name}`)
  expect(jobs).toEqual(
    [
      'pg_advisory_xact_lock(bigint)',
      'pg_notify(text,text)',
      'pg_stat_get_activity(integer)',
      'pg_try_advisory_xact_lock(bigint)',
    ].map((name) => `tugivork_jobs ${name}`),
  )
})

test('every policy by which something is written judges the row as it becomes', async () => {
  // One that only narrows judges it by what it says of the row as it was, where it says nothing else: so the database does.
  const blind = await named(
    `select polrelid::regclass || ', ' || polname as name from pg_policy
     where polcmd in ('a', 'w', '*') and polwithcheck is null and (polpermissive or polqual is null)`,
  )
  expect(blind).toEqual([])
  const anything = await named(
    `select polrelid::regclass || ', ' || polname as name from pg_policy
     where polcmd in ('a', 'w', '*') and pg_get_expr(coalesce(polwithcheck, polqual), polrelid) = 'true'
       and polroles && (select array_agg(oid) || 0::oid from pg_roles where rolname = any ($1))`,
    [loginRoles],
  )
  expect(anything).toEqual([])
})

/** What points from one case's row at another's without naming its case and its network as well, and why. */
const loose: Record<string, string> = {
  'agenda_item (case_id)': 'an item stays with the meeting that heard it when its case goes to another network',
  'annex_mark (meeting_id)': 'the mark goes with its case, the meeting stays where it was held',
  'case_action (meeting_id)': 'an action goes with its case, the meeting at which it was agreed stays',
  'case_decision (case_id)': 'as agenda_item',
  'case_repeat (earlier_case_id)': 'an earlier case is another case, of any network',
  'case_transfer (case_id)': 'a transfer stays with the network that began it; the case is of another afterwards',
  'expense (follows_id, volunteer_id)': 'a claim that follows another is the same volunteer’s',
  'key_change (case_id)':
    'a change that was made stays with the network that asked for it; one that is to be made goes along (transfer_move)',
  'outgoing_case (file_id)': 'a file stays with the network that sent it, what it says of a case goes with the case',
  'research (case_id)': 'as agenda_item',
  'sample_look (entry_id, follows)': 'both are looks at one entry, which names its case',
  'victim_view (case_id)': 'as agenda_item',
  'visit_reading (entry_id, visit_id)': 'the entry of a round and what was read are of one visit, which names its case',
}

test('no row of a case points into another case or network: its keys name both, or it is told why not', async () => {
  const found = await asked<{ name: string }>(
    `with bound as (select oid from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and exists (select from pg_attribute where attrelid = c.oid and attname in ('case_id', 'network_id') and not attisdropped)),
     key as (select conrelid, confrelid, array(select attname::text from unnest(conkey) with ordinality k (number, place)
         join pg_attribute on attrelid = conrelid and attnum = number order by place) as columns,
         array(select attname::text from pg_attribute where attrelid = conrelid and attname in ('case_id', 'network_id') and not attisdropped) as own,
         array(select case when confrelid = 'case_file'::regclass and attname = 'id' then 'case_id' else attname::text end from pg_attribute
           where attrelid = confrelid and (attname in ('case_id', 'network_id') or confrelid = 'case_file'::regclass and attname = 'id') and not attisdropped) as theirs
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
         and conrelid in (select oid from bound) and confrelid in (select oid from bound))
     select format('%s (%s)', conrelid::regclass, array_to_string(columns, ', ')) as name from key
     where exists (select from unnest(own) o where o = any (theirs) and not o = any (columns)) order by 1`,
  )
  expect(found.map(({ name }) => name)).toEqual(Object.keys(loose).toSorted())
})

/** What is personal and must be one in the whole country, and why that tells nobody anything. */
const wide: Record<string, string> = {
  'browser_letter (token_hash)': 'the digest of a random link',
  'invitation (token_hash)': 'the digest of a random link',
  'own_code (person_id, network_id, code_index)':
    'one’s own code, by a key that no login has; no login reads or writes the table',
  'person (email)':
    'an account is made by the administrator and the coordinator, who see all accounts; two people change the address of one (decision 59), and an address that is taken says no more than that',
  'person_identity (subject_index)':
    'the digest of a card by a key that no login has; one links one’s own, after having shown it',
}

test('no key over personal data is wider than a case', async () => {
  const found = await named(
    `select format('%s (%s)', indrelid::regclass, array_to_string(columns, ', ')) as name
     from pg_index, lateral (select array_agg(attname::text order by array_position(indkey::int2[], attnum)) as columns,
       bool_or(coalesce(col_description(attrelid, attnum), '') in ('C2', 'C3', 'C4')) as personal, bool_or(attname = 'case_id') as within
       from pg_attribute where attrelid = indrelid and attnum = any (indkey::int2[])) a
     where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) and indisunique and not within
       and personal and indrelid <> 'audit_delivery'::regclass order by 1`,
  )
  expect(found).toEqual(Object.keys(wide).toSorted())
})

test('of people no values are kept from which a plan could be reckoned, and told', async () => {
  await cast.admin.query('analyze')
  const kept = await named(
    `select starelid::regclass || '.' || attname as name from pg_statistic join pg_attribute on attrelid = starelid and attnum = staattnum
     where col_description(starelid, staattnum) in ('C2', 'C4')`,
  )
  expect(kept).toEqual([])
})
