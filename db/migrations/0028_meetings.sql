-- When does a network meet, who sits there for which agency, and which cases are on the agenda?
set local role tugivork_owner;

-- For which agency somebody speaks in a core group, as the network's lead says. Until then the words given with the role are read.
create table agency_seat (
  network_id uuid not null references network, id uuid not null default gen_random_uuid(), person_id uuid not null references person,
  agency text not null check (agency in ('victim_support', 'police', 'prosecutor', 'municipality', 'child_protection', 'womens_centre', 'health',
    'probation', 'employment', 'violence_programme', 'other')),
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, id)
);
create unique index on agency_seat (network_id, person_id) where superseded_at is null;
select classify('agency_seat', 'C1', 'network_id id person_id agency recorded_by recorded_at superseded_at');

create function agency_read(words text) returns text language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select case
    when words ~* 'ohvriabi|victim support|помощ' then 'victim_support'
    when words ~* 'politsei|\mppa\M|police|полици' then 'police'
    when words ~* 'prokur|prosec|прокур' then 'prosecutor'
    when words ~* 'lastekaits|child|детей' then 'child_protection'
    when words ~* 'tugikesk|\mntk\M|women|женск' then 'womens_centre'
    when words ~* 'haigla|tervis|arst|kiirabi|health|hospital|больниц' then 'health'
    when words ~* 'kriminaalhoo|probation|пробац' then 'probation'
    when words ~* 'töötukass|employment|безработ' then 'employment'
    when words ~* '(vald|linn|omavalitsus|sotsiaal)|municip|волост|самоуправ' then 'municipality'
    else 'other' end
$$;

-- The agency of somebody in a network; empty where they do not sit there.
create function agency_of(the_network uuid, who uuid) returns text language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce((select s.agency from agency_seat s where s.network_id = the_network and s.person_id = who and s.superseded_at is null),
      case when bool_or(r.role = 'lead') then 'victim_support' else agency_read(coalesce(max(r.agency), '')) end)
  from person_role r where r.network_id = the_network and r.person_id = who and r.role in ('lead', 'member')
    and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to
  having count(*) > 0
$$;

-- How a network meets from a day on: it sits, or everybody has written by a closing date; on which day of which month.
create table network_rhythm (
  network_id uuid not null references network, id uuid not null default gen_random_uuid(), valid_from date not null,
  mode text not null check (mode in ('sitting', 'closing')), every_months int not null check (every_months between 1 and 6),
  week int not null check (week between 1 and 5), weekday int not null check (weekday between 1 and 5),
  starts_at text check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'), place text check (length(place) <= 100),
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), primary key (network_id, id)
);
select classify('network_rhythm', 'C1', 'network_id id valid_from mode every_months week weekday starts_at place recorded_by recorded_at');

create table meeting (
  network_id uuid not null references network, id uuid not null default gen_random_uuid() unique,
  mode text not null check (mode in ('sitting', 'closing')), on_date date not null,
  starts_at text check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'), place text check (length(place) <= 100),
  cut_off_on date not null, chair_id uuid references person,
  phase text not null default 'planned' check (phase in ('planned', 'closed', 'sitting', 'held', 'cancelled')),
  invited_at timestamptz, closed_at timestamptz, begun_at timestamptz, ended_at timestamptz,
  created_by uuid not null references person, created_at timestamptz not null default now(),
  primary key (network_id, id), check (cut_off_on <= on_date), check (phase <> 'closed' or (closed_at is not null and invited_at is not null)),
  check (phase not in ('sitting', 'held') or (closed_at is not null and begun_at is not null)), check ((phase = 'held') = (ended_at is not null))
);
create unique index on meeting (network_id, on_date) where phase <> 'cancelled';
create index on meeting (on_date) where phase in ('planned', 'closed', 'sitting');
select classify('meeting', 'C1', 'network_id id mode on_date starts_at place cut_off_on chair_id phase invited_at closed_at begun_at ended_at created_by created_at');

-- What became of the date, and why.
create table meeting_event (
  network_id uuid not null, id uuid not null default gen_random_uuid(), meeting_id uuid not null,
  kind text not null check (kind in ('moved', 'cancelled')), was_on date not null, reason_sealed bytea not null,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(),
  primary key (network_id, id), foreign key (network_id, meeting_id) references meeting (network_id, id)
);
create index on meeting_event (meeting_id);
select classify('meeting_event', 'C1', 'network_id id meeting_id kind was_on recorded_by recorded_at');
select classify('meeting_event', 'C3', 'reason_sealed');

-- One case on the agenda of one meeting. Without `added_by` it came by itself when the agenda closed.
create table agenda_item (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid() unique, meeting_id uuid not null,
  kind text not null check (kind in ('new', 'carried', 'action', 'twelve', 'added')), position int not null, late boolean not null default false,
  reason_sealed bytea, added_by uuid references person, added_at timestamptz not null default now(),
  removed_by uuid references person, removed_at timestamptz, removal_sealed bytea,
  outcome text check (outcome in ('planned', 'carried', 'no_action')), heard_by uuid references person, heard_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id),
  foreign key (network_id, meeting_id) references meeting (network_id, id),
  check (kind <> 'added' or reason_sealed is not null), check (not late or reason_sealed is not null),
  check ((removed_by is null) = (removed_at is null) and (removed_by is null) = (removal_sealed is null)),
  check ((outcome is null) = (heard_at is null) and (outcome is null) = (heard_by is null)), check (removed_at is null or outcome is null)
);
create unique index on agenda_item (meeting_id, case_id) where removed_at is null;
create index on agenda_item (case_id, meeting_id);
select classify('agenda_item', 'C1', 'network_id case_id id meeting_id kind position late added_by added_at removed_by removed_at outcome heard_by heard_at');
select classify('agenda_item', 'C3', 'reason_sealed removal_sealed');

-- Twelve months after its last meeting a case stops being one that every agency keeps an eye on.
create table marac_flag_lift (
  network_id uuid not null, case_id uuid not null, id uuid not null default gen_random_uuid(),
  lifted_by uuid not null references person, lifted_at timestamptz not null default now(),
  primary key (network_id, case_id, id), foreign key (network_id, case_id) references case_file (network_id, id)
);
create index on marac_flag_lift (case_id);
select classify('marac_flag_lift', 'C1', 'network_id case_id id lifted_by lifted_at');

create trigger own_name before insert on agency_seat for each row execute function own_name('recorded_by');
create trigger set_once before update on agency_seat for each row execute function set_once('superseded_at');
create trigger own_name before insert on network_rhythm for each row execute function own_name('recorded_by');
create trigger own_name before insert on meeting for each row execute function own_name('created_by');
create trigger own_name before insert on meeting_event for each row execute function own_name('recorded_by');
create trigger own_name before insert or update on agenda_item for each row execute function own_name('added_by', 'removed_by', 'heard_by');
create trigger own_name before insert on marac_flag_lift for each row execute function own_name('lifted_by');
create trigger set_once before update on meeting for each row execute function set_once('invited_at', 'closed_at', 'begun_at', 'ended_at');
create trigger set_once before update on agenda_item for each row execute function set_once('removed_by', 'removed_at', 'removal_sealed', 'heard_by', 'heard_at');

-- A meeting goes one way: planned, agenda closed, under way, held; or cancelled before it began. The agenda is closed by the function below
-- alone, so that no case is left off. What has begun is neither moved nor cancelled.
create function meeting_goes() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.phase <> new.phase and not (old.phase || '>' || new.phase = any (array['planned>cancelled', 'closed>cancelled', 'closed>sitting', 'sitting>held'])
    or (old.phase || '>' || new.phase = 'planned>closed' and current_user not in ('tugivork_read', 'tugivork_write'))) then
    raise exception 'a meeting does not go from % to %', old.phase, new.phase using errcode = '42501';
  end if;
  if (old.on_date, old.cut_off_on, old.mode) is distinct from (new.on_date, new.cut_off_on, new.mode) and old.phase not in ('planned', 'closed') then
    raise exception 'a meeting that has begun is not moved' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger meeting_goes before update on meeting for each row execute function meeting_goes();

-- Whoever adds after the agenda has closed says why; the line says that it came late. Nothing is added to what is over.
create function agenda_item_late() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare of_meeting meeting;
begin
  select * into of_meeting from meeting where network_id = new.network_id and id = new.meeting_id for share;
  if of_meeting.phase in ('held', 'cancelled') then raise exception 'this agenda is over' using errcode = '42501'; end if;
  if new.added_by is not null and new.removed_at is null then
    new.late := of_meeting.phase <> 'planned' or of_meeting.cut_off_on < (now() at time zone 'Europe/Tallinn')::date;
  end if;
  return new;
end $$;
create trigger agenda_item_late before insert on agenda_item for each row execute function agenda_item_late();

-- Which cases belong on this agenda by themselves: told once, for the list that is looked at and for the one that is closed. Of several
-- meetings ahead only the next one gathers. A case without a ground is on no agenda.
create function agenda_due(the_meeting uuid) returns table (case_id uuid, kind text, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from (
    select c.id as case_id, case
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

-- The same for whoever looks: of their own network, or the coordinator; never a case behind a wall.
create function agenda_candidates(the_meeting uuid) returns table (case_id uuid, kind text, last_on date)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.case_id, d.kind, d.last_on from agenda_due(the_meeting) d, meeting m
  where m.id = the_meeting and not d.case_id = any ((select auth_walled())::uuid[]) and not shut_case(d.case_id, auth_led())
    and ((m.network_id = any (auth_networks()) and (has_role('lead') or m.invited_at is not null)) or has_role('coordinator'))
$$;

-- Closes the agenda: what belongs there by itself is there from now on, whoever stands before whatever wall. By the lead, or by the process
-- after the last day. False where there is nothing to close.
create function agenda_close(the_meeting uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare m meeting;
begin
  select * into m from meeting where id = the_meeting and phase = 'planned' for update;
  if m.id is null or not coalesce((has_role('lead') and m.network_id = any (auth_networks()))
    or (has_role('system') and m.cut_off_on < (now() at time zone 'Europe/Tallinn')::date), false) then return false; end if;
  insert into agenda_item (network_id, case_id, meeting_id, kind, position)
  select m.network_id, d.case_id, m.id, d.kind, coalesce((select max(position) from agenda_item where meeting_id = m.id), 0)
    + row_number() over (order by array_position(array['new', 'action', 'carried', 'twelve'], d.kind), c.number)
  from agenda_due(the_meeting) d join case_file c on c.id = d.case_id;
  update meeting set phase = 'closed', closed_at = now(), invited_at = coalesce(invited_at, now()) where id = m.id;
  return true;
end $$;
