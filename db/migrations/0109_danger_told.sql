-- When a support person tells of a danger, does the next look at the risk move near, as after an incident?
set local role tugivork_owner;

-- Whoever tells of a danger writes no task of the case herself: she names the day that the settings give, in the very transaction in which she tells of it.
-- Nobody has assessed yet: the first assessment is the next step anyway. What is due sooner stays.
create function danger_near(the_concern uuid, the_day date) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare told concern;
begin
  select * into told from concern c where c.id = the_concern and c.kind = 'danger' and c.raised_by = auth_person() and c.raised_at >= now()
    and c.case_id <> all (auth_walled());
  if told.id is null or not exists (select from assessment a where a.case_id = told.case_id and a.state <> 'draft' and a.superseded_at is null)
    or exists (select from case_task t where t.case_id = told.case_id and t.kind = 'assess-again' and t.done_at is null and t.due_on <= the_day) then
    return;
  end if;
  update case_task set done_at = now(), done_by = told.raised_by where case_id = told.case_id and kind = 'assess-again' and done_at is null;
  insert into case_task (network_id, case_id, kind, due_on) values (told.network_id, told.case_id, 'assess-again', the_day);
end $$;
