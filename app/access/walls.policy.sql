-- A case that somebody is tied to does not exist for them, whatever else they may: said once for every table that knows of a case.
do $$
declare t record;
begin
  for t in select c.oid::regclass as name, a.attname as col from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
      and (a.attname = 'case_id' or (c.relname, a.attname) in (('case_file', 'id'), ('sealed_key', 'owner_id'), ('erasure', 'owner_id'))) loop
    execute format('create policy wall_stands on %s as restrictive to tugivork_read, tugivork_write
      using (%I is null or not %I = any ((select auth_walled())::uuid[])) with check (%I is null or not %I = any ((select auth_walled())::uuid[]))',
      t.name, t.col, t.col, t.col, t.col);
  end loop;
end $$;

-- Whose code is whose, and what was declared, is written through functions alone; I see what I have told, never the codes.
revoke select on own_code, own_code_kept, declared_code from tugivork_read, tugivork_write;
create policy own_code_definer on own_code to tugivork_definer using (true) with check (true);
create policy own_code_kept_definer on own_code_kept to tugivork_definer using (true) with check (true);
create policy relation_definer on declared_relation to tugivork_definer using (true) with check (true);
create policy declared_code_definer on declared_code to tugivork_definer using (true) with check (true);
grant delete on own_code, own_code_kept, declared_code to tugivork_definer;
create policy relation_own on declared_relation for select to tugivork_read, tugivork_write using (person_id = (select auth_person()));
revoke execute on function own_code_keep(uuid, jsonb, bytea) from tugivork_read, tugivork_write;
revoke execute on function own_code_set(uuid, jsonb, bytea), relation_declare(text, text, jsonb, text), relation_remove(uuid),
  wall_ask(uuid, bytea), wall_decide(uuid, boolean), walls_sweep() from tugivork_read;

-- Walls are raised by the database, and known to the auditors, who are told by the process; never to the one who stands before them.
create policy wall_definer on wall to tugivork_definer using (true) with check (true);
create policy wall_read on wall for select to tugivork_read, tugivork_write
  using ((select has_role('auditor', 'system')) and person_id is distinct from (select auth_person()));
-- Where there is no second auditor the administrator sees what he is asked to decide.
create policy wall_decide on wall for select to tugivork_read, tugivork_write
  using ((select has_role('admin')) and lift_asked_by is not null and lifted_at is null and wall_decider(lift_asked_by, person_id));
-- The process notes once that it has told the auditors; asking and deciding go through functions alone.
grant update (told_at) on wall to tugivork_write;
create policy wall_told on wall for update to tugivork_write using ((select has_role('system')) and told_at is null) with check ((select has_role('system')));
