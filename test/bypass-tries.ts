// In which ways does somebody who can say anything to the database try to get round its row-level security? Every kind that the plan names (T5).

/** By kind: what is tried, in words, and how. */
type Tries = Record<string, Record<string, string>>

const cases = 'select 1 from case_file'
const evil = `create function evil(text) returns boolean language sql`

/** Whoever owns the database is shown something by each of these: so they mean what they say. */
export const telling: Tries = {
  set_config: {
    'sets a claim within an expression': `${cases} where set_config('app.claim', ':asLea', true) is not null`,
    'becomes the definer within an expression': `${cases} where set_config('role', 'tugivork_definer', true) is not null`,
    'switches the policies off within an expression': `${cases} where set_config('row_security', 'off', true) is not null`,
  },
  'role and session switching': {
    'goes back to where the session began': `reset session authorization; reset role; ${cases}`,
    'is nobody': `set local role none; ${cases}`,
    'frees itself of the policies': `alter role current_user bypassrls; ${cases}`,
  },
  'row_security=off': {
    'asks without policies': `set local row_security = off; ${cases}`,
    'takes the policies off': `alter table case_file disable row level security; ${cases}`,
    'is let off as the owner': `alter table case_file no force row level security; ${cases}`,
  },
  'leaky view or function': {
    'makes a view': `create view evil as select * from case_person; select 1 from evil`,
    'makes a cheap function': `${evil} leakproof cost 0.0001 as 'select true'; ${cases} where evil(number)`,
    'makes an operator': `create operator public.=== (function = texteq, leftarg = text, rightarg = text); ${cases}`,
  },
  'definer function': {
    'makes one': `${evil} security definer as 'select true'; ${cases}`,
    'takes one over': `alter function auth_person() owner to current_user; ${cases}`,
    'calls one that is nobody’s': `select 1 where setting_now('smallCount', 5) > 0`,
    'has everything that comes open to it': `alter default privileges for role tugivork_owner grant select on tables to current_user; ${cases}`,
  },
  COPY: {
    'copies a table out': 'copy case_file to stdout',
    'copies an answer out': 'copy (select * from case_person) to stdout',
    'copies into a file': `copy case_file to '/tmp/tugivork-bypass'`,
    'copies into a program': `copy case_file to program 'cat > /dev/null'`,
    'copies the passwords out': 'copy pg_authid to stdout',
  },
  TRUNCATE: {
    'empties the cases': `truncate case_file cascade; select 1 from network`,
  },
  query_to_xml: {
    'turns a query into text': `select query_to_xml('select * from case_file', true, true, '')`,
    'turns a table into text': `select table_to_xml('case_file', true, true, '')`,
    'turns a cursor into text': `declare c cursor for select * from case_file; select cursor_to_xml('c', 10, true, true, '')`,
    'counts words': `select 1 from ts_stat('select to_tsvector(number) from case_file')`,
    'has a query rewritten by another': `select ts_rewrite('a'::tsquery, 'select ''a''::tsquery, ''b''::tsquery')`,
  },
  'EXPLAIN and statistics': {
    'reads what is known of columns': `select 1 from pg_stats where schemaname = 'public' and tablename = 'case_file'`,
    'reads the statistics': 'select 1 from pg_statistic',
    'reads what others ask': `select 1 from pg_stat_get_activity(null) where pid <> pg_backend_pid() and query !~ 'insufficient privilege' and query <> ''`,
  },
  'MERGE and ON CONFLICT': {
    'merges into a case': `merge into case_file c using (select ':caseA'::uuid as id) v on c.id = v.id when matched then update set language = 'ru'`,
    'merges a key away': `merge into sealed_key k using (select 'case' as kind) v on k.kind = v.kind when matched then delete`,
    'has a key collide': `insert into sealed_key (kind, owner_id, network_id, master_id, wrapped) values ('case', ':caseA', ':ida', 'm', '\\x01') on conflict (owner_id) do update set wrapped = excluded.wrapped returning wrapped`,
    'has a letter collide': `insert into mail_outbox (person_id, kind, unique_key) values (':lea', 'new-task', 'x') on conflict (unique_key) do update set attempts = 1 returning to_sealed`,
  },
  trigger: {
    'makes one': `create trigger evil before insert on case_file for each row execute function own_name('created_by'); ${cases}`,
    'switches them off': `alter table case_file disable trigger all; ${cases}`,
    'is a copy, for which none runs': `set local session_replication_role = replica; ${cases}`,
    'makes a policy': `create policy evil on case_file using (true); ${cases}`,
    'drops a policy': `drop policy wall_stands on case_file; ${cases}`,
  },
  'temp objects': {
    'shadows a table': `create temp table case_wall (id uuid); ${cases}`,
    'shadows a view': `create temp view person as select gen_random_uuid() as id; ${cases}`,
    'shadows a function': `create function pg_temp.auth_person() returns uuid language sql as $$ select ':lea'::uuid $$; ${cases}`,
  },
  search_path: {
    'makes a schema': `create schema evil; ${cases}`,
    'makes a table before ours': `create table public.evil (id int); ${cases}`,
    'puts its own first': `set local search_path = pg_temp, public; ${cases}`,
    'reads what the program notes': 'select 1 from meta.migration',
  },
  'large objects': {
    'makes one': `select lo_from_bytea(0, '\\x01')`,
    'takes a file in': `select lo_import('/etc/hostname')`,
    'reads what there is': 'select 1 from pg_catalog.pg_largeobject right join network on true',
    'reads a file': `select pg_read_file('/etc/hostname')`,
    'lists a folder': `select pg_ls_dir('/')`,
  },
  'others’ work': {
    'sleeps on a connection': 'select pg_sleep(0)',
    'holds a lock for good': 'select pg_advisory_lock(4711)',
    'sends word to others': `select pg_notify('x', 'y')`,
    'writes past the tables': `select pg_logical_emit_message(true, 'x', 'y')`,
    'lends its sight': `select pg_export_snapshot()`,
  },
}

const roles = ['owner', 'definer', 'read', 'write', 'door', 'jobs'].map((role) => `tugivork_${role}`)

/** Not even the owner need be shown anything by these. */
export const silent: Tries = {
  set_config: {
    'writes into the view of the settings': `update pg_settings set setting = 'off' where name = 'row_security'`,
  },
  'role and session switching': {
    'takes a role': `grant tugivork_definer to current_user; ${cases}`,
  },
  'leaky view or function': {
    'has an error tell a number': `${cases} where number::int = 0 or true`,
    'divides by what is hidden': `${cases} where 1 / (length(number) - length(number)) = 1`,
    'has a name cast': `select 1 from volunteer where name::uuid is null`,
  },
  'definer function': {
    'puts its own words into one': `create or replace function auth_person() returns uuid language sql as $$ select ':lea'::uuid $$; ${cases}`,
    'reads in a block of its own': `do $$ begin perform 1 from sealed_key; if found then raise 'seen' using errcode = 'ZZ001'; end if; end $$`,
  },
  COPY: {
    'copies from a program': `copy county from program 'true'`,
  },
  TRUNCATE: {
    'empties the log': 'truncate audit_event; select 1 from network',
  },
  query_to_xml: {
    'turns a schema into text': `select schema_to_xml('public', true, true, '')`,
    'turns everything into text': `select database_to_xml(true, true, '')`,
  },
  'EXPLAIN and statistics': {
    'reads which arguments others gave': `select 1 from pg_stat_activity where query like '%app.claim%' and pid <> pg_backend_pid()`,
  },
  trigger: {
    'makes a rule': `create rule evil as on select to county do instead select * from case_file; ${cases}`,
  },
  'forged claim': {
    'invents one': `set local app.claim = '${'x'.repeat(43)}'; select 1 from county`,
    'has none': `set local app.claim = ''; select 1 from county`,
    'names a person instead': `set local app.claim = ':lea'; select 1 from county`,
    'says who it is': `set local app.person = ':lea'; set local app.user_id = ':lea'; ${cases}`,
    'hands in facts of its own': `set local app.held = '{}'; ${cases}`,
  },
  'others’ work': {
    'ends it': `select pg_terminate_backend(pid) from (values (1)) v (pid)`,
    'breaks it off': `select pg_cancel_backend(pid) from (values (1)) v (pid)`,
  },
}
for (const role of [...roles, 'postgres'])
  Object.assign(silent['role and session switching'] ?? {}, {
    [`becomes ${role}`]: `set local role ${role}; ${cases} where current_user = '${role}'`,
    [`signs in anew as ${role}`]: `set local session authorization ${role}; ${cases}`,
  })
