-- Until when is a supervisor let into a case by herself, and who judges an emergency where there is neither a lead nor an auditor? (docs/decisions/0016)
set local role tugivork_owner;

-- Whom she guides, or has guided until that day or later; those for whom she steps in only as far as the one whose place it is may know. Since for ever: -infinity.
drop function auth_guided();
create function auth_guided(since date) returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare guided uuid[] := auth_supervisees(); deputed uuid[]; behind uuid[];
begin
  if guided = '{}' then return '{}'; end if;
  deputed := auth_deputed();
  behind := case when deputed = '{}' then '{}' else auth_behind() end;
  return (select coalesce(array_agg(case_id), '{}') from assignment
    where volunteer_id = any (guided) and status in ('active', 'ended') and not case_id = any ((select auth_walled())::uuid[])
      and coalesce(end_on, case when status = 'active' then 'infinity'::date else '-infinity'::date end) >= since
      and not (volunteer_id = any (deputed) and case_id = any (behind)));
end $$;

-- How many days after the end of a support she is still let in alone; no setting makes it wider than three months.
alter table setting drop constraint setting_emergency, add constraint setting_emergency check (case name
  when 'glassMinutes' then (value #>> '{}')::int between 5 and 60 when 'glassUses' then (value #>> '{}')::int between 1 and 3
  when 'glassDays' then (value #>> '{}')::int between 30 and 90 when 'glassReviewDays' then (value #>> '{}')::int between 0 and 1
  when 'glassGuidedDays' then (value #>> '{}')::int between 0 and 90 else true end);

-- As before; but alone ('opened') only while she guides and for so many days afterwards. Later she asks as everybody does, with a second person; whoever never guided there
-- hears the same as of a number that there is not.
create or replace function glass_ask(the_number text, the_reason text, words bytea, review_due date) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); found case_file; standing text := glass_standing(auth_person()); guided boolean; alone boolean;
begin
  if me is null or not has_role('lead', 'member', 'supervisor') or not auth_fresh()
    or review_due not between (now() at time zone 'Europe/Tallinn')::date and (now() at time zone 'Europe/Tallinn')::date + 14 then
    raise exception 'not for you' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('glass/' || me::text, 0));
  if standing <> 'may' then return standing; end if;
  select * into found from case_file where number = the_number and not id = any ((select auth_walled())::uuid[]);
  guided := has_role('supervisor') and coalesce(found.id = any (auth_guided('-infinity')), false);
  alone := guided and found.id = any (auth_guided((now() at time zone 'Europe/Tallinn')::date - least(setting_now('glassGuidedDays', 30), 90)));
  if not guided and not has_role('lead', 'member') then return 'none'; end if;
  if not alone and found.network_id = any (auth_networks()) and not shut_case(found.id, auth_led()) then return 'seen'; end if;
  insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, review_due_on, opened_at, until)
  values (me, the_number, found.network_id, found.id, the_reason, words, not alone, review_due, case when alone then now() end,
    case when alone then now() + make_interval(mins => least(glass_limit('glassMinutes', 60), 60)) end);
  return case when alone then 'opened' else 'asked' end;
end $$;

-- Who judges it: the auditors and the leads of the case's network, who neither used it nor agreed and before whom no wall stands; where there is nobody of them, the
-- administrators, so that somebody always hears and can.
create function glass_judges_of(b break_glass) returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with held as (
    select r.person_id, r.role = 'admin' as stands_by from person_role r join person p on p.id = r.person_id
    where p.status = 'active' and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to
      and (r.role in ('auditor', 'admin') or (r.role = 'lead' and r.network_id = b.network_id))
      and r.person_id <> b.person_id and r.person_id is distinct from b.second_by
      and not exists (select from wall w where w.person_id = r.person_id and w.case_id = b.case_id and wall_holds(w)))
  select coalesce(array_agg(distinct h.person_id), '{}') from held h where not h.stands_by or not exists (select from held o where not o.stands_by)
$$;
create function glass_judges(b break_glass) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select b.opened_at is not null and auth_in_person() and has_role('auditor', 'lead', 'admin') and auth_person() = any (glass_judges_of(b))
$$;
-- For the process, which tells them.
create function glass_to_tell(the_glass uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select glass_judges_of(b) from break_glass b where b.id = the_glass and has_role('system')
$$;

create or replace function glass_review(the_glass uuid, the_outcome text, words bytea) returns boolean
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with done as (update break_glass b set reviewed_by = auth_person(), reviewed_at = now(), outcome = the_outcome, review_sealed = words
    where b.id = the_glass and b.opened_at is not null and (b.ended_at is not null or b.until <= now()) and b.reviewed_at is null
      and not b.case_id = any ((select auth_walled())::uuid[]) and glass_judges(b) returning 1)
  select exists (select 1 from done)
$$;

-- As before, and that term.
create or replace function settings_of_two() returns table (name text, loose text, standard jsonb, most int) language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  values ('paperYears', 'either', '7'::jsonb, null::int), ('talkMonths', 'either', '12', null), ('volunteerYears', 'either', '7', null), ('refusedMonths', 'either', '6', null),
    ('fieldKeepDays', 'more', '14', null), ('fieldListDays', 'more', '60', null), ('referralShownMonths', 'more', '12', null), ('smallCount', 'less', '5', null),
    ('revealMinutes', 'more', '1', null), ('planLookMinutes', 'more', '5', null), ('revealsPerDay', 'more', '10', 30), ('looksPerMinute', 'more', '120', 240),
    ('exportsPerDay', 'more', '10', 30), ('searchesPerHour', 'more', '120', 300), ('codesPerDay', 'more', '20', 60), ('findsPerDay', 'more', '20', 60),
    ('linksToldPerDay', 'more', '30', 100), ('invitationsPerDay', 'more', '100', 200), ('uploadsPerDay', 'more', '20', 60), ('keyChangesPerDay', 'more', '10', 30),
    ('referralsPerDay', 'more', '20', 60), ('applicationsPerHour', 'more', '5', 30), ('applicationsPerDay', 'more', '200', 1000), ('referenceTriesPerHour', 'more', '20', 60),
    ('glassMinutes', 'more', '60', null), ('glassUses', 'more', '3', null), ('glassDays', 'less', '30', null), ('glassReviewDays', 'more', '1', null), ('glassGuidedDays', 'more', '30', null),
    ('planSelfApproval', 'yes', '"no"', null), ('oidcAcr', 'substantial', '"high"', null), ('invitationDays', 'more', '7', null),
    ('fieldTries', 'more', '10', null), ('fieldLockMinutes', 'more', '5', null), ('fieldPinDigits', 'less', '6', null)
$$;
