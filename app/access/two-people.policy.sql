-- What takes two: I may ask for what is mine to ask, in my own name and never for myself; deciding goes through confirmation_decide() alone.
grant insert (id, kind, person_id, role, network_id, agency, valid_from, valid_to, way, reason, new_email, new_name, new_search, proposed_by, expires_at) on confirmation to tugivork_write;
create policy confirmation_definer on confirmation to tugivork_definer using (true) with check (true);
-- Read by those who ask and decide, by the auditor, and where it is a way back in, a new address or name also by whose it is and by the supervisor.
create policy confirmation_read on confirmation for select to tugivork_read, tugivork_write using (
  (select has_role('admin', 'coordinator', 'manager', 'auditor')) or proposed_by = (select auth_person())
  or (kind in ('recover', 'email', 'name') and (person_id = (select auth_person())
    or person_id = any (array(select v.person_id from volunteer v where v.supervisor_id = (select auth_person()))))));
-- The administrator asks for any role and, having seen whose it is, for opening a closed account; the coordinator lets in those who help, and nobody else.
create policy confirmation_ask on confirmation for insert to tugivork_write with check (
  (select auth_in_person()) and proposed_by = (select auth_person()) and person_id <> (select auth_person()) and (kind = 'role' or (kind = 'reopen' and way is not null))
  and person_id <> all (array(select r.person_id from person_role r where r.role = 'system'))
  and ((select auth_holds('admin')) or (kind = 'role' and role in ('volunteer', 'supervisor') and (select auth_holds('coordinator')))));
-- A way back in is begun by somebody who could also be the second person, for an account that stands.
create policy confirmation_recover on confirmation for insert to tugivork_write with check (
  (select auth_in_person()) and proposed_by = (select auth_person()) and kind = 'recover' and account_stands(person_id)
  and (select auth_person()) = any (confirmation_deciders('recover', null, person_id, person_id)) and cardinality((select auth_roles())) > 0);
-- A new address is asked for by the same people, after a fresh proof, also where nobody has come in yet: then a link went astray.
create policy confirmation_email on confirmation for insert to tugivork_write with check (
  (select auth_in_person()) and (select auth_fresh()) and proposed_by = (select auth_person()) and new_email is not null
  and (select auth_person()) = any (confirmation_deciders('email', null, person_id, person_id)) and cardinality((select auth_roles())) > 0);
-- A new name is asked for by them as well, and by her whose it is.
create policy confirmation_name on confirmation for insert to tugivork_write with check (
  (select auth_in_person()) and (select auth_fresh()) and proposed_by = (select auth_person()) and new_name is not null and cardinality((select auth_roles())) > 0
  and (person_id = (select auth_person()) or (select auth_person()) = any (confirmation_deciders('name', null, person_id, person_id))));
-- With a new address the letters that wait move on, or stay behind (email_change).
create policy mail_moves on mail_outbox for select to tugivork_definer using (sent_at is null and person_id is not null);
create policy mail_moved on mail_outbox for update to tugivork_definer using (sent_at is null and person_id is not null) with check (true);

-- Links and codes are nobody's to read, not even as they are kept.
revoke select on invitation from tugivork_read, tugivork_write;
create policy invitation_definer on invitation to tugivork_definer using (true) with check (true);
grant insert (link_sealed) on mail_outbox to tugivork_write;
grant update (link_sealed) on mail_outbox to tugivork_write;
-- Two people open a closed account again.
create policy reopened on person for update to tugivork_definer using (true) with check (true);

-- Taking effect is what a decision does, not what anybody calls; what writes behind the policies is no business of the login that only reads.
revoke execute on function confirmation_take_effect(confirmation), email_change(confirmation), name_change(confirmation) from tugivork_read, tugivork_write;
revoke execute on function confirmation_decide(uuid, text, text, text), confirmation_withdraw(uuid), confirmation_stop(), confirmation_keep(uuid), asked_forget(),
  invitation_make(uuid, uuid, bytea, bytea, int), invitation_void(uuid) from tugivork_read;
-- What somebody asked for ends where her account or her role does.
revoke execute on function asked_end(uuid) from tugivork_read, tugivork_write;
