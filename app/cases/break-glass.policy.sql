-- Who was let into which case: seen by whoever may agree, answers for the case, or watches over all. My own requests are told by a function, which does not
-- say whether there was such a case.
create policy glass_definer on break_glass to tugivork_definer using (true) with check (true);
revoke execute on function glass_ask(text, text, bytea, date), glass_answer(uuid, boolean, date), glass_end(uuid), glass_review(uuid, text, bytea) from tugivork_read;
revoke execute on function glass_limit(text, int), glass_standing(uuid), glass_judges_of(break_glass) from tugivork_read, tugivork_write;
create policy glass_watch on break_glass for select to tugivork_read, tugivork_write using (case_id is not null and person_id is distinct from (select auth_person())
  and ((select has_role('auditor', 'coordinator', 'system')) or network_id = any ((select auth_led())::uuid[])));
-- Where nobody else can judge, the administrator sees what he is to judge.
create policy glass_judged on break_glass for select to tugivork_read, tugivork_write using ((select has_role('admin')) and glass_judges(break_glass));
-- The process notes whom it has told.
grant update (told_asked_at, told_opened_at) on break_glass to tugivork_write;
create policy glass_told on break_glass for update to tugivork_write using ((select has_role('system'))) with check ((select has_role('system')));

-- What is open this way is read, never written: by the login that writes nothing.
do $$
declare t text;
begin
  foreach t in array array['assessment', 'case_brief', 'case_task', 'need', 'need_event', 'assignment', 'assignment_event', 'visit', 'concern'] loop
    execute format('create policy glass_read on %I for select to tugivork_read using (case_id = any ((select auth_broken_glass())::uuid[]))', t);
  end loop;
end $$;
-- One value at a time may be asked for, with a purpose: the look, the key and the row of the case are all that this takes of the other login.
create policy glass_case on case_file for select to tugivork_read, tugivork_write using (id = any ((select auth_broken_glass())::uuid[]));
create policy glass_key on sealed_key for select to tugivork_read, tugivork_write using (kind = 'case' and owner_id = any ((select auth_broken_glass())::uuid[]));
create policy glass_ask on reveal for insert to tugivork_write with check (
  person_id = (select auth_person()) and at = now() and until <= now() + interval '10 minutes' and case_id = any ((select auth_broken_glass())::uuid[])
  and network_id = (select c.network_id from case_file c where c.id = reveal.case_id)
  and ((what = 'identity' and item_id in (select id from people_of(case_id)))
    or (what = 'whereabouts' and case_id = any ((select auth_glass_places())::uuid[]) and item_id in (select id from whereabouts_of(case_id)))));
-- As for everybody, a look holds for what corrects the entry meanwhile.
create policy glass_identity on case_person for select to tugivork_read, tugivork_write
  using (case_id = any ((select auth_broken_glass())::uuid[]) and array[id, corrects_id] && array(select r.item_id from reveal r
    where r.person_id = (select auth_person()) and r.what = 'identity' and r.case_id = case_person.case_id and r.until > now()));
create policy glass_whereabouts on case_whereabouts for select to tugivork_read, tugivork_write
  using (case_id = any ((select auth_glass_places())::uuid[]) and id = any (array(select r.item_id from reveal r
    where r.person_id = (select auth_person()) and r.what = 'whereabouts' and r.case_id = case_whereabouts.case_id and r.until > now())));
-- Whoever may agree or judge knows who it is that asked.
create policy person_of_glass on person for select to tugivork_read, tugivork_write using (id = any (array(select b.person_id from break_glass b)));
