-- What is left of the words about a meeting that was waited for, when its case or its support person is erased?
set local role tugivork_owner;

-- As before; and how she was to be reached, and what was noted when she was: closed by the process, not by the key that was destroyed.
create or replace function erase_case(the_case uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare c record;
begin
  perform destroy_keys(array[the_case]);
  -- Closed by the process, not by the key that was destroyed.
  update case_transfer set answer_sealed = null where case_id = the_case;
  update watch_finding set words_sealed = null where case_id = the_case;
  update outing set reach_sealed = null, note_sealed = null where case_id = the_case;
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

-- As before; and the same words.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer
    -- What was said in a group is the others' too.
    union all select p.session_id from supervision_participant p where p.volunteer_id = the_volunteer
      and not exists (select from supervision_participant o where o.session_id = p.session_id and o.volunteer_id <> the_volunteer)
    union all select id from wellbeing_checkin where volunteer_id = the_volunteer
    union all select id from reference_request where volunteer_id = the_volunteer
    union all select id from expense where volunteer_id = the_volunteer and decision is distinct from 'approved'));
  update application set facts_sealed = null, email_index = null, remark_sealed = null, erased_at = coalesce(erased_at, now())
    where id = the_volunteer or volunteer_id = the_volunteer;
  update recruitment_step set note = null where volunteer_id = the_volunteer;
  update reference_request set referee_sealed = null, answers_sealed = null, token_hash = null, revoked_at = coalesce(revoked_at, now())
    where volunteer_id = the_volunteer;
  update outing set reach_sealed = null, note_sealed = null where volunteer_id = the_volunteer;
  update paper set facts_sealed = null where volunteer_id = the_volunteer;
  update paper_signed set file_sealed = null, signatures_sealed = null where volunteer_id = the_volunteer;
  update expense set words_sealed = null, receipt_sealed = null, reason_sealed = null, forgotten_at = coalesce(forgotten_at, now())
    where volunteer_id = the_volunteer and decision is distinct from 'approved';
  select person_id into account from volunteer where id = the_volunteer;
  update volunteer set name = code, search_name = lower(code), email = null, phone = null, birth_year = null, sex = null,
    personal_code_sealed = null, personal_code_index = null, occupation = null, municipality_code = null, child_contact_reason = null,
    availability = null, notes = null, import_key = null, version = version + 1 where id = the_volunteer;
  update volunteer_status set reason = null where volunteer_id = the_volunteer;
  update volunteer_tie set reason = '–' where volunteer_id = the_volunteer;
  update month_report_event set remark = '–' where remark is not null
    and report_id in (select id from month_report where volunteer_id = the_volunteer);
  update assignment set rationale = null, override_reason = null where volunteer_id = the_volunteer;
  -- The account goes with the volunteer, unless the person does something else here too.
  if account is null or exists (select from person_role where person_id = account and role <> 'volunteer' and valid_to >= current_date) then return; end if;
  update person set name = (select code from volunteer where id = the_volunteer), email = 'kustutatud-' || id || '@localhost.invalid',
    phone = null, status = 'disabled' where id = account;
  update credential set password_hash = '', totp_sealed = null, totp_confirmed_at = null where person_id = account;
  delete from passkey where person_id = account;
  update session set ended_at = now(), ended_why = 'disabled', device = null where person_id = account and ended_at is null;
end $$;
