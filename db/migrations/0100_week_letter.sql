-- What waits this week for each who guides, as numbers alone, and who wants no letter about it?
set local role tugivork_owner;

alter table person add column week_letter boolean not null default true;
select classify('person', 'C1', 'week_letter');

-- The only letter with something in it that is not a sentence of ours: how many entries, reports, worries and talks wait.
alter table mail_outbox add column counts int[];
alter table mail_outbox add constraint mail_outbox_counts
  check (counts is null or (kind = 'week' and cardinality(counts) = 4 and 0 <= all (counts) and array_position(counts, null) is null));
select classify('mail_outbox', 'C1', 'counts');

-- That the letters of a week were written is kept beside what else is done to the installation as a whole.
alter table upkeep drop constraint upkeep_kind_check, add constraint upkeep_kind_check check (kind in ('backup', 'drill', 'restore', 'week'));
create unique index upkeep_week on upkeep ((note ->> 'monday')) where kind = 'week';

-- Whoever guides, with what waits for her today: of her own, but not while she is away; and of those for whom she has the duty, but for what does
-- not exist for her or for whom she stands in for. A talk waits when its day is over, planned or not.
create function week_waiting() returns table (person_id uuid, entries int, reports int, concerns int, talks int)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare day date := (now() at time zone 'Europe/Tallinn')::date;
begin
  if not has_role('system') then return; end if;
  return query
  with guides as (
    select v.supervisor_id as who, v.id as volunteer, null::uuid as instead_of from volunteer v
    union all select d.deputy_id, d.volunteer_id, d.supervisor_id from supervision_duties() d
  ), mine as (
    select g.who, g.volunteer, g.instead_of from guides g join volunteer v on v.id = g.volunteer join person p on p.id = g.who
    where p.week_letter and v.person_id is distinct from g.who and holds_in_person(g.who, 'supervisor', day)
      and not exists (select from supervision_absence x where x.supervisor_id = g.who and x.ended_at is null and day between x.from_on and x.to_on)
  ), waits as (
    select m.who, 'entry' as what from mine m join entries_unread() e on e.volunteer_id = m.volunteer and e.recorded_by <> m.who
      and not exists (select from wall w where w.case_id = e.case_id and w.person_id in (m.who, m.instead_of) and w.lifted_at is null)
    union all
    select m.who, 'report' from mine m join month_report r on r.volunteer_id = m.volunteer and r.status = 'submitted'
      join volunteer v on v.id = m.volunteer and v.status <> 'ended'
    union all
    select m.who, 'concern' from mine m join concern c on c.volunteer_id = m.volunteer and c.answered_at is null and c.closed_at is null
      and not exists (select from wall w where w.case_id = c.case_id and w.person_id in (m.who, m.instead_of) and w.lifted_at is null)
    union all
    select m.who, 'talk' from mine m join supervision_standing() s on s.volunteer_id = m.volunteer and s.due_on < day
      and (m.instead_of is not null or s.on_duty is null)
    union all
    select distinct on (m.who, s.id) m.who, 'talk' from mine m join supervision_participant p on p.volunteer_id = m.volunteer
      join supervision_session s on s.id = p.session_id and s.planned_on < day and s.held_on is null and s.called_off_at is null
      and (not s.shared or s.led_by = m.who)
  )
  select w.who, (count(*) filter (where w.what = 'entry'))::int, (count(*) filter (where w.what = 'report'))::int,
    (count(*) filter (where w.what = 'concern'))::int, (count(*) filter (where w.what = 'talk'))::int from waits w group by w.who;
end $$;

-- Writes the letters of a week, once, however often and by however many it is asked; answers how many.
create function week_letters(the_monday date) returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare written int;
begin
  if not has_role('system') then raise exception 'only the process' using errcode = '42501'; end if;
  insert into upkeep (kind, note) values ('week', jsonb_build_object('monday', the_monday)) on conflict do nothing;
  if not found then return 0; end if;
  insert into mail_outbox (person_id, kind, unique_key, counts)
  select w.person_id, 'week', 'week/' || the_monday || '/' || w.person_id, array[w.entries, w.reports, w.concerns, w.talks] from week_waiting() w
  on conflict do nothing;
  get diagnostics written = row_count;
  return written;
end $$;
