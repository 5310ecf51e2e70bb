-- Who is close to whom, and which case therefore does not exist for somebody?
set local role tugivork_owner;

-- A user's own personal code, as each network would index it. Every code once known stays: a wrong one is found by the alarm it raises.
create table own_code (
  person_id uuid not null references person, network_id uuid not null references network, code_index bytea not null,
  known_at timestamptz not null default now(), primary key (person_id, network_id, code_index)
);
create index on own_code (network_id, code_index);
select classify('own_code', 'C1', 'person_id network_id known_at');
select classify('own_code', 'C2', 'code_index');

-- The code itself, closed with a key that the database does not have: a network that is founded later indexes it too.
create table own_code_kept (
  person_id uuid primary key references person, code_sealed bytea not null, known_at timestamptz not null default now()
);
select classify('own_code_kept', 'C1', 'person_id known_at');
select classify('own_code_kept', 'C2', 'code_sealed');

-- What somebody told of a person close to them, or of a case they are tied to. The code they typed is kept nowhere.
create table declared_relation (
  id uuid primary key default gen_random_uuid(), person_id uuid not null references person,
  kind text not null check (kind in ('spouse', 'former-partner', 'parent', 'child', 'sibling', 'household', 'friend', 'colleague', 'other')),
  label text not null check (length(label) between 1 and 60), number text check (number ~ '^M-[0-9]{4}-[0-9]{3,8}$'),
  declared_at timestamptz not null default now(), removed_at timestamptz
);
create index on declared_relation (person_id);
select classify('declared_relation', 'C1', 'id person_id kind number declared_at removed_at');
select classify('declared_relation', 'C2', 'label');
create table declared_code (
  relation_id uuid not null references declared_relation, network_id uuid not null references network, code_index bytea not null,
  primary key (relation_id, network_id)
);
create index on declared_code (network_id, code_index);
select classify('declared_code', 'C1', 'relation_id network_id');
select classify('declared_code', 'C2', 'code_index');

-- Between this person and this case stands a wall. `fact` is what raised it: the row of the case's person, or what was declared; a
-- wall that two people lifted is not raised again by the same fact.
create table wall (
  id uuid primary key default gen_random_uuid(), person_id uuid not null references person,
  network_id uuid not null, case_id uuid not null, number text not null,
  source text not null check (source in ('own-code', 'declared', 'by-number')), fact uuid not null,
  set_at timestamptz not null default clock_timestamp(), told_at timestamptz,
  lift_asked_by uuid references person, lift_asked_at timestamptz, lift_reason_sealed bytea,
  lifted_by uuid references person, lifted_at timestamptz,
  unique (person_id, case_id, fact), foreign key (network_id, case_id) references case_file (network_id, id),
  check ((lift_asked_by is null) = (lift_asked_at is null) and (lift_asked_by is null) = (lift_reason_sealed is null)),
  check ((lifted_by is null) = (lifted_at is null) and (lifted_by is null or lift_asked_by is not null)),
  -- Two people, neither of them the one who stands before it.
  check (lifted_by <> lift_asked_by), check (lift_asked_by <> person_id), check (lifted_by <> person_id)
);
create index on wall (person_id) where lifted_at is null;
create index on wall (case_id);
select classify('wall', 'C1', 'id person_id network_id case_id number source fact set_at told_at lift_asked_by lift_asked_at lifted_by lifted_at');
select classify('wall', 'C3', 'lift_reason_sealed');

-- The cases that do not exist for the person who asks. A wall holds from the next transaction on: what raised it ends as it would have
-- ended without it, so that neither the one who typed nor the one concerned can tell.
create function auth_walled() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct case_id), '{}') from wall where person_id = auth_person() and lifted_at is null and set_at < now()
$$;

create function wall_of_case_person() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into wall (person_id, network_id, case_id, number, source, fact)
  select met.person_id, new.network_id, new.case_id, c.number, met.source, new.id from case_file c, (
    select person_id, 'own-code' as source from own_code where network_id = new.network_id and code_index = new.personal_code_index
    union all
    select r.person_id, 'declared' from declared_code d join declared_relation r on r.id = d.relation_id
    where d.network_id = new.network_id and d.code_index = new.personal_code_index and r.removed_at is null) met
  where c.id = new.case_id
  on conflict do nothing;
  return new;
end $$;
create trigger wall_of_case_person after insert or update of personal_code_index on case_person
  for each row when (new.personal_code_index is not null) execute function wall_of_case_person();

-- The other direction: a code becomes known after the case was written.
create function wall_of_own_code() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into wall (person_id, network_id, case_id, number, source, fact)
  select new.person_id, p.network_id, p.case_id, c.number, 'own-code', p.id from case_person p join case_file c on c.id = p.case_id
  where p.network_id = new.network_id and p.personal_code_index = new.code_index and p.superseded_at is null
  on conflict do nothing;
  return new;
end $$;
create trigger wall_of_own_code after insert on own_code for each row execute function wall_of_own_code();

create function wall_of_declared_code() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into wall (person_id, network_id, case_id, number, source, fact)
  select r.person_id, p.network_id, p.case_id, c.number, 'declared', p.id from declared_relation r, case_person p join case_file c on c.id = p.case_id
  where r.id = new.relation_id and p.network_id = new.network_id and p.personal_code_index = new.code_index and p.superseded_at is null
  on conflict do nothing;
  return new;
end $$;
create trigger wall_of_declared_code after insert on declared_code for each row execute function wall_of_declared_code();

-- Writes down whose code this is: one's own; a volunteer's, by the coordinator who keeps it; a colleague's, by the administrator who lets
-- her in; the process, where a network is new. `codes` is {network: index in hex}; `kept` is the code, closed.
create function own_code_set(who uuid, codes jsonb, kept bytea default null) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not coalesce(who = auth_person() or has_role('admin', 'system')
    or (has_role('coordinator') and exists (select 1 from volunteer where person_id = who)), false) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  insert into own_code (person_id, network_id, code_index)
  select who, key::uuid, decode(value, 'hex') from jsonb_each_text(codes) on conflict do nothing;
  if kept is not null then
    insert into own_code_kept (person_id, code_sealed) values (who, kept)
    on conflict (person_id) do update set code_sealed = excluded.code_sealed, known_at = now();
  end if;
end $$;

-- Codes that a network does not index yet, closed, for the process alone.
create function own_codes_missing() returns table (person_id uuid, code_sealed bytea, networks uuid[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.person_id, k.code_sealed, array_agg(n.id) from own_code_kept k cross join network n
  where has_role('system') and not exists (select 1 from own_code o where o.person_id = k.person_id and o.network_id = n.id)
  group by k.person_id, k.code_sealed
$$;

-- Somebody tells of a person close to them (by code, already turned into indexes) or of a case (by its number, whether or not there is one).
create function relation_declare(the_kind text, the_label text, codes jsonb, the_number text) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made uuid; me uuid := auth_person();
begin
  if me is null then raise exception 'nobody is asking' using errcode = '42501'; end if;
  if (select count(*) from declared_relation where person_id = me and removed_at is null) >= 50 then
    raise exception 'too many relations' using errcode = '23514';
  end if;
  insert into declared_relation (person_id, kind, label, number) values (me, the_kind, the_label, the_number) returning id into made;
  insert into declared_code (relation_id, network_id, code_index)
  select made, key::uuid, decode(value, 'hex') from jsonb_each_text(coalesce(codes, '{}'));
  insert into wall (person_id, network_id, case_id, number, source, fact)
  select me, network_id, id, number, 'by-number', made from case_file where number = the_number on conflict do nothing;
  return made;
end $$;

-- What was told is no longer watched for; walls that stand already stay.
create function relation_remove(the_relation uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update declared_relation set removed_at = now() where id = the_relation and person_id = auth_person() and removed_at is null;
  if not found then return false; end if;
  delete from declared_code where relation_id = the_relation;
  return true;
end $$;

-- Networks founded after I told of a relation, which do not watch for it yet.
create function relations_unwatched() returns table (relation_id uuid, networks text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id, array_agg(n.name order by n.name) from declared_relation r cross join network n
  where r.person_id = auth_person() and r.removed_at is null and r.number is null and n.status = 'active'
    and not exists (select 1 from declared_code d where d.relation_id = r.id and d.network_id = n.id)
  group by r.id
$$;

-- May the person who asks decide on a wall that somebody else asked to lift? Another auditor; the administrator where there is none.
create function wall_decider(the_asker uuid, the_walled uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select auth_person() <> the_walled and auth_person() is distinct from the_asker and (has_role('auditor') or (has_role('admin') and not exists (
    select 1 from person_role r join person p on p.id = r.person_id where r.role = 'auditor' and p.status = 'active'
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to and p.id <> the_walled and p.id is distinct from the_asker)))
$$;

-- An auditor asks, with a reason, that a wall be lifted; somebody else lifts it or keeps it. False where it is not theirs to ask or decide.
create function wall_ask(the_wall uuid, reason bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update wall set lift_asked_by = auth_person(), lift_asked_at = now(), lift_reason_sealed = reason
  where id = the_wall and has_role('auditor') and lifted_at is null and lift_asked_by is null
    and person_id <> auth_person() and not case_id = any ((select auth_walled())::uuid[]);
  return found;
end $$;

create function wall_decide(the_wall uuid, lifts boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare old wall;
begin
  select * into old from wall where id = the_wall and lifted_at is null and lift_asked_by is not null for update;
  if old.id is null or not wall_decider(old.lift_asked_by, old.person_id) or old.case_id = any (auth_walled()) then return false; end if;
  update wall set lifted_by = case when lifts then auth_person() end, lifted_at = case when lifts then now() end,
    lift_asked_by = case when lifts then lift_asked_by end, lift_asked_at = case when lifts then lift_asked_at end,
    lift_reason_sealed = case when lifts then lift_reason_sealed end
  where id = the_wall;
  return true;
end $$;

-- Volunteers before whose eyes these cases do not exist: to the coordinator, who chooses a person, they are tied to the case, no more.
create function walled_volunteers() returns table (volunteer_id uuid, case_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct v.id, w.case_id from wall w join volunteer v on v.person_id = w.person_id
  where w.lifted_at is null and has_role('coordinator', 'system') and not w.case_id = any ((select auth_walled())::uuid[])
$$;

-- What looks behind the policies does not look behind a wall.
create or replace function volunteer_load(only_these uuid[]) returns table (volunteer_id uuid, active int, proposed int, last_used date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); nationwide boolean := has_role('coordinator', 'manager', 'auditor', 'system'); guides boolean := has_role('supervisor'); near uuid[] := auth_helpers();
  walled uuid[] := auth_walled();
begin
  return query select a.volunteer_id, (count(*) filter (where a.status = 'active'))::int, (count(*) filter (where a.status = 'proposed'))::int, max(a.end_on)
    from assignment a join volunteer v on v.id = a.volunteer_id
    where a.status in ('proposed', 'active', 'ended') and a.volunteer_id = any (only_these) and not a.case_id = any (walled)
      and (nationwide or v.person_id = me or (guides and v.supervisor_id = me) or v.id = any (near))
    group by a.volunteer_id;
end $$;

create or replace function repeat_case(network uuid, code bytea, since date) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from case_person p join case_file c on c.id = p.case_id
  where p.network_id = network and network = any (auth_networks()) and p.kind = 'victim' and p.personal_code_index = code
    and c.referred_on >= since and not c.id = any ((select auth_walled())::uuid[]) order by c.referred_on desc limit 1
$$;

create or replace function people_of(the_case uuid) returns table (id uuid, kind text, coded boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.kind, p.personal_code_index is not null from case_person p
  where p.case_id = the_case and p.superseded_at is null and (p.network_id = any (auth_networks()) or has_role('coordinator'))
    and not p.case_id = any ((select auth_walled())::uuid[])
  order by case p.kind when 'victim' then 1 when 'perpetrator' then 2 else 3 end, p.recorded_at, p.id
$$;

create or replace function supersede_whereabouts(item uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update case_whereabouts set superseded_at = now()
    where id = item and superseded_at is null and network_id = any (auth_networks()) and not case_id = any ((select auth_walled())::uuid[]) returning 1)
  select exists (select 1 from done)
$$;

create or replace function auth_supported() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(case_id), '{}') from assignment
  where volunteer_id = auth_volunteer() and status = 'active' and not case_id = any ((select auth_walled())::uuid[])
$$;

create or replace function auth_proposed() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(case_id), '{}') from assignment
  where volunteer_id = auth_volunteer() and status = 'proposed' and not case_id = any ((select auth_walled())::uuid[])
$$;

create or replace function auth_supervised() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(case_id), '{}') from assignment
  where volunteer_id = any (auth_supervisees()) and status in ('active', 'ended') and not case_id = any ((select auth_walled())::uuid[])
$$;

create or replace function auth_helpers() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(volunteer_id), '{}') from assignment
  where network_id = any (auth_networks()) and status in ('proposed', 'active') and not case_id = any ((select auth_walled())::uuid[])
$$;

create or replace function whereabouts_of(the_case uuid) returns table (id uuid, kind text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select w.id, w.kind, w.recorded_at from case_whereabouts w
  where w.case_id = the_case and w.superseded_at is null and not w.case_id = any ((select auth_walled())::uuid[]) and (
    w.network_id = any (auth_networks()) or has_role('coordinator') or w.case_id = any (auth_supervised())
    or (w.case_id = any (auth_supported()) and w.id in (
      select unnest(b.whereabouts_ids) from case_brief b where b.case_id = the_case and b.superseded_at is null)))
  order by w.kind, w.recorded_at
$$;

create or replace function decide_erasure(request uuid, yes boolean) returns table (kind text, owner_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare asked erasure; me uuid := auth_person();
begin
  perform pg_advisory_xact_lock(4713);
  select * into asked from erasure where id = request and outcome is null and not owner_id = any ((select auth_walled())::uuid[]) for update;
  if asked.id is null or asked.asked_by = me or not erasure_mine(asked.kind, asked.network_id, case asked.asked_as when 'auditor' then 'keeper' else 'auditor' end)
  then raise exception 'not yours to decide' using errcode = 'P0002'; end if;
  update erasure set decided_by = me, decided_at = now(), outcome = case when yes then 'done' else 'refused' end where id = request;
  if yes and asked.kind = 'case' then perform erase_case(asked.owner_id); end if;
  if yes and asked.kind = 'volunteer' then perform erase_volunteer(asked.owner_id); end if;
  return query select asked.kind, asked.owner_id;
end $$;

-- Of somebody who was erased no code is left either, nor what they told of others.
create function codes_forgotten() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from own_code where person_id = new.id;
  delete from own_code_kept where person_id = new.id;
  delete from declared_code where relation_id in (select id from declared_relation where person_id = new.id);
  update declared_relation set label = '–', removed_at = coalesce(removed_at, now()) where person_id = new.id;
  return new;
end $$;
create trigger codes_forgotten after update of email on person for each row
  when (new.email like 'kustutatud-%@localhost.invalid') execute function codes_forgotten();
