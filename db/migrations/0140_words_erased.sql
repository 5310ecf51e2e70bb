-- What is left of a case that was erased in words that its own key did not close, and who gives it another key when it is closed?
set local role tugivork_owner;

-- What was judged of an emergency is said once; only an erasure takes the words away.
drop trigger set_once on break_glass;
create trigger set_once before update on break_glass for each row execute function
  set_once('second_by', 'second_at', 'refused_by', 'refused_at', 'opened_at', 'until', 'ended_at', 'reviewed_by', 'reviewed_at', 'outcome');
create trigger said_once before update on break_glass for each row when (new.review_sealed is distinct from '') execute function set_once('review_sealed');

-- Free text about a case that the process closed outlives the key of the case, so it is taken away. Where a column always has words it is left empty,
-- which opens with no key and is shown as erased. What is of several cases goes with the last of them.
create function erase_words(the_case uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare t text; more uuid[]; ids uuid[] := array[the_case];
begin
  update case_transfer set answer_sealed = null where case_id = the_case;
  update watch_finding set words_sealed = null where case_id = the_case;
  update outing set reach_sealed = null, note_sealed = null where case_id = the_case;
  update reveal set purpose_sealed = '' where case_id = the_case;
  -- Also what somebody asked before whom a wall stands, which names no case.
  update break_glass set words_sealed = '', review_sealed = case when review_sealed is not null then ''::bytea end
    where case_id = the_case or number = (select f.number from case_file f where f.id = the_case);
  update wall set lift_reason_sealed = '' where case_id = the_case and lift_reason_sealed is not null;
  update erasure set reason_sealed = '' where owner_id = the_case and kind = 'case';
  update outgoing_file set recipient_sealed = '', why_sealed = '' where id in (select c.file_id from outgoing_case c where c.case_id = the_case)
    and not exists (select from outgoing_case o join sealed_key k on k.owner_id = o.case_id where o.file_id = outgoing_file.id and o.case_id <> the_case and k.wrapped is not null);
  update minutes set reason_sealed = '' where reason_sealed is not null and meeting_id in (select i.meeting_id from agenda_item i where i.case_id = the_case)
    and not exists (select from agenda_item o join sealed_key k on k.owner_id = o.case_id
      where o.meeting_id = minutes.meeting_id and o.case_id <> the_case and o.removed_at is null and k.wrapped is not null);
  -- What somebody was in the middle of typing on a page of it, or of anything in it: a need, a support, an emergency, a request to erase it.
  for t in select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'audit_event'
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype and not a.attisdropped)
  loop
    execute format('select array_agg(id) from %I where case_id = $1', t) into more using the_case;
    ids := ids || more;
  end loop;
  ids := ids || (select array_agg(id) from erasure where owner_id = the_case and kind = 'case');
  delete from draft where exists (select from regexp_matches(form, '[0-9a-f]{8}-[0-9a-f-]{27}', 'g') m where m[1] = any (ids::text[]));
end $$;

-- As before; what the process closed about it is in one place now.
create or replace function erase_case(the_case uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c record;
begin
  perform destroy_keys(array[the_case]);
  perform erase_words(the_case);
  -- Also where nothing is compared any more: that somebody was tied to it, and by what kind.
  delete from conflict_pair where case_id = the_case;
  update volunteer_tie set reason = '–' where case_id = the_case;
  -- A support that runs ends, a question to a volunteer is taken back.
  insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, reason_code, recorded_by)
  select network_id, case_id, id, case status when 'active' then 'ended' else 'withdrawn' end, (now() at time zone 'Europe/Tallinn')::date,
    case status when 'active' then 'case_closed' else 'other' end, coalesce(auth_person(), created_by)
  from assignment where case_id = the_case and status in ('proposed', 'active');
  -- Nobody is reminded of it or looked for any more.
  update case_file set status = 'closed', version = version + 1 where id = the_case and status <> 'closed';
  update need set status = 'closed', version = version + 1 where case_id = the_case and status in ('open', 'proposed', 'declined');
  for c in
    select t.relname, a.attname, t.relname = 'case_file' as head from pg_class t join pg_attribute a on a.attrelid = t.oid
    where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and not a.attnotnull
      and a.attgenerated = '' and a.attname not like '%\_sealed' and col_description(t.oid, a.attnum) in ('C2', 'C3', 'C4')
      and (t.relname = 'case_file' or exists (select from pg_attribute o where o.attrelid = t.oid and o.attname = 'case_id'
        and exists (select from pg_attribute n where n.attrelid = t.oid and n.attname = 'network_id')))
  loop
    execute format('update %I set %I = null where %I = $1 and %2$I is not null', c.relname, c.attname,
      case when c.head then 'id' else 'case_id' end) using the_case;
  end loop;
end $$;

-- Cases that were erased before today. The policies, which close a table to its owner too, are put in force again after the migrations.
do $$
declare t text;
begin
  for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relforcerowsecurity loop
    execute format('alter table %I no force row level security', t);
  end loop;
end $$;
select erase_words(owner_id) from sealed_key where kind = 'case' and destroyed_at is not null;

-- As before; and those who could open it until now shall not be able to with what they may have kept: the process makes a new key, where none is waited for already.
-- What is written down as closed in the past (a case that nobody stands behind) got it then, if others did in those days: so it is told from no other.
create or replace function closing_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare made timestamptz := case when new.closed_at < now() then new.closed_at + interval '40 seconds' end;
begin
  update case_file set status = 'closed', version = version + 1 where id = new.case_id;
  update case_task set done_at = now(), done_by = new.closed_by where case_id = new.case_id and kind = 'assess-again' and done_at is null;
  insert into case_task (network_id, case_id, kind, due_on)
  select new.network_id, new.case_id, 'follow-up', (new.closed_on + make_interval(months => m))::date
  from (values (setting_now('followUpFirst', 3)), (setting_now('followUpSecond', 6)), (setting_now('followUpThird', 12))) f(m)
  where m > 0 and new.reason not in ('died', 'mistake', 'consent_withdrawn');
  if made is null or exists (select from key_change where why = 'closing' and asked_at <= new.closed_at) then
    insert into key_change (case_id, network_id, why, asked_by, asked_at, done_at)
    values (new.case_id, new.network_id, 'closing', new.closed_by, new.closed_at, made) on conflict do nothing;
    update sealed_key set changed_at = made where owner_id = new.case_id and kind = 'case' and made is not null;
  end if;
  return new;
end $$;

-- As before; and the key that it got when it was closed is nothing that anybody said of it.
create or replace function bait_retire(the_case uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not coalesce(has_role('auditor', 'system'), false) then raise exception 'not for you' using errcode = '42501'; end if;
  perform 1 from bait_case where case_id = the_case and retired_at is null and not case_id = any ((select auth_walled())::uuid[]) for update;
  if not found then return false; end if;
  begin
    delete from bait_case where case_id = the_case;
    delete from marac_flag_lift where case_id = the_case;
    delete from key_change k where k.case_id = the_case and k.asked_at in (select c.closed_at from case_closing c where c.case_id = the_case);
    delete from case_closing where case_id = the_case;
    delete from assessment where case_id = the_case;
    delete from case_basis where case_id = the_case;
    delete from case_known where case_id = the_case;
    delete from case_file where id = the_case;
    delete from sealed_key where owner_id = the_case;
  exception when foreign_key_violation then
    update bait_case set retired_at = now() where case_id = the_case;
  end;
  return true;
end $$;
