-- How does a case go over from one network to another, with what, and who answers for it in between?
set local role tugivork_owner;

-- One row each time it is asked. `network_id` is the network that gives it, also afterwards. The figures are what the other network may know before
-- it says yes; the database takes them down itself. `lacks`: what was not in order; why it goes over all the same is said in words, closed with the key of the case.
create table case_transfer (
  network_id uuid not null references network, case_id uuid not null references case_file (id), id uuid not null default gen_random_uuid() unique,
  to_network_id uuid not null references network, reason text not null check (reason in ('moved', 'area', 'safety', 'other')), urgent boolean not null,
  ground text not null check (ground in ('consent', 'law')), ground_sealed bytea not null, words_sealed bytea not null, why_sealed bytea,
  number text not null default '', level text check (level in ('standard', 'medium', 'high')), county_code text not null default '', children boolean,
  actions int not null default 0, supported boolean not null default false, lacks text[] not null default '{}',
  opened_by uuid not null references person, opened_at timestamptz not null default now(),
  due_on date not null default '-infinity', lapses_on date not null default '-infinity',
  state text not null default 'open' check (state in ('open', 'accepted', 'refused', 'revoked', 'lapsed')),
  because text, answer_sealed bytea, answered_by uuid references person, answered_at timestamptz,
  primary key (network_id, case_id, id), check (network_id <> to_network_id), check (due_on <= lapses_on),
  check ((state = 'open') = (answered_at is null)), check (answered_by is null or answered_at is not null),
  check (state <> 'refused' or because in ('area', 'capacity', 'incomplete', 'conflict', 'other')),
  check (state <> 'revoked' or because in ('solved', 'wish', 'mistake', 'other'))
);
create unique index on case_transfer (case_id) where state = 'open';
create index on case_transfer (case_id);
create index on case_transfer (network_id, state);
create index on case_transfer (to_network_id, state);
select classify('case_transfer', 'C1', 'network_id case_id id to_network_id reason urgent ground number county_code actions supported lacks opened_by opened_at due_on lapses_on state because answered_by answered_at');
select classify('case_transfer', 'C3', 'ground_sealed words_sealed why_sealed level children answer_sealed');
create trigger own_name before insert on case_transfer for each row execute function own_name('opened_by');

-- A case keeps its rows when its network changes. What was said at a meeting stays where it was said: of these only the case is named.
do $$
declare f record;
begin
  for f in select c.conname, c.conrelid::regclass::text as held, c.conrelid::regclass::text in ('agenda_item', 'research', 'case_decision') as stays,
      pg_get_constraintdef(c.oid) as said from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and array_length(c.conkey, 1) > 1
      and exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = 'case_id') loop
    execute format('alter table %s drop constraint %I', f.held, f.conname);
    if f.stays then execute format('alter table %s add foreign key (case_id) references case_file (id)', f.held);
    else execute format('alter table %s add constraint %I %s on update cascade', f.held, f.conname, f.said); end if;
  end loop;
end $$;
alter table case_action drop constraint case_action_network_id_meeting_id_fkey, add foreign key (meeting_id) references meeting (id);

-- It went to another network: nobody has to say why it is off the agenda.
alter table agenda_item add column withdrawn boolean not null default false;
select classify('agenda_item', 'C1', 'withdrawn');
do $$
declare c text := (select conname from pg_constraint where conrelid = 'agenda_item'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%removal_sealed%');
begin
  execute format('alter table agenda_item drop constraint %I', c);
end $$;
alter table agenda_item add check ((removed_by is null) = (removed_at is null) and (removed_by is null) = (removal_sealed is null and not withdrawn)
  and not (withdrawn and removal_sealed is not null));
alter table agenda_item drop constraint agenda_item_kind_check;
alter table agenda_item add constraint agenda_item_kind_check check (kind in ('new', 'carried', 'action', 'twelve', 'added', 'transferred'));

-- Work is counted where it was done, also after its case has gone over, and also where it is put right later; empty where it is still there.
alter table visit add column done_in uuid references network;
select classify('visit', 'C1', 'done_in');
create function visit_done_in() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.done_in := (select v.done_in from visit v where v.id = new.corrects_id and v.case_id = new.case_id);
  return new;
end $$;
create trigger visit_done_in before insert on visit for each row execute function visit_done_in();
create or replace function work_sum_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare sign int := case tg_op when 'INSERT' then 1 else -1 end;
begin
  insert into work_sum as s (network_id, month, way, contacts, minutes, expense_cents)
  values (coalesce(new.done_in, new.network_id), date_trunc('month', new.on_date)::date, new.way, sign * new.contacts, sign * new.minutes, sign * new.expense_cents)
  on conflict (network_id, month, way) do update set contacts = s.contacts + excluded.contacts, minutes = s.minutes + excluded.minutes,
    expense_cents = s.expense_cents + excluded.expense_cents;
  return new;
end $$;

alter table case_task drop constraint case_task_kind_check;
alter table case_task add constraint case_task_kind_check check (kind in ('tell-victim-support', 'assess-again', 'tell-child-protection', 'tell-recipients',
  'follow-up', 'assess-transferred', 'confirm-support', 'share-actions'));

-- The day so many working days later; public holidays are counted: a deadline should rather come a day early.
create function working_days_after(day date, days int) returns date language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((select d::date from generate_series(day + 1, day + 2 * days + 9, interval '1 day') d where extract(isodow from d) < 6
    order by d offset greatest(days - 1, 0) limit 1), day) where days > 0 union all select day where days <= 0
$$;

-- What is not in order before a case goes over. Without a ground or a level of risk it does not go; the rest goes with a reason.
create function transfer_lacks(the_case uuid) returns table (kind text, blocks boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with c as (select f.id, f.status, f.legal_basis, f.child_count, f.children_told_on, f.children_not_told_sealed from case_file f
      where f.id = the_case and f.network_id = any (auth_led()) and not f.id = any ((select auth_walled())::uuid[])),
    today as (select (now() at time zone 'Europe/Tallinn')::date as day),
    last as (select a.made_on from assessment a, c where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 1)
  select 'ground', true from c where c.legal_basis = 'none'
  union all select 'risk', true from c where not exists (select from last)
  union all select 'risk-old', false from c, last, today where last.made_on < today.day - setting_now('closingRiskDays', 30)
  union all select 'risk-draft', false from c where exists (select from assessment a where a.case_id = c.id and a.state = 'draft' and a.superseded_at is null)
  union all select 'contact', false from c where not exists (select from case_whereabouts w where w.case_id = c.id and w.kind = 'safe_contact' and w.superseded_at is null)
  union all select 'children', false from c where c.child_count > 0 and c.children_told_on is null and c.children_not_told_sealed is null
  union all select 'actions', false from c, today where exists (select from case_action a where a.case_id = c.id and a.state = 'open' and a.due_on < today.day)
  union all select 'tasks', false from c, today where exists (select from case_task t where t.case_id = c.id and t.done_at is null
    and t.kind not in ('assess-again', 'follow-up') and t.due_on < today.day)
  union all select 'concern', false from c where exists (select from concern w where w.case_id = c.id and w.closed_at is null)
$$;

-- A transfer begins open, over a case that is open, with the figures and the days of the database.
create function transfer_begins() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare f case_file; today date := (now() at time zone 'Europe/Tallinn')::date; missing text[];
begin
  select * into f from case_file where id = new.case_id and network_id = new.network_id and status = 'open' for update;
  if f.id is null then raise exception 'the case is not open' using errcode = '40001'; end if;
  if exists (select from transfer_lacks(new.case_id) l where l.blocks) or (new.ground = 'consent' and f.legal_basis <> 'consent') then
    raise exception 'something stands in the way' using errcode = '23514';
  end if;
  if not exists (select from network where id = new.to_network_id and status = 'active') then raise exception 'no such network' using errcode = '23514'; end if;
  select coalesce(array_agg(l.kind order by l.kind), '{}') into missing from transfer_lacks(new.case_id) l;
  if missing <> '{}' and new.why_sealed is null then raise exception 'what is missing has no reason' using errcode = '23514'; end if;
  new.state := 'open'; new.because := null; new.answer_sealed := null; new.answered_by := null; new.answered_at := null; new.opened_at := now();
  new.number := f.number; new.county_code := f.county_code; new.children := f.child_count > 0; new.lacks := missing;
  new.level := (select a.level from assessment a where a.case_id = f.id and a.state <> 'draft' and a.superseded_at is null order by a.made_on desc, a.recorded_at desc limit 1);
  new.actions := (select count(*) from case_action a where a.case_id = f.id and a.state = 'open');
  new.supported := exists (select from assignment s where s.case_id = f.id and s.status = 'active');
  new.due_on := working_days_after(today, case when new.urgent then setting_now('transferUrgentDays', 1) else setting_now('transferDays', 2) end);
  new.lapses_on := greatest(new.due_on, working_days_after(today, setting_now('transferLapseDays', 10)));
  return new;
end $$;
create trigger transfer_begins before insert on case_transfer for each row execute function transfer_begins();

-- Cases that once were of my networks and are not any more, and those that I lead and that came from elsewhere.
create function auth_given() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare mine uuid[] := auth_networks();
begin
  if mine = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(distinct t.case_id), '{}') from case_transfer t join case_file c on c.id = t.case_id
    where t.state = 'accepted' and t.network_id = any (mine) and not c.network_id = any (mine));
end $$;
create function auth_received() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare led uuid[] := auth_led();
begin
  if led = '{}' then return '{}'; end if;
  return (select coalesce(array_agg(distinct t.case_id), '{}') from case_transfer t join case_file c on c.id = t.case_id
    where t.state = 'accepted' and t.to_network_id = any (led) and c.network_id = any (led) and not c.id = any ((select auth_walled())::uuid[]));
end $$;

-- Takes a case over with everything that is its own. What nobody may decide at this moment says 'busy': an emergency is under way in it, or its meeting.
create function transfer_move(t case_transfer, me uuid) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare f case_file; today date := (now() at time zone 'Europe/Tallinn')::date; seat text := agency_of(t.to_network_id, me);
begin
  select * into f from case_file where id = t.case_id and network_id = t.network_id for update;
  if f.id is null or f.status <> 'open' or f.legal_basis = 'none' or (t.ground = 'consent' and f.legal_basis <> 'consent')
    or not exists (select from sealed_key where owner_id = t.case_id and wrapped is not null) then return 'shut'; end if;
  if exists (select from break_glass where case_id = f.id and opened_at is not null and ended_at is null and until > now())
    or exists (select from agenda_item i join meeting m on m.id = i.meeting_id where i.case_id = f.id and m.phase = 'sitting' and i.removed_at is null)
    then return 'busy'; end if;
  update agenda_item i set withdrawn = true, removed_by = me, removed_at = now() from meeting m
    where i.case_id = f.id and m.id = i.meeting_id and m.phase in ('planned', 'closed') and i.removed_at is null and i.network_id = t.network_id;
  update assessment set superseded_at = now() where case_id = f.id and state = 'draft' and superseded_at is null;
  update visit set done_in = network_id where case_id = f.id and done_in is null;
  -- Every row that is keyed by the case goes with it (the keys that refer to it cascade).
  update case_file set network_id = t.to_network_id, version = version + 1 where id = f.id;
  update sealed_key set network_id = t.to_network_id where owner_id = f.id and kind = 'case';
  -- Those who could open it until now shall not be able to with what they may have kept: the process makes a new key.
  update key_change set network_id = t.to_network_id where case_id = f.id and done_at is null;
  insert into key_change (case_id, network_id, why, asked_by) values (f.id, t.to_network_id, 'network', me) on conflict do nothing;
  update erasure set network_id = t.to_network_id where owner_id = f.id and kind = 'case' and outcome is null;
  update wall set network_id = t.to_network_id where case_id = f.id;
  -- The keyed indexes are of the network that made them; the new ones are made by the process right after (transfer_codes).
  update case_person set personal_code_index = null where case_id = f.id and personal_code_index is not null;
  update case_name_key set key_index = null where case_id = f.id and key_index is not null;
  -- What waited from an earlier transfer waits anew.
  update case_task set done_at = now(), done_by = me where case_id = f.id and kind in ('assess-transferred', 'confirm-support', 'share-actions') and done_at is null;
  insert into case_task (network_id, case_id, kind, due_on) values
    (t.to_network_id, f.id, 'assess-transferred', working_days_after(today, setting_now('transferAssessDays', 5)));
  if exists (select from assignment where case_id = f.id and status = 'active') then
    insert into case_task (network_id, case_id, kind, due_on)
    values (t.to_network_id, f.id, 'confirm-support', working_days_after(today, setting_now('transferAssessDays', 5)));
  end if;
  if exists (select from case_action where case_id = f.id and state = 'open') then
    update case_action set owner_id = me, agency = seat where case_id = f.id and state = 'open';
    insert into case_task (network_id, case_id, kind, due_on)
    values (t.to_network_id, f.id, 'share-actions', working_days_after(today, setting_now('transferAssessDays', 5)));
  end if;
  return 'done';
end $$;

-- The one way in which a transfer ends: 'done', 'over' where somebody was before, 'shut' where the case does not go any more, 'busy', or 'none' where it is not theirs.
create function transfer_answer(the_transfer uuid, how text, why text, words bytea) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); t case_transfer; moved text; today date := (now() at time zone 'Europe/Tallinn')::date;
begin
  select * into t from case_transfer where id = the_transfer for update;
  if t.id is null or t.case_id = any ((select auth_walled())::uuid[]) or not coalesce(case how
    when 'accepted' then t.to_network_id = any (auth_led()) when 'refused' then t.to_network_id = any (auth_led())
    when 'revoked' then t.network_id = any (auth_led()) when 'lapsed' then has_role('system') and t.lapses_on < today end, false) then return 'none'; end if;
  if t.state <> 'open' then return 'over'; end if;
  if how = 'accepted' then
    if t.lapses_on < today then return 'over'; end if;
    moved := transfer_move(t, me);
    if moved <> 'done' then return moved; end if;
  end if;
  update case_transfer set state = how, because = why, answer_sealed = words, answered_by = case when how <> 'lapsed' then me end, answered_at = now() where id = t.id;
  return 'done';
end $$;

-- Whose codes and names have to be indexed anew, closed, for the one who has just taken the case over, and in that transaction alone.
create function transfer_people(the_transfer uuid) returns table (id uuid, given_name_sealed bytea, family_name_sealed bytea, former_names_sealed bytea, personal_code_sealed bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.given_name_sealed, p.family_name_sealed, p.former_names_sealed, p.personal_code_sealed from case_transfer t join case_person p on p.case_id = t.case_id
  where t.id = the_transfer and t.state = 'accepted' and t.answered_at = now() and t.answered_by = auth_person() and p.superseded_at is null
$$;
create function transfer_codes(the_transfer uuid, codes jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update case_person p set personal_code_index = decode(c.value, 'hex') from case_transfer t, jsonb_each_text(codes) c
  where t.id = the_transfer and t.state = 'accepted' and t.answered_at = now() and t.answered_by = auth_person()
    and p.case_id = t.case_id and p.id = c.key::uuid and p.superseded_at is null and p.personal_code_sealed is not null and p.personal_code_index is null;
end $$;

-- A support that ends has nothing left to be confirmed.
create function support_confirmed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update case_task set done_at = now(), done_by = new.recorded_by where case_id = new.case_id and kind = 'confirm-support' and done_at is null
    and not exists (select from assignment s where s.case_id = new.case_id and s.status = 'active');
  return new;
end $$;
create trigger support_confirmed after insert on assignment_event for each row when (new.kind = 'ended') execute function support_confirmed();

-- A case that ends, or rests on nothing any more, goes nowhere.
create function transfer_ends() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update case_transfer set state = 'lapsed', answered_at = now() where case_id = new.id and state = 'open';
  return new;
end $$;
create trigger transfer_ends after update on case_file for each row when (new.status = 'closed' or new.legal_basis = 'none') execute function transfer_ends();

-- As before, and: what is being given over is not closed.
create or replace function case_closing_gaps(the_case uuid) returns table (kind text, id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with c as (select f.id, f.legal_basis, f.child_count, f.children_told_on, f.children_not_told_sealed from case_file f
      where f.id = the_case and f.status = 'open' and f.network_id = any (auth_networks()) and not f.id = any ((select auth_walled())::uuid[])),
    last as (select a.id, a.made_on from assessment a, c where a.case_id = c.id and a.state <> 'draft' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 1)
  select 'risk-none', null::uuid from c where c.legal_basis <> 'none' and not exists (select from last)
  union all select 'risk-old', last.id from c, last where c.legal_basis <> 'none'
    and last.made_on < (now() at time zone 'Europe/Tallinn')::date - setting_now('closingRiskDays', 30)
  union all select 'risk-draft', a.id from c join assessment a on a.case_id = c.id where a.state = 'draft' and a.superseded_at is null
  union all select 'risk-plan', last.id from c, last where c.legal_basis <> 'none' and exists (select from plan_gaps_of(c.id) g where g.missing > 0)
  union all select 'children', null from c where c.child_count > 0 and c.children_told_on is null and c.children_not_told_sealed is null
  union all select 'action', a.id from c join case_action a on a.case_id = c.id where a.state = 'open'
  union all select 'need', n.id from c join need n on n.case_id = c.id where n.status = 'open'
  union all select 'asked', s.id from c join assignment s on s.case_id = c.id where s.status = 'proposed'
  union all select 'support', s.id from c join assignment s on s.case_id = c.id where s.status = 'active'
  union all select 'task-' || t.kind, t.id from c join case_task t on t.case_id = c.id where t.done_at is null and t.kind not in ('assess-again', 'follow-up')
  union all select 'transfer', t.id from c join case_transfer t on t.case_id = c.id where t.state = 'open'
  union all select 'concern', w.id from c join concern w on w.case_id = c.id where w.closed_at is null
$$;

-- As before, and: what came from another network is on the next agenda, and only the network's own meetings count.
create or replace function agenda_due(the_meeting uuid) returns table (case_id uuid, kind text, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from (
    select c.id as case_id, case
        when c.status = 'open' and exists (select from case_action a where a.case_id = c.id and a.state = 'open'
          and a.due_on < (now() at time zone 'Europe/Tallinn')::date) then 'action'
        when c.status = 'open' and heard.on_date is null and exists (select from case_transfer t where t.case_id = c.id and t.state = 'accepted'
          and t.to_network_id = c.network_id) then 'transferred'
        when c.status = 'open' and heard.on_date is null and c.why_marac_sealed is not null then 'new'
        when c.status = 'open' and heard.on_date is not null and coalesce(heard.outcome, 'carried') = 'carried' then 'carried'
        when heard.outcome is not null and heard.on_date <= m.on_date - make_interval(months => glass_limit('maracFlagMonths', 12))
          and not exists (select from marac_flag_lift f where f.case_id = c.id and (f.lifted_at at time zone 'Europe/Tallinn')::date >= heard.on_date) then 'twelve'
      end as kind, heard.on_date as last_on
    from meeting m join case_file c on c.network_id = m.network_id
    left join lateral (select e.on_date, i.outcome from agenda_item i join meeting e on e.id = i.meeting_id
      where i.case_id = c.id and e.network_id = c.network_id and i.removed_at is null and e.id <> m.id and e.phase in ('held', 'cancelled') order by e.on_date desc limit 1) heard on true
    where m.id = the_meeting and m.phase = 'planned' and c.legal_basis <> 'none'
      and not exists (select from meeting e where e.network_id = m.network_id and e.phase = 'planned' and e.on_date < m.on_date)
      and not exists (select from agenda_item i join meeting e on e.id = i.meeting_id where i.case_id = c.id
        and (i.meeting_id = m.id or (i.removed_at is null and e.phase in ('closed', 'sitting'))))) due
  where due.kind is not null
$$;

create or replace function agenda_close(the_meeting uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare m meeting;
begin
  select * into m from meeting where id = the_meeting and phase = 'planned' for update;
  if m.id is null or not coalesce(coalesce(m.network_id = any (auth_led()), false)
    or (has_role('system') and m.cut_off_on < (now() at time zone 'Europe/Tallinn')::date), false) then return false; end if;
  insert into agenda_item (network_id, case_id, meeting_id, kind, position)
  select m.network_id, d.case_id, m.id, d.kind, coalesce((select max(position) from agenda_item where meeting_id = m.id), 0)
    + row_number() over (order by array_position(array['action', 'transferred', 'new', 'carried', 'twelve'], d.kind), c.number)
  from agenda_due(the_meeting) d join case_file c on c.id = d.case_id;
  update meeting set phase = 'closed', closed_at = now(), invited_at = coalesce(invited_at, now()) where id = m.id;
  return true;
end $$;
