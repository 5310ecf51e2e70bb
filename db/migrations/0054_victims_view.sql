-- What does she want and fear herself, asked before her case is spoken of, and who tells her afterwards what was decided?
set local role tugivork_owner;

-- One row a case and meeting: what she said, who asked her, when and in which way – nobody of the core group is named where her support person
-- asked – or why she was not asked. A later word takes the place of an earlier one, which stays.
create table victim_view (
  network_id uuid not null, case_id uuid not null references case_file (id), id uuid not null default gen_random_uuid(), meeting_id uuid not null,
  asked_on date, way text check (way in ('call', 'text', 'email', 'in_person', 'through')), asked_by uuid references person,
  wants_sealed bytea, fears_sealed bytea, safer_sealed bytea, not_asked_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), superseded_at timestamptz,
  primary key (network_id, case_id, id), foreign key (network_id, meeting_id) references meeting (network_id, id),
  check ((wants_sealed is null) <> (not_asked_sealed is null)), check ((wants_sealed is null) = (asked_on is null) and (asked_on is null) = (way is null)),
  check (wants_sealed is not null or (asked_by is null and fears_sealed is null and safer_sealed is null)),
  check (asked_on <= (recorded_at at time zone 'Europe/Tallinn')::date)
);
create unique index on victim_view (meeting_id, case_id) where superseded_at is null;
create index on victim_view (case_id);
select classify('victim_view', 'C1', 'network_id case_id id meeting_id asked_on way asked_by recorded_by recorded_at superseded_at');
select classify('victim_view', 'C3', 'wants_sealed fears_sealed safer_sealed not_asked_sealed');
create trigger own_name before insert on victim_view for each row execute function own_name('recorded_by');
create trigger set_once before update on victim_view for each row execute function set_once('superseded_at');

-- Of which cases she was asked, or not for a reason: for whoever sees the agenda, without a word of hers.
create function views_known(the_meeting uuid) returns table (case_id uuid, asked boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select v.case_id, v.asked_on is not null from victim_view v join meeting m on m.id = v.meeting_id
  where v.meeting_id = the_meeting and v.superseded_at is null and not v.case_id = any ((select auth_walled())::uuid[]) and not shut_case(v.case_id, auth_led())
    and (m.network_id = any (auth_led()) or (m.network_id = any (auth_networks()) and m.invited_at is not null) or has_role('coordinator'))
$$;

-- Of which cases that are or will be on this agenda nothing is written down: for whoever asks her, and for the process that reminds. What is
-- there only because twelve months have passed is not spoken of with her.
create function views_missing(the_meeting uuid) returns table (case_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select x.case_id from meeting m cross join lateral (
      select i.case_id from agenda_item i where i.meeting_id = m.id and i.removed_at is null and i.outcome is null and i.kind <> 'twelve'
      union all select d.case_id from agenda_due(m.id) d where d.kind <> 'twelve') x
  where m.id = the_meeting and m.phase in ('planned', 'closed', 'sitting')
    and (m.network_id = any (auth_led()) or m.network_id::text || '/victim_support' = any (auth_seats()) or has_role('system'))
    and not x.case_id = any ((select auth_walled())::uuid[]) and not shut_case(x.case_id, auth_led())
    and not exists (select from victim_view v where v.meeting_id = m.id and v.case_id = x.case_id and v.superseded_at is null)
$$;

-- After a decision somebody tells her: an action of its own, once a case and meeting. It is done or it became impossible; that nobody did it is no end.
alter table case_action add column kind text not null default 'action' check (kind in ('action', 'update'));
alter table case_action add check (kind <> 'update' or (meeting_id is not null and state <> 'not_done'));
create unique index on case_action (meeting_id, case_id) where kind = 'update';
select classify('case_action', 'C1', 'kind');

-- She was told in a way that had been looked at before (judgeContact), or it was not done.
create function update_was_planned() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from contact_plan p where p.case_id = new.case_id and p.action_id = new.id and p.withdrawn_at is null) then
    raise exception 'how to reach her was not planned' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger update_was_planned before update of state on case_action
  for each row when (new.kind = 'update' and new.state = 'done' and old.state = 'open') execute function update_was_planned();
