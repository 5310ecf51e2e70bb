-- A support person claims what she paid; the coordinator decides, nobody of her own. Nobody else sees a claim, its receipt or its key; and a claim that
-- belongs to a case is behind the walls of that case (case_id, walls.policy.sql), for whoever claims and for whoever pays.
grant insert (id, volunteer_id, assignment_id, kind, on_date, km, cents_per_km, cents, words_sealed, receipt_form,
  receipt_sealed, follows_id, sent_by) on expense to tugivork_write;
grant update (decision, reason_sealed, decided_by, decided_at, withdrawn_at) on expense to tugivork_write;
revoke execute on function paper_over(uuid) from tugivork_read, tugivork_write;
revoke execute on function hold_expenses(uuid) from tugivork_read;

create policy expense_read on expense for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer()));
create policy expense_send on expense for insert to tugivork_write with check (
  volunteer_id = (select auth_volunteer()) and sent_by = (select auth_person()) and decision is null and withdrawn_at is null
  and (assignment_id is null or assignment_id = any (array(select a.id from assignment a where a.volunteer_id = (select auth_volunteer())))));
create policy expense_withdraw on expense for update to tugivork_write
  using (volunteer_id = (select auth_volunteer()) and decision is null and withdrawn_at is null)
  with check (volunteer_id = (select auth_volunteer()) and decision is null and withdrawn_at = now() and reason_sealed is null);
-- One's own is one's own for whoever stands in for somebody, too.
create policy expense_decide on expense for update to tugivork_write
  using ((select has_role('coordinator')) and decision is null and withdrawn_at is null
    and not volunteer_id = any (array(select id from volunteer where person_id = (select auth_person()))))
  -- Said again, for as what she may withdraw her own passes the first half of another policy. Money is approved in person; whoever stands in may send a claim back.
  with check ((select has_role('coordinator')) and not volunteer_id = any (array(select id from volunteer where person_id = (select auth_person())))
    and decided_by = (select auth_person()) and decided_at = now() and withdrawn_at is null
    and (decision = 'returned' or (select auth_in_person())));

create policy key_expense on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'expense' and owner_id = any (array(select id from expense)));
-- Its key comes with the claim, and never afterwards.
create policy key_expense_add on sealed_key for insert to tugivork_write
  with check (kind = 'expense' and owner_id = any (array(select id from expense where volunteer_id = (select auth_volunteer()) and sent_at = now())));
