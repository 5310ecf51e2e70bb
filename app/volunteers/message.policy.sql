-- The coordinator writes to support persons; each reads what went to her, and that she has read it is known to her alone.
grant insert (template, version, name, words, created_by) on message_template to tugivork_write;
grant insert (id, county_code, language, status, words, template, template_version, sent_by) on message to tugivork_write;
grant insert (message_id, volunteer_id, locale, title, body, sent_by) on message_copy to tugivork_write;
grant insert (message_id, volunteer_id) on message_read to tugivork_write;

create policy message_template_read on message_template for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy message_template_write on message_template for insert to tugivork_write
  with check ((select has_role('coordinator')) and created_by = (select auth_person()));

create policy message_see on message for select to tugivork_read, tugivork_write using ((select has_role('coordinator')));
create policy message_send on message for insert to tugivork_write with check ((select has_role('coordinator')) and sent_by = (select auth_person()));

create policy message_copy_read on message_copy for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator')) or volunteer_id = (select auth_volunteer()));
-- With the message itself, and to whoever can read it; nobody is added afterwards.
create policy message_copy_send on message_copy for insert to tugivork_write with check (
  (select has_role('coordinator')) and sent_by = (select auth_person())
  and message_id = any (array(select m.id from message m where m.sent_by = (select auth_person()) and m.sent_at = now()))
  and volunteer_id = any (array(select v.id from volunteer v where v.person_id is not null and v.status <> 'ended')));

create policy message_read_own on message_read for select to tugivork_read, tugivork_write using (volunteer_id = (select auth_volunteer()));
create policy message_read_say on message_read for insert to tugivork_write with check (volunteer_id = (select auth_volunteer()));
