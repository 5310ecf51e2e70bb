-- What do the agencies know, who was at the meeting, what was decided and who does what by when?
set local role tugivork_owner;

-- Whoever takes part promises silence, once a meeting, in their own name; before that neither others' research nor decisions are open to them.
create table meeting_pledge (
  network_id uuid not null, id uuid not null default gen_random_uuid(), meeting_id uuid not null, person_id uuid not null references person,
  recorded_at timestamptz not null default now(),
  primary key (network_id, id), unique (meeting_id, person_id), foreign key (network_id, meeting_id) references meeting (network_id, id)
);
select classify('meeting_pledge', 'C1', 'network_id id meeting_id person_id recorded_at');

create function auth_pledged() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(meeting_id), '{}') from meeting_pledge where person_id = auth_person() and network_id = any (auth_networks())
$$;

-- For whom I speak where, as network/agency.
create function auth_seats() returns text[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(n || '/' || agency_of(n, auth_person())), '{}') from unnest(auth_networks()) n
$$;

-- One line a person: there, or excused with what they sent and when; an observer has no account and has signed on paper.
create table meeting_attendance (
  network_id uuid not null, id uuid not null default gen_random_uuid(), meeting_id uuid not null, person_id uuid references person, observer_sealed bytea,
  agency text not null check (agency in ('victim_support', 'police', 'prosecutor', 'municipality', 'child_protection', 'womens_centre', 'health',
    'probation', 'employment', 'violence_programme', 'other')),
  kind text not null check (kind in ('present', 'apologies', 'observer')), sent_sealed bytea, sent_on date,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, id), foreign key (network_id, meeting_id) references meeting (network_id, id),
  check ((person_id is null) = (kind = 'observer') and (observer_sealed is null) = (kind <> 'observer')),
  check ((sent_sealed is null) = (sent_on is null) and (sent_sealed is null or kind = 'apologies'))
);
create unique index on meeting_attendance (meeting_id, person_id) where superseded_at is null;
select classify('meeting_attendance', 'C1', 'network_id id meeting_id person_id agency kind sent_on recorded_by recorded_at superseded_at');
select classify('meeting_attendance', 'C2', 'observer_sealed');
select classify('meeting_attendance', 'C3', 'sent_sealed');

-- What an agency tells of a case for a meeting: nothing known, or words, why they are needed and who may be told.
create table research (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), meeting_id uuid not null,
  agency text not null, words_sealed bytea, relevance_sealed bytea, told_to text[] not null default '{}',
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  foreign key (network_id, meeting_id) references meeting (network_id, id),
  check ((words_sealed is null) = (relevance_sealed is null) and (words_sealed is null) = (cardinality(told_to) = 0))
);
create unique index on research (meeting_id, case_id, agency) where superseded_at is null;
create index on research (case_id);
select classify('research', 'C1', 'network_id case_id id meeting_id agency told_to recorded_by recorded_at superseded_at');
select classify('research', 'C3', 'words_sealed relevance_sealed');

-- Which agencies have answered, not what: for the overview and the reminders.
create function research_answered(the_meeting uuid) returns table (case_id uuid, agency text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.case_id, r.agency from research r join meeting m on m.id = r.meeting_id
  where r.meeting_id = the_meeting and r.superseded_at is null and not r.case_id = any ((select auth_walled())::uuid[])
    and not shut_case(r.case_id, auth_led()) and ((m.network_id = any (auth_networks()) and (has_role('lead') or m.invited_at is not null)) or has_role('coordinator', 'system'))
$$;

-- What was decided of a case and why; a later word takes the place of an earlier one, which stays.
create table case_decision (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), meeting_id uuid not null,
  words_sealed bytea not null, reason_sealed bytea not null,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  foreign key (network_id, meeting_id) references meeting (network_id, id)
);
create unique index on case_decision (meeting_id, case_id) where superseded_at is null;
create index on case_decision (case_id);
select classify('case_decision', 'C1', 'network_id case_id id meeting_id recorded_by recorded_at superseded_at');
select classify('case_decision', 'C3', 'words_sealed reason_sealed');

-- One action: one owner, one day, one result that can be checked (R23).
create table case_action (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique, meeting_id uuid,
  agency text not null, owner_id uuid not null references person, due_on date not null, what_sealed bytea not null, result_sealed bytea not null,
  state text not null default 'open' check (state in ('open', 'done', 'not_done', 'impossible')),
  outcome_sealed bytea, ended_by uuid references person, ended_at timestamptz,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  foreign key (network_id, meeting_id) references meeting (network_id, id),
  check ((state = 'open') = (ended_at is null) and (ended_at is null) = (ended_by is null) and (ended_at is null) = (outcome_sealed is null))
);
create index on case_action (case_id);
create index on case_action (owner_id) where state = 'open';
create index on case_action (due_on) where state = 'open';
select classify('case_action', 'C1', 'network_id case_id id meeting_id agency owner_id due_on state ended_by ended_at recorded_by recorded_at');
select classify('case_action', 'C3', 'what_sealed result_sealed outcome_sealed');

-- Each ticked risk of the latest assessment, each child and each perpetrator is answered by an action, or accepted with a reason. `nth` says
-- which one in their order, so that the row tells nothing of what was ticked.
create table risk_answer (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(), assessment_id uuid,
  kind text not null check (kind in ('risk', 'child', 'perpetrator')), nth int not null check (nth between 1 and 60),
  action_id uuid, accepted_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  foreign key (network_id, case_id, action_id) references case_action (network_id, case_id, id),
  foreign key (network_id, case_id, assessment_id) references assessment (network_id, case_id, id),
  check ((action_id is null) <> (accepted_sealed is null)), check ((kind = 'risk') = (assessment_id is not null))
);
create unique index on risk_answer (case_id, kind, nth, coalesce(assessment_id, case_id)) where superseded_at is null;
select classify('risk_answer', 'C1', 'network_id case_id id assessment_id kind nth action_id recorded_by recorded_at superseded_at');
select classify('risk_answer', 'C3', 'accepted_sealed');

create trigger own_name before insert on meeting_pledge for each row execute function own_name('person_id');
create trigger own_name before insert on meeting_attendance for each row execute function own_name('recorded_by');
create trigger own_name before insert on research for each row execute function own_name('recorded_by');
create trigger own_name before insert on case_decision for each row execute function own_name('recorded_by');
create trigger own_name before insert or update on case_action for each row execute function own_name('recorded_by', 'ended_by');
create trigger own_name before insert on risk_answer for each row execute function own_name('recorded_by');
create trigger set_once before update on meeting_attendance for each row execute function set_once('superseded_at');
create trigger set_once before update on research for each row execute function set_once('superseded_at');
create trigger set_once before update on case_decision for each row execute function set_once('superseded_at');
create trigger set_once before update on case_action for each row execute function set_once('ended_by', 'ended_at', 'outcome_sealed');
create trigger set_once before update on risk_answer for each row execute function set_once('superseded_at');

-- How many risks, children and perpetrators of a case nobody has answered. What became impossible or was not done answers nothing.
create function plan_gaps_of(the_case uuid) returns table (kind text, missing int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with latest as (select a.id, a.yes_count from assessment a where a.case_id = the_case and a.state = 'final' and a.superseded_at is null
      order by a.made_on desc, a.recorded_at desc limit 1),
  wanted as (select 'risk' as kind, yes_count as many, id as assessment_id from latest
    union all select 'child', child_count, null from case_file where id = the_case
    union all select 'perpetrator', greatest(1, (select count(*)::int from case_person p where p.case_id = the_case and p.kind = 'perpetrator'
      and p.superseded_at is null)), null)
  select w.kind, (w.many - (select count(*) from risk_answer r left join case_action a on a.id = r.action_id
    where r.case_id = the_case and r.kind = w.kind and r.assessment_id is not distinct from w.assessment_id and r.superseded_at is null
      and r.nth <= w.many and (a.id is null or a.state in ('open', 'done'))))::int from wanted w
$$;

-- The same for whoever looks: the case's network.
create function plan_gaps(the_case uuid) returns table (kind text, missing int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.kind, g.missing from case_file c cross join lateral plan_gaps_of(c.id) g
  where c.id = the_case and c.network_id = any (auth_networks()) and not c.id = any ((select auth_walled())::uuid[]) and not shut_case(c.id, auth_led())
$$;

-- As before, and: what is overdue opens the next agenda (R23).
create or replace function agenda_due(the_meeting uuid) returns table (case_id uuid, kind text, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from (
    select c.id as case_id, case
        when c.status = 'open' and exists (select from case_action a where a.case_id = c.id and a.state = 'open'
          and a.due_on < (now() at time zone 'Europe/Tallinn')::date) then 'action'
        when c.status = 'open' and heard.on_date is null and c.why_marac_sealed is not null then 'new'
        when c.status = 'open' and heard.on_date is not null and coalesce(heard.outcome, 'carried') = 'carried' then 'carried'
        when heard.outcome is not null and heard.on_date <= m.on_date - make_interval(months => glass_limit('maracFlagMonths', 12))
          and not exists (select from marac_flag_lift f where f.case_id = c.id and (f.lifted_at at time zone 'Europe/Tallinn')::date >= heard.on_date) then 'twelve'
      end as kind, heard.on_date as last_on
    from meeting m join case_file c on c.network_id = m.network_id
    left join lateral (select e.on_date, i.outcome from agenda_item i join meeting e on e.id = i.meeting_id
      where i.case_id = c.id and i.removed_at is null and e.id <> m.id and e.phase in ('held', 'cancelled') order by e.on_date desc limit 1) heard on true
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
  if m.id is null or not coalesce((has_role('lead') and m.network_id = any (auth_networks()))
    or (has_role('system') and m.cut_off_on < (now() at time zone 'Europe/Tallinn')::date), false) then return false; end if;
  insert into agenda_item (network_id, case_id, meeting_id, kind, position)
  select m.network_id, d.case_id, m.id, d.kind, coalesce((select max(position) from agenda_item where meeting_id = m.id), 0)
    + row_number() over (order by array_position(array['action', 'new', 'carried', 'twelve'], d.kind), c.number)
  from agenda_due(the_meeting) d join case_file c on c.id = d.case_id;
  update meeting set phase = 'closed', closed_at = now(), invited_at = coalesce(invited_at, now()) where id = m.id;
  return true;
end $$;

-- What came of a case is said while its meeting is under way, and nothing is taken off what is over.
create function agenda_item_heard() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare now_in text := (select phase from meeting where network_id = new.network_id and id = new.meeting_id);
begin
  if session_user not in ('tugivork_read', 'tugivork_write') then return new; end if;
  if (old.outcome is distinct from new.outcome and now_in <> 'sitting') or (old.removed_at is distinct from new.removed_at and now_in in ('held', 'cancelled')) then
    raise exception 'not at this time' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger agenda_item_heard before update on agenda_item for each row execute function agenda_item_heard();

-- As before, and: no case ends over an open action, or over a risk, a child or a perpetrator without an answer.
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
  union all select 'concern', w.id from c join concern w on w.case_id = c.id where w.closed_at is null
$$;
