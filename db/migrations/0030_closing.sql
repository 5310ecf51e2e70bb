-- How does a case end, what still stands in the way, who looks again afterwards, and how does it begin anew?
set local role tugivork_owner;

-- One row each time a case is closed; `level` is the last word on the risk that day. The flag says that a new incident is a repeat; it is lifted by hand.
create table case_closing (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  reason text not null check (reason in ('goal_reached', 'victim_wish', 'consent_withdrawn', 'moved', 'no_contact', 'died', 'mistake', 'other')),
  outcome text not null check (outcome in ('safer', 'unchanged', 'worse', 'unknown')),
  words_sealed bytea not null, level text check (level in ('standard', 'medium', 'high')), assessed_on date,
  closed_on date not null default (now() at time zone 'Europe/Tallinn')::date, closed_by uuid not null references person,
  closed_at timestamptz not null default clock_timestamp(),
  flag_until date not null default '2999-12-31', flag_lifted_on date, flag_lifted_by uuid references person,
  reopened_at timestamptz, reopened_by uuid references person, reopened_sealed bytea,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  check ((flag_lifted_on is null) = (flag_lifted_by is null)),
  check ((reopened_at is null) = (reopened_by is null) and (reopened_at is null) = (reopened_sealed is null))
);
create unique index on case_closing (case_id) where reopened_at is null;
create index on case_closing (network_id, flag_until) where flag_lifted_on is null and reopened_at is null;
select classify('case_closing', 'C1', 'network_id case_id id reason outcome assessed_on closed_on closed_by closed_at flag_until flag_lifted_on flag_lifted_by reopened_at reopened_by');
select classify('case_closing', 'C3', 'words_sealed level reopened_sealed');
create trigger own_name before insert or update on case_closing for each row execute function own_name('closed_by', 'flag_lifted_by', 'reopened_by');
create trigger set_once before update on case_closing for each row execute function
  set_once('flag_lifted_on', 'flag_lifted_by', 'reopened_at', 'reopened_by', 'reopened_sealed');

-- What was heard when somebody looked again after the closing; empty once the case is erased.
create table case_follow_up (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), task_id uuid not null,
  on_date date not null, state text check (state in ('better', 'same', 'worse', 'not_reached')),
  incidents text check (incidents in ('none', 'some', 'unknown')), risk text check (risk in ('lower', 'same', 'higher', 'unknown')),
  note_sealed bytea, recorded_by uuid not null references person, recorded_at timestamptz not null default clock_timestamp(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id, task_id) references case_task (network_id, case_id, id),
  unique (task_id)
);
create index on case_follow_up (case_id);
select classify('case_follow_up', 'C1', 'network_id case_id id task_id on_date recorded_by recorded_at');
select classify('case_follow_up', 'C3', 'state incidents risk note_sealed');
create trigger own_name before insert on case_follow_up for each row execute function own_name('recorded_by');

alter table case_task drop constraint case_task_kind_check;
alter table case_task add constraint case_task_kind_check
  check (kind in ('tell-victim-support', 'assess-again', 'tell-child-protection', 'tell-recipients', 'follow-up'));

-- A number as it is set today; the defaults are those of setting.ts.
create function setting_now(the_name text, otherwise int) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((select value::text::int from setting where name = the_name and valid_from <= (now() at time zone 'Europe/Tallinn')::date
    order by valid_from desc limit 1), otherwise)
$$;

-- What still stands in the way of closing a case: one row for each thing, with its own id where it has one. Where nothing carries the case any more,
-- nobody is asked to assess her again. Subjects that come later add their own rows here.
create function case_closing_gaps(the_case uuid) returns table (kind text, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with c as (select f.id, f.legal_basis, f.child_count, f.children_told_on, f.children_not_told_sealed from case_file f
      where f.id = the_case and f.status = 'open' and f.network_id = any (auth_networks()) and not f.id = any ((select auth_walled())::uuid[])),
    last as (select a.id, a.made_on from assessment a, c where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 1)
  select 'risk-none', null::uuid from c where c.legal_basis <> 'none' and not exists (select from last)
  union all select 'risk-old', last.id from c, last where c.legal_basis <> 'none'
    and last.made_on < (now() at time zone 'Europe/Tallinn')::date - setting_now('closingRiskDays', 30)
  union all select 'risk-draft', a.id from c join assessment a on a.case_id = c.id where a.state = 'draft' and a.superseded_at is null
  union all select 'children', null from c where c.child_count > 0 and c.children_told_on is null and c.children_not_told_sealed is null
  union all select 'need', n.id from c join need n on n.case_id = c.id where n.status = 'open'
  union all select 'asked', s.id from c join assignment s on s.case_id = c.id where s.status = 'proposed'
  union all select 'support', s.id from c join assignment s on s.case_id = c.id where s.status = 'active'
  union all select 'task-' || t.kind, t.id from c join case_task t on t.case_id = c.id where t.done_at is null and t.kind not in ('assess-again', 'follow-up')
  union all select 'concern', w.id from c join concern w on w.case_id = c.id where w.closed_at is null
$$;

-- Nothing is closed over a gap, whoever writes the row. Of somebody who has died, or who is no case at all, the risk is not asked.
create function closing_begins() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from case_file where id = new.case_id and status = 'open' for update;
  if not found then raise exception 'the case is not open' using errcode = '40001'; end if;
  if exists (select from case_closing_gaps(new.case_id) g where not (new.reason in ('died', 'mistake') and g.kind like 'risk-%')) then
    raise exception 'something stands in the way' using errcode = '23514';
  end if;
  select a.level, a.made_on into new.level, new.assessed_on from assessment a
    where a.case_id = new.case_id and a.state <> 'draft' and a.superseded_at is null order by a.made_on desc, a.recorded_at desc limit 1;
  new.flag_until := (new.closed_on + make_interval(months => setting_now('flagMonths', 12)))::date;
  return new;
end $$;
create trigger closing_begins before insert on case_closing for each row execute function closing_begins();

-- The case is closed; looking again becomes tasks of their own, and the assessment that was due is no longer.
create function closing_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update case_file set status = 'closed', version = version + 1 where id = new.case_id;
  update case_task set done_at = now(), done_by = new.closed_by where case_id = new.case_id and kind = 'assess-again' and done_at is null;
  insert into case_task (network_id, case_id, kind, due_on)
  select new.network_id, new.case_id, 'follow-up', (new.closed_on + make_interval(months => m))::date
  from (values (setting_now('followUpFirst', 3)), (setting_now('followUpSecond', 6)), (setting_now('followUpThird', 12))) f(m)
  where m > 0 and new.reason not in ('died', 'mistake', 'consent_withdrawn');
  return new;
end $$;
create trigger closing_now after insert on case_closing for each row execute function closing_now();

-- A case that begins anew is open, and its risk is looked at today; what was to be asked after the closing is not.
create function reopening_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update case_file set status = 'open', version = version + 1 where id = new.case_id;
  update case_task set done_at = now(), done_by = new.reopened_by where case_id = new.case_id and kind = 'follow-up' and done_at is null;
  insert into case_task (network_id, case_id, kind, due_on)
  values (new.network_id, new.case_id, 'assess-again', (now() at time zone 'Europe/Tallinn')::date);
  return new;
end $$;
create trigger reopening_now after update of reopened_at on case_closing
  for each row when (old.reopened_at is null and new.reopened_at is not null) execute function reopening_now();

create function case_ended(the_case uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select from case_file where id = the_case and status = 'closed' and not id = any (auth_walled()));
end $$;

create or replace function unfounded(the_case uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select from case_file where id = the_case and legal_basis = 'none' and not id = any (auth_walled()));
end $$;

-- The other agencies see a case until it is closed, and not where nothing carries it; the lead goes on seeing it.
create or replace function shut_case(the_case uuid, led uuid[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return exists (select from case_file where id = the_case and (legal_basis = 'none' or status = 'closed') and not network_id = any (led)
    and not id = any (auth_walled()));
end $$;

create or replace function people_of(the_case uuid) returns table (id uuid, kind text, coded boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.kind, p.personal_code_index is not null from case_person p
  where p.case_id = the_case and p.superseded_at is null and (p.case_id = any ((select auth_broken_glass())::uuid[])
      or (p.network_id = any (auth_networks()) and not shut_case(p.case_id, auth_led())) or (has_role('coordinator') and not unfounded(p.case_id)))
    and not p.case_id = any ((select auth_walled())::uuid[])
  order by case p.kind when 'victim' then 1 when 'perpetrator' then 2 else 3 end, p.recorded_at, p.id
$$;

create or replace function whereabouts_of(the_case uuid) returns table (id uuid, kind text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select w.id, w.kind, w.recorded_at from case_whereabouts w
  where w.case_id = the_case and w.superseded_at is null and not w.case_id = any ((select auth_walled())::uuid[]) and (
    w.case_id = any ((select auth_glass_places())::uuid[]) or (w.network_id = any (auth_networks()) and not shut_case(w.case_id, auth_led()))
    or (not unfounded(w.case_id) and (has_role('coordinator') or w.case_id = any (auth_supervised())
      or (w.case_id = any (auth_supported()) and w.id in (
        select unnest(b.whereabouts_ids) from case_brief b where b.case_id = the_case and b.superseded_at is null)))))
  order by w.kind, w.recorded_at
$$;

create or replace function corrections_of(the_case uuid) returns table (at timestamptz, kind text, by_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.recorded_at, p.kind, p.recorded_by from case_person p
  where p.case_id = the_case and p.corrects_id is not null and not p.case_id = any ((select auth_walled())::uuid[])
    and ((p.network_id = any (auth_networks()) and not shut_case(p.case_id, auth_led())) or (has_role('coordinator', 'auditor') and not unfounded(p.case_id)))
$$;
