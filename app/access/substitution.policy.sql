-- Who stands in for whom is no secret inside the service; what was promised is for the two whom it concerns.
grant insert (id, giver_id, taker_id, role, valid_from, valid_to, created_by) on substitution to tugivork_write;
grant update (ended_by, ended_at, confirmed_by, confirmed_at) on substitution to tugivork_write;
grant insert (id, substitution_id, due_on, text_sealed, added_by) on substitution_promise to tugivork_write;
grant update (done_by, done_at, answer_sealed) on substitution_promise to tugivork_write;

create policy substitution_definer on substitution to tugivork_definer using (true) with check (true);
create policy substitution_read on substitution for select to tugivork_read, tugivork_write using ((select auth_person()) is not null);
-- The giver lends what is the giver's own; where the giver cannot, the one who would stand in asks for it. Both in person and freshly proved.
create policy substitution_give on substitution for insert to tugivork_write with check (
  (select auth_in_person()) and (select auth_fresh()) and created_by = (select auth_person()) and confirmed_at is null and ended_at is null
  and ((giver_id = (select auth_person()) and (select auth_roles()) @> array[role])
    or (taker_id = (select auth_person()) and (select has_role('coordinator', 'manager')) and not (select auth_roles()) @> array[role])));
-- What was asked for is confirmed by an administrator who is neither of the two.
-- The fresh proof, and that she is neither, is asked of the row as it becomes too: as it was, ending would let it through.
create policy substitution_confirm on substitution for update to tugivork_write
  using ((select has_role('admin')) and (select auth_fresh()) and created_by = taker_id and confirmed_at is null and ended_at is null
    and (select auth_person()) not in (giver_id, taker_id))
  with check ((select has_role('admin')) and (select auth_fresh()) and confirmed_by = (select auth_person()) and confirmed_at = now() and ended_at is null
    and (select auth_person()) not in (giver_id, taker_id));
-- Either of the two ends it, any day; an administrator says no to what was asked for.
create policy substitution_end on substitution for update to tugivork_write
  using (ended_at is null and ((select auth_person()) in (giver_id, taker_id)
    or ((select has_role('admin')) and created_by = taker_id and confirmed_at is null)))
  with check (ended_by = (select auth_person()) and ended_at = now() and (confirmed_by is null or confirmed_by <> (select auth_person())));

create policy promise_definer on substitution_promise to tugivork_definer using (true) with check (true);
create policy promise_read on substitution_promise for select to tugivork_read, tugivork_write
  using (substitution_id = any (array(select id from substitution where (select auth_person()) in (giver_id, taker_id))));
-- Promises are the giver's to write down, until the term is over.
create policy promise_add on substitution_promise for insert to tugivork_write with check (
  added_by = (select auth_person()) and (select auth_in_person()) and substitution_id = any (array(
    select id from substitution where giver_id = (select auth_person()) and ended_at is null and valid_to >= (now() at time zone 'Europe/Tallinn')::date)));
create policy promise_done on substitution_promise for update to tugivork_write
  using (done_at is null and substitution_id = any (array(select id from substitution where (select auth_person()) in (giver_id, taker_id))))
  with check (done_by = (select auth_person()) and done_at = now());

-- What writes behind the policies is no business of the login that only reads.
revoke execute on function auth_stand_in(uuid, bytea) from tugivork_read;
