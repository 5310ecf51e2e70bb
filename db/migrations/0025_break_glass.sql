-- Who was let into a case that is not theirs, because somebody's life could not wait, and was it right?
set local role tugivork_owner;

-- A request by the number of a case. Where there is no such case, or a wall before it, the request waits in vain like one that nobody
-- answers: the columns of the case stay empty, and the one who asked cannot tell.
create table break_glass (
  id uuid primary key default gen_random_uuid(), person_id uuid not null references person, number text not null check (number ~ '^M-[0-9]{4}-[0-9]{3,8}$'),
  network_id uuid, case_id uuid, reason text not null check (reason in ('danger', 'police', 'cut-off', 'other')), words_sealed bytea not null,
  asked_at timestamptz not null default now(), needs_second boolean not null,
  second_by uuid references person, second_at timestamptz, refused_by uuid references person, refused_at timestamptz,
  opened_at timestamptz, until timestamptz, ended_at timestamptz, review_due_on date not null,
  reviewed_by uuid references person, reviewed_at timestamptz, outcome text check (outcome in ('justified', 'unjustified', 'talk')), review_sealed bytea,
  told_asked_at timestamptz, told_opened_at timestamptz,
  foreign key (network_id, case_id) references case_file (network_id, id), check ((network_id is null) = (case_id is null)),
  check ((opened_at is null) = (until is null)), check (until > opened_at and until <= opened_at + interval '60 minutes'),
  check (opened_at is null or (case_id is not null and refused_at is null)), check (ended_at is null or opened_at is not null),
  -- Silence is never yes.
  check (opened_at is null or not needs_second or second_by is not null), check (second_by <> person_id), check (refused_by <> person_id),
  check ((second_by is null) = (second_at is null)), check ((refused_by is null) = (refused_at is null)),
  -- Nobody judges what they did or agreed to.
  check (reviewed_by <> person_id), check (reviewed_by <> second_by), check (reviewed_by is null or opened_at is not null),
  check ((reviewed_by is null) = (reviewed_at is null) and (reviewed_by is null) = (outcome is null) and (reviewed_by is null) = (review_sealed is null))
);
create index on break_glass (person_id, asked_at);
create index on break_glass (case_id);
create index on break_glass (person_id) where opened_at is not null and ended_at is null;
select classify('break_glass', 'C1', 'id person_id number network_id case_id reason asked_at needs_second second_by second_at refused_by refused_at opened_at until ended_at review_due_on reviewed_by reviewed_at outcome told_asked_at told_opened_at');
select classify('break_glass', 'C3', 'words_sealed review_sealed');
create trigger set_once before update on break_glass for each row execute function
  set_once('second_by', 'second_at', 'refused_by', 'refused_at', 'opened_at', 'until', 'ended_at', 'reviewed_by', 'reviewed_at', 'outcome', 'review_sealed');

-- A limit as it is set today; the defaults are those of setting.ts.
create function glass_limit(the_name text, otherwise int) returns int language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((select value::text::int from setting where name = the_name and valid_from <= (now() at time zone 'Europe/Tallinn')::date
    order by valid_from desc limit 1), otherwise)
$$;

-- May the person who asks be let in this way at all: 'may', 'paused' while a use of theirs waits too long for its review, 'used-up', 'open'.
create function glass_standing(who uuid) returns text language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case
    when exists (select 1 from break_glass where person_id = who and opened_at is not null and reviewed_at is null
      and review_due_on < (now() at time zone 'Europe/Tallinn')::date) then 'paused'
    when exists (select 1 from break_glass where person_id = who and ended_at is null and until > now()) then 'open'
    when (select count(*) from break_glass where person_id = who and opened_at > now() - make_interval(days => glass_limit('glassDays', 30)))
      >= least(glass_limit('glassUses', 3), 10) then 'used-up'
    when (select count(*) from break_glass where person_id = who and asked_at > now() - interval '1 day') >= 10 then 'used-up'
    else 'may' end
$$;

-- Asks to be let in. 'opened': a supervisor into a case of the people she guides. 'asked': everybody else waits for a second person; the answer
-- is the same for a number that there is not. 'seen': the case is one's own anyway. 'none': no such case for a supervisor.
create function glass_ask(the_number text, the_reason text, words bytea, review_due date) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); found case_file; standing text := glass_standing(auth_person()); guided boolean;
begin
  if me is null or not has_role('lead', 'member', 'supervisor') or not auth_fresh()
    or review_due not between (now() at time zone 'Europe/Tallinn')::date and (now() at time zone 'Europe/Tallinn')::date + 14 then
    raise exception 'not for you' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('glass/' || me::text, 0));
  if standing <> 'may' then return standing; end if;
  select * into found from case_file where number = the_number and not id = any ((select auth_walled())::uuid[]);
  guided := has_role('supervisor') and coalesce(found.id = any (auth_supervised()), false);
  if not guided and not has_role('lead', 'member') then return 'none'; end if;
  if not guided and found.network_id = any (auth_networks()) then return 'seen'; end if;
  insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, review_due_on, opened_at, until)
  values (me, the_number, found.network_id, found.id, the_reason, words, not guided, review_due, case when guided then now() end,
    case when guided then now() + make_interval(mins => least(glass_limit('glassMinutes', 60), 60)) end);
  return case when guided then 'opened' else 'asked' end;
end $$;

-- The second person: the lead of the case's network or a coordinator, within the hour; opens or refuses in their own name.
create function glass_answer(the_glass uuid, agrees boolean, review_due date) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); asked break_glass;
begin
  select * into asked from break_glass where id = the_glass for update;
  if asked.case_id is null or asked.person_id = me or asked.opened_at is not null or asked.refused_at is not null
    or asked.asked_at < now() - interval '1 hour' or asked.case_id = any ((select auth_walled())::uuid[]) or not auth_fresh() or not auth_in_person()
    or not (has_role('coordinator') or (has_role('lead') and asked.network_id = any (auth_networks())))
    or exists (select 1 from wall where person_id = asked.person_id and case_id = asked.case_id and lifted_at is null) then return false; end if;
  if not agrees then
    update break_glass set refused_by = me, refused_at = now() where id = the_glass;
    return true;
  end if;
  if review_due not between (now() at time zone 'Europe/Tallinn')::date and (now() at time zone 'Europe/Tallinn')::date + 14
    or glass_standing(asked.person_id) <> 'may' then return false; end if;
  update break_glass set second_by = me, second_at = now(), opened_at = now(), review_due_on = review_due,
    until = now() + make_interval(mins => least(glass_limit('glassMinutes', 60), 60)) where id = the_glass;
  return true;
end $$;

create function glass_end(the_glass uuid) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update break_glass set ended_at = now()
    where id = the_glass and person_id = auth_person() and ended_at is null and until > now() returning 1)
  select exists (select 1 from done)
$$;

-- What it was for is judged once it is over: by an auditor or the lead of the case, who neither used it nor agreed to it.
create function glass_review(the_glass uuid, the_outcome text, words bytea) returns boolean
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update break_glass set reviewed_by = auth_person(), reviewed_at = now(), outcome = the_outcome, review_sealed = words
    where id = the_glass and opened_at is not null and (ended_at is not null or until <= now()) and reviewed_at is null
      and auth_in_person() and person_id <> auth_person() and second_by is distinct from auth_person() and not case_id = any ((select auth_walled())::uuid[])
      and (has_role('auditor') or (has_role('lead') and network_id = any (auth_networks()))) returning 1)
  select exists (select 1 from done)
$$;

-- My own requests. Which case it is, is told only while it is open to me.
create function glass_mine() returns table (
  id uuid, number text, reason text, asked_at timestamptz, opened_at timestamptz, until timestamptz, over boolean, answer text, outcome text,
  case_id uuid, words_sealed bytea
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select b.id, b.number, b.reason, b.asked_at, b.opened_at, b.until, b.ended_at is not null or b.until <= now(),
    case when b.opened_at is not null then 'opened' when b.refused_at is not null then 'refused' when b.asked_at < now() - interval '1 hour' then 'unanswered' else 'waits' end,
    b.outcome, case when b.ended_at is null and b.until > now() then b.case_id end, b.words_sealed
  from break_glass b where b.person_id = auth_person() and (b.case_id is null or not b.case_id = any ((select auth_walled())::uuid[]))
$$;

-- The case that is open to me this way, and only for work that says that it is done this way: everything else goes on as if it were not there.
create function auth_broken_glass() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(b.case_id), '{}') from break_glass b
  where b.person_id = auth_person() and b.id::text = current_setting('app.glass', true) and b.ended_at is null and b.until > now()
    and has_role('lead', 'member', 'supervisor') and not b.case_id = any ((select auth_walled())::uuid[])
$$;

-- For the banner that stands on every page while it lasts.
create function auth_glass_open() returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('id', b.id, 'number', b.number, 'until', b.until) from break_glass b
  where b.person_id = auth_person() and b.opened_at is not null and b.ended_at is null and b.until > now()
    and has_role('lead', 'member', 'supervisor') and not b.case_id = any ((select auth_walled())::uuid[]) limit 1
$$;

-- The same, where somebody's life is in danger: then places may be looked at too.
create function auth_glass_places() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(b.case_id), '{}') from break_glass b
  where b.id::text = current_setting('app.glass', true) and b.reason = 'danger' and b.case_id = any ((select auth_broken_glass())::uuid[])
$$;

create or replace function people_of(the_case uuid) returns table (id uuid, kind text, coded boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.kind, p.personal_code_index is not null from case_person p
  where p.case_id = the_case and p.superseded_at is null
    and (p.network_id = any (auth_networks()) or has_role('coordinator') or p.case_id = any ((select auth_broken_glass())::uuid[]))
    and not p.case_id = any ((select auth_walled())::uuid[])
  order by case p.kind when 'victim' then 1 when 'perpetrator' then 2 else 3 end, p.recorded_at, p.id
$$;

create or replace function whereabouts_of(the_case uuid) returns table (id uuid, kind text, recorded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select w.id, w.kind, w.recorded_at from case_whereabouts w
  where w.case_id = the_case and w.superseded_at is null and not w.case_id = any ((select auth_walled())::uuid[]) and (
    w.network_id = any (auth_networks()) or has_role('coordinator') or w.case_id = any (auth_supervised()) or w.case_id = any ((select auth_glass_places())::uuid[])
    or (w.case_id = any (auth_supported()) and w.id in (
      select unnest(b.whereabouts_ids) from case_brief b where b.case_id = the_case and b.superseded_at is null)))
  order by w.kind, w.recorded_at
$$;
