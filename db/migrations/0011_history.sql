-- Who wrote this, when, and may it still be changed? The same three answers for every table with a history.
set local role tugivork_owner;

-- People write in their own name and at the time of the database; what the process or a migration lays down is not asked.
create function own_name() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare made jsonb; was jsonb; col text; me text;
begin
  if current_user <> 'tugivork_write' then return new; end if;
  made := to_jsonb(new);
  was := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
  me := auth_person()::text;
  foreach col in array tg_argv loop
    if made ->> col is not null and made ->> col is distinct from was ->> col and made ->> col is distinct from me then
      raise exception 'not in your own name: %', col using errcode = '42501';
    end if;
  end loop;
  foreach col in array array['recorded_at', 'created_at', 'raised_at'] loop
    if tg_op = 'INSERT' and (made ->> col)::timestamptz not between now() - interval '5 seconds' and clock_timestamp() then
      raise exception 'not the time of the database: %', col using errcode = '42501';
    end if;
  end loop;
  return new;
end $$;

-- What has once been set aside, answered or done stays so.
create function set_once() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare made jsonb; was jsonb; col text;
begin
  if current_user not in ('tugivork_write', 'tugivork_definer') then return new; end if;
  made := to_jsonb(new);
  was := to_jsonb(old);
  foreach col in array tg_argv loop
    if was ->> col is not null and made ->> col is distinct from was ->> col then
      raise exception 'set once: %', col using errcode = '42501';
    end if;
  end loop;
  return new;
end $$;

create trigger own_name before insert or update on case_file for each row execute function own_name('created_by', 'consent_recorded_by');
create trigger own_name before insert on case_person for each row execute function own_name('recorded_by');
create trigger own_name before insert on case_whereabouts for each row execute function own_name('recorded_by');
create trigger own_name before insert on case_brief for each row execute function own_name('recorded_by');
create trigger own_name before insert on assessment for each row execute function own_name('prepared_by');
create trigger own_name before insert or update on case_task for each row execute function own_name('done_by');
create trigger own_name before insert on need for each row execute function own_name('created_by');
create trigger own_name before insert on need_event for each row execute function own_name('recorded_by');
create trigger own_name before insert on assignment for each row execute function own_name('created_by');
create trigger own_name before insert on assignment_event for each row execute function own_name('recorded_by');
create trigger own_name before insert on volunteer for each row execute function own_name('created_by');
create trigger own_name before insert on volunteer_evidence for each row execute function own_name('recorded_by');
create trigger own_name before insert on volunteer_status for each row execute function own_name('recorded_by');
create trigger own_name before insert on visit for each row execute function own_name('recorded_by');
create trigger own_name before insert or update on concern for each row execute function own_name('raised_by', 'seen_by', 'answered_by', 'closed_by');
create trigger own_name before insert on month_report_event for each row execute function own_name('recorded_by');

create trigger set_once before update on case_person for each row execute function set_once('superseded_at');
create trigger set_once before update on case_whereabouts for each row execute function set_once('superseded_at');
create trigger set_once before update on case_brief for each row execute function set_once('superseded_at');
create trigger set_once before update on assessment for each row execute function set_once('superseded_at');
create trigger set_once before update on case_task for each row execute function set_once('done_at', 'done_by');
create trigger set_once before update on volunteer for each row execute function set_once('person_id');
create trigger set_once before update on volunteer_evidence for each row execute function set_once('superseded_at', 'superseded_reason');
create trigger set_once before update on visit for each row execute function set_once('superseded_at', 'superseded_reason');
create trigger set_once before update on concern for each row
  execute function set_once('seen_at', 'seen_by', 'answered_at', 'answered_by', 'answer_sealed', 'closed_at', 'closed_by');
create trigger set_once before update on import_batch for each row execute function set_once('decided_at');
