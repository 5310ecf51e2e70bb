-- On what ground is this case worked on and shared, since when, and what ends on the day that ground is taken away?
set local role tugivork_owner;

-- `none`: the wish was taken back and nothing else carries the case. Nothing of it is shared until there is a ground again.
alter table case_file drop constraint case_file_legal_basis_check;
alter table case_file add constraint case_file_legal_basis_check check (legal_basis in ('consent', 'law', 'imported', 'none'));
create index case_file_unfounded on case_file (id) where legal_basis = 'none';

-- Each word on the ground stays; the row of the case only repeats the last one. `goes_on` says, where a wish is taken back, what the law
-- carries on: nothing ('ends'), the network without the support person ('network'), or both ('all').
create table case_basis (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('consent', 'law', 'imported', 'withdrawn')),
  on_date date not null, way text check (way in ('written', 'spoken', 'digital')),
  goes_on text check (goes_on in ('ends', 'network', 'all')), law_text text, proof_sealed bytea, reason_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  check (kind not in ('consent', 'withdrawn') or way is not null),
  check ((kind = 'withdrawn') = (goes_on is not null)),
  -- What the law carries on is carried on for a reason, in the words that were in force that day.
  check (goes_on is null or goes_on = 'ends' or (reason_sealed is not null and law_text is not null))
);
create index on case_basis (case_id);
select classify('case_basis', 'C1', 'network_id case_id id kind on_date way goes_on law_text recorded_by recorded_at');
select classify('case_basis', 'C3', 'proof_sealed reason_sealed');
create trigger own_name before insert on case_basis for each row execute function own_name('recorded_by');
create trigger set_once before update on case_basis for each row execute function set_once('proof_sealed', 'reason_sealed');

create function law_text_now() returns text language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select nullif((select value #>> '{}' from setting where name = 'lawBasisText' and valid_from <= (now() at time zone 'Europe/Tallinn')::date
    order by valid_from desc limit 1), '')
$$;

insert into case_basis (network_id, case_id, kind, on_date, way, law_text, recorded_by, recorded_at)
select network_id, id, legal_basis, coalesce(consent_on, referred_on), consent_way, case when legal_basis = 'law' then law_text_now() end,
  coalesce(consent_recorded_by, created_by), created_at from case_file;

-- A case begins with the ground that it was brought on.
create function basis_begins() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into case_basis (network_id, case_id, kind, on_date, way, law_text, recorded_by, recorded_at)
  values (new.network_id, new.id, new.legal_basis, coalesce(new.consent_on, new.referred_on), new.consent_way,
    case when new.legal_basis = 'law' then law_text_now() end, coalesce(new.consent_recorded_by, new.created_by), new.created_at);
  return new;
end $$;
create trigger basis_begins after insert on case_file for each row execute function basis_begins();

-- The last word becomes that of the case. A wish that is taken back ends, in the same transaction, what rested on it: the support person's
-- work and questions, the search for one, and the brief.
create function basis_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare now_on text := case when new.kind <> 'withdrawn' then new.kind when new.goes_on = 'ends' then 'none' else 'law' end;
  given_on date := case when new.kind = 'consent' then new.on_date end; given_way text := case when new.kind = 'consent' then new.way end;
  today date := (now() at time zone 'Europe/Tallinn')::date;
begin
  update case_file set legal_basis = now_on, version = version + 1, consent_on = given_on, consent_way = given_way,
    consent_recorded_by = case when new.kind = 'consent' then new.recorded_by end
  where id = new.case_id and (legal_basis, consent_on, consent_way) is distinct from (now_on, given_on, given_way);
  if new.kind <> 'withdrawn' or new.goes_on = 'all' then return new; end if;
  insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, reason_code, recorded_by)
  select network_id, case_id, id, case status when 'active' then 'ended' else 'withdrawn' end, today, 'consent_withdrawn', new.recorded_by
  from assignment where case_id = new.case_id and status in ('active', 'proposed');
  insert into need_event (network_id, case_id, need_id, kind, on_date, reason, recorded_by)
  select network_id, case_id, id, 'closed', today, 'consent_withdrawn', new.recorded_by from need where case_id = new.case_id and status = 'open';
  update case_brief set superseded_at = now() where case_id = new.case_id and superseded_at is null;
  return new;
end $$;
create trigger basis_now after insert on case_basis for each row execute function basis_now();

-- The networks that the person who asks answers for.
create function auth_led() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct network_id), '{}') from person_role
  where person_id = auth_person() and role = 'lead' and (now() at time zone 'Europe/Tallinn')::date between valid_from and valid_to
$$;

create function unfounded(the_case uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from case_file where id = the_case and legal_basis = 'none' and not id = any (auth_walled()))
$$;

-- Is this case shut before the other agencies of the network? `led` are the networks that the one who asks answers for.
create function shut_case(the_case uuid, led uuid[]) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from case_file where id = the_case and legal_basis = 'none' and not network_id = any (led) and not id = any (auth_walled()))
$$;

-- Who it was wrongly thought to be is set aside without being looked at; false where it is not the network's own.
create function supersede_person(item uuid) returns text language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update case_person set superseded_at = now() where id = item and superseded_at is null and network_id = any (auth_networks())
    and not case_id = any ((select auth_walled())::uuid[]) and not shut_case(case_id, auth_led()) returning kind
$$;
alter table case_person add column corrects_id uuid, add column correction_sealed bytea, add check ((corrects_id is null) = (correction_sealed is null));
select classify('case_person', 'C1', 'corrects_id');
select classify('case_person', 'C3', 'correction_sealed');

-- Whose identity was put right and when, without a name.
create function corrections_of(the_case uuid) returns table (at timestamptz, kind text, by_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.recorded_at, p.kind, p.recorded_by from case_person p
  where p.case_id = the_case and p.corrects_id is not null and (p.network_id = any (auth_networks()) or has_role('coordinator', 'auditor'))
    and not p.case_id = any ((select auth_walled())::uuid[]) and not shut_case(p.case_id, auth_led())
$$;

-- Whom a code was wrongly said to be is no earlier case of theirs.
create or replace function repeat_case(network uuid, code bytea, since date) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id from case_person p join case_file c on c.id = p.case_id
  where p.network_id = network and network = any (auth_networks()) and p.kind = 'victim' and p.personal_code_index = code and p.superseded_at is null
    and c.referred_on >= since and not c.id = any ((select auth_walled())::uuid[]) order by c.referred_on desc limit 1
$$;

-- Without a ground nobody outside the network is told that there is anything to ask for, and of the network only its lead; an emergency has
-- a ground of its own.
create or replace function people_of(the_case uuid) returns table (id uuid, kind text, coded boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.kind, p.personal_code_index is not null from case_person p
  where p.case_id = the_case and p.superseded_at is null and (p.case_id = any ((select auth_broken_glass())::uuid[])
      or ((p.network_id = any (auth_networks()) or has_role('coordinator')) and not shut_case(p.case_id, auth_led())))
    and not p.case_id = any ((select auth_walled())::uuid[])
  order by case p.kind when 'victim' then 1 when 'perpetrator' then 2 else 3 end, p.recorded_at, p.id
$$;

create or replace function whereabouts_of(the_case uuid) returns table (id uuid, kind text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select w.id, w.kind, w.recorded_at from case_whereabouts w
  where w.case_id = the_case and w.superseded_at is null and not w.case_id = any ((select auth_walled())::uuid[]) and (
    w.case_id = any ((select auth_glass_places())::uuid[]) or (not shut_case(w.case_id, auth_led()) and (
      w.network_id = any (auth_networks()) or has_role('coordinator') or w.case_id = any (auth_supervised())
      or (w.case_id = any (auth_supported()) and w.id in (
        select unnest(b.whereabouts_ids) from case_brief b where b.case_id = the_case and b.superseded_at is null)))))
  order by w.kind, w.recorded_at
$$;

alter table case_task drop constraint case_task_kind_check;
alter table case_task add constraint case_task_kind_check check (kind in ('tell-victim-support', 'assess-again', 'tell-child-protection', 'tell-recipients'));
