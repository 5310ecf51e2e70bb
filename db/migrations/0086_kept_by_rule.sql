-- How long is kept what somebody leaves behind who has helped, who sees that the time is over, and how do two people erase it (R27)?
set local role tugivork_owner;

-- Words may go before the record does: what was said in the talks at the beginning and at the end.
alter table interview alter column answers_sealed drop not null;
alter table exit_talk alter column answers_sealed drop not null;

-- `talks`: words about somebody who left, and to her · `papers`: of contract and of money, the years of the rule after they ended · `volunteer`: the record itself.
alter table erasure drop constraint erasure_kind_check, add constraint erasure_kind_check check (kind in ('case', 'volunteer', 'talks', 'papers'));
drop index erasure_owner_id_idx;
create unique index on erasure (owner_id, kind) where outcome is null;

-- What was said with a volunteer, by her and to her: interviews, references, the talk at the end, check-ins, talks with her alone, messages and notes.
-- That there was each of them stays.
create function erase_talks(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform destroy_keys(array(select p.session_id from supervision_participant p where p.volunteer_id = the_volunteer
      and not exists (select from supervision_participant o where o.session_id = p.session_id and o.volunteer_id <> the_volunteer)
    union all select id from wellbeing_checkin where volunteer_id = the_volunteer
    union all select id from reference_request where volunteer_id = the_volunteer));
  update interview set answers_sealed = null where volunteer_id = the_volunteer and answers_sealed is not null;
  update exit_talk set answers_sealed = null where volunteer_id = the_volunteer and answers_sealed is not null;
  update reference_request set referee_sealed = null, answers_sealed = null, token_hash = null, revoked_at = coalesce(revoked_at, now())
    where volunteer_id = the_volunteer;
  update recruitment_step set note = null where volunteer_id = the_volunteer and note is not null;
  update volunteer_status set reason = null, remark_sealed = null where volunteer_id = the_volunteer;
  update message_copy set title = '–', body = '–' where volunteer_id = the_volunteer;
  update volunteer set notes = null, availability = null, version = version + 1 where id = the_volunteer and coalesce(notes, availability) is not null;
end $$;
create function talks_left(the_volunteer uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from interview where volunteer_id = the_volunteer and answers_sealed is not null)
    or exists (select from exit_talk where volunteer_id = the_volunteer and answers_sealed is not null)
    or exists (select from reference_request where volunteer_id = the_volunteer and (referee_sealed is not null or answers_sealed is not null))
    or exists (select from message_copy where volunteer_id = the_volunteer and body <> '–')
    or exists (select from sealed_key k join wellbeing_checkin w on w.id = k.owner_id where w.volunteer_id = the_volunteer and k.wrapped is not null)
    or exists (select from sealed_key k join supervision_participant p on p.session_id = k.owner_id where p.volunteer_id = the_volunteer and k.wrapped is not null
      and not exists (select from supervision_participant o where o.session_id = p.session_id and o.volunteer_id <> the_volunteer))
$$;

-- The day from which papers of contract and of money that ended before are not kept any more, seen on a day.
create function papers_before(on_day date) returns date language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select make_date(extract(year from on_day)::int - setting_now('paperYears', 7), 1, 1)
$$;
-- The day on which each paper and claim of somebody ended of which more is kept than that there was one; nothing where it still holds.
create function papers_kept(the_volunteer uuid) returns table (over date) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (coalesce(e.decided_at, e.withdrawn_at, e.sent_at) at time zone 'Europe/Tallinn')::date from expense e
    where e.volunteer_id = the_volunteer and e.forgotten_at is null
  union all
  select least((s.superseded_at at time zone 'Europe/Tallinn')::date, paper_over(s.paper_id)) from paper_signed s
    where s.volunteer_id = the_volunteer and (s.file_sealed is not null or s.signatures_sealed is not null)
  union all
  select paper_over(p.id) from paper p where p.volunteer_id = the_volunteer and p.facts_sealed is not null
$$;

-- Until now the process forgot papers by itself, without a word in the log and without a second person.
drop function papers_forget();
create function papers_forget(the_volunteer uuid, on_day date) returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare last_day date := papers_before(on_day); done int; more int; claims uuid[];
begin
  select coalesce(array_agg(id), '{}') into claims from expense where volunteer_id = the_volunteer and forgotten_at is null
    and (coalesce(decided_at, withdrawn_at, sent_at) at time zone 'Europe/Tallinn')::date < last_day;
  perform destroy_keys(claims);
  update expense set words_sealed = null, receipt_sealed = null, reason_sealed = null, forgotten_at = now() where id = any (claims);
  update paper_signed s set file_sealed = null, signatures_sealed = null
    where s.volunteer_id = the_volunteer and (s.file_sealed is not null or s.signatures_sealed is not null)
      and ((s.superseded_at at time zone 'Europe/Tallinn')::date < last_day or paper_over(s.paper_id) < last_day);
  get diagnostics done = row_count;
  update paper p set facts_sealed = null where p.volunteer_id = the_volunteer and p.facts_sealed is not null and paper_over(p.id) < last_day;
  get diagnostics more = row_count;
  return cardinality(claims) + done + more;
end $$;

-- Whose time is over, and since when. The record of somebody who left waits until no paper of hers has to be kept any more; whoever came back has not left;
-- whoever never began is forgotten by erase_applicants().
create function retention() returns table (kind text, owner_id uuid, label text, since date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare day date := (now() at time zone 'Europe/Tallinn')::date; months int := setting_now('talkMonths', 12); years int := setting_now('volunteerYears', 7);
  paper_years int := setting_now('paperYears', 7); before date := papers_before(day);
begin
  return query
  with gone as (select v.id, v.code, v.name, l.from_on as left_on from volunteer v cross join lateral (select s.from_on from volunteer_status s
      where s.volunteer_id = v.id and s.status = 'ended' order by s.from_on desc, s.recorded_at desc limit 1) l
    where v.status = 'ended' and exists (select from volunteer_status s where s.volunteer_id = v.id and s.status in ('active', 'paused')))
  select 'talks', g.id, g.code, (g.left_on + make_interval(months => months))::date from gone g
    where g.left_on + make_interval(months => months) <= day and talks_left(g.id)
  union all
  select 'papers', v.id, v.code, make_date(extract(year from o.over)::int + paper_years + 1, 1, 1) from volunteer v
    cross join lateral (select min(k.over) as over from papers_kept(v.id) k where k.over < before) o where o.over is not null
  union all
  select 'volunteer', g.id, g.code, make_date(extract(year from g.left_on)::int + years + 1, 1, 1) from gone g
    where g.name <> g.code and make_date(extract(year from g.left_on)::int + years + 1, 1, 1) <= day
      and not exists (select from papers_kept(g.id) k where k.over is null or k.over >= before);
end $$;

-- What nobody has asked to erase yet; what two people have decided to keep is looked at again after a year.
create function erasures_due() returns table (kind text, owner_id uuid, label text, since date)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('coordinator', 'auditor', 'system') then return; end if;
  return query select r.* from retention() r where not exists (select from erasure e where e.owner_id = r.owner_id and e.kind = r.kind
    and (e.outcome is null or (e.outcome = 'refused' and e.decided_at > now() - interval '1 year'))) order by r.since, r.label, r.kind;
end $$;
create function erasure_is_due(the_kind text, the_owner uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select has_role('coordinator', 'auditor') and exists (select from retention() r where r.kind = the_kind and r.owner_id = the_owner)
$$;

-- As before; what is erased because its time is over must still be due when the second person says yes.
create or replace function decide_erasure(request uuid, yes boolean) returns table (kind text, owner_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare asked erasure; me uuid := auth_person();
begin
  perform pg_advisory_xact_lock(4713);
  select * into asked from erasure where id = request and outcome is null and not owner_id = any ((select auth_walled())::uuid[]) for update;
  if asked.id is null or asked.asked_by = me or not erasure_mine(asked.kind, asked.network_id, case asked.asked_as when 'auditor' then 'keeper' else 'auditor' end)
    or (yes and asked.ground = 'term' and asked.kind <> 'case' and not erasure_is_due(asked.kind, asked.owner_id))
  then raise exception 'not yours to decide' using errcode = 'P0002'; end if;
  update erasure set decided_by = me, decided_at = now(), outcome = case when yes then 'done' else 'refused' end where id = request;
  if yes and asked.kind = 'case' then perform erase_case(asked.owner_id); end if;
  if yes and asked.kind = 'volunteer' then perform erase_volunteer(asked.owner_id); end if;
  if yes and asked.kind in ('volunteer', 'talks') then perform erase_talks(asked.owner_id); end if;
  if yes and asked.kind = 'papers' then perform papers_forget(asked.owner_id, (now() at time zone 'Europe/Tallinn')::date); end if;
  return query select asked.kind, asked.owner_id;
end $$;

-- As before; and whoever comes by the link of a call whose time is over, or has not begun, has not come through it.
create or replace function door_apply(the_id uuid, once uuid, master text, key bytea, facts bytea, email bytea, county text, tongues text[], tongue text,
  heard text, call text, address bytea, letter bytea) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare wait int; day date := (now() at time zone 'Europe/Tallinn')::date;
begin
  perform pg_advisory_xact_lock(4717);
  if exists (select from application where once_key = once) then return 0; end if;
  delete from application_try where at < now() - interval '1 day';
  wait := apply_wait(address);
  if wait > 0 then return wait; end if;
  insert into application_try (address_key) values (address);
  insert into sealed_key (kind, owner_id, master_id, wrapped) values ('volunteer', the_id, master, key);
  insert into application (id, once_key, facts_sealed, email_index, county_code, languages, locale, source, campaign_id)
    values (the_id, once, facts, email, county, tongues, tongue, heard, (select id from campaign where code = call and day between from_on and until_on));
  insert into mail_outbox (kind, to_sealed, locale, unique_key)
    values ('application', letter, tongue, 'application/' || encode(email, 'hex') || '/' || day)
    on conflict do nothing;
  perform audit_append('recruitment.apply', 'application', the_id::text, null, null, 'done', '{}', null, null);
  return 0;
end $$;
