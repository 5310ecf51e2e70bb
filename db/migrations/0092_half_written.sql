-- What is left of a case that was erased in what somebody had begun to write about it?
set local role tugivork_owner;

-- As before; and what was typed on its pages and never sent.
create or replace function erase_case(the_case uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c record;
begin
  perform destroy_keys(array[the_case]);
  -- Closed by the process, not by the key that was destroyed.
  update case_transfer set answer_sealed = null where case_id = the_case;
  update watch_finding set words_sealed = null where case_id = the_case;
  update outing set reach_sealed = null, note_sealed = null where case_id = the_case;
  -- What somebody was in the middle of typing on a page of it, of a support in it, or of what whoever helped wrote of it.
  delete from draft where exists (select from (select the_case as id union all select id from assignment where case_id = the_case
    union all select id from visit where case_id = the_case union all select id from concern where case_id = the_case) one
    where form like '%/' || one.id || '%');
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
