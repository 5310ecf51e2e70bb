-- Who is away and who steps in is known to those who guide and to whoever answers for the country; the coordinator names the deputy.
grant insert (id, supervisor_id, deputy_id, set_by) on supervision_deputy to tugivork_write;
grant update (ended_by, ended_at) on supervision_deputy to tugivork_write;
grant insert (id, supervisor_id, from_on, to_on, told_by) on supervision_absence to tugivork_write;
grant update (ended_by, ended_at) on supervision_absence to tugivork_write;
create policy deputy_definer on supervision_deputy for select to tugivork_definer using (true);
create policy deputy_read on supervision_deputy for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator', 'auditor', 'supervisor', 'system')));
create policy deputy_name on supervision_deputy for insert to tugivork_write
  with check ((select has_role('coordinator')) and set_by = (select auth_person()) and ended_at is null
    -- Nobody comes by what is said in confidence by naming herself.
    and deputy_id <> (select auth_person()));
create policy deputy_end on supervision_deputy for update to tugivork_write
  using ((select has_role('coordinator')) and ended_at is null) with check (ended_by = (select auth_person()) and ended_at = now());

-- A supervisor says herself when she is away, and a victim support worker, from today on; whoever falls ill is spoken for by the coordinator. Either says
-- that she is back. A victim support worker knows of her own days alone.
create policy absence_definer on supervision_absence for select to tugivork_definer using (true);
create policy absence_read on supervision_absence for select to tugivork_read, tugivork_write
  using ((select has_role('coordinator', 'auditor', 'supervisor', 'system')) or (supervisor_id = (select auth_person()) and (select has_role('lead'))));
create policy absence_tell on supervision_absence for insert to tugivork_write with check (
  told_by = (select auth_person()) and ended_at is null and from_on >= (now() at time zone 'Europe/Tallinn')::date
  and ((select has_role('coordinator')) or (supervisor_id = (select auth_person()) and (select has_role('supervisor', 'lead')))));
create policy absence_end on supervision_absence for update to tugivork_write
  using (ended_at is null and ((select has_role('coordinator')) or (supervisor_id = (select auth_person()) and (select has_role('supervisor', 'lead')))))
  with check (ended_by = (select auth_person()) and ended_at = now());

-- A session is led in one's own name, with those whom one guides today. The coordinator sees neither sessions nor notes: how the
-- supervision of somebody stands she is told by supervision_standing() alone.
grant insert (id, kind, planned_on, planned_at, led_by, shared) on supervision_session to tugivork_write;
grant update (held_on, called_off_at) on supervision_session to tugivork_write;
grant insert (session_id, volunteer_id, led_by) on supervision_participant to tugivork_write;
grant update (attended) on supervision_participant to tugivork_write;
grant insert (id, session_id, topics, words_sealed, written_by) on supervision_note to tugivork_write;
create policy session_definer on supervision_session for select to tugivork_definer using (true);
create policy session_read on supervision_session for select to tugivork_read, tugivork_write using (id = any ((select auth_sessions())::uuid[]));
create policy session_plan on supervision_session for insert to tugivork_write with check ((select has_role('supervisor')) and led_by = (select auth_person()));
create policy session_end on supervision_session for update to tugivork_write
  using (id = any ((select auth_session_notes())::uuid[]) and held_on is null and called_off_at is null)
  with check (id = any ((select auth_session_notes())::uuid[]) and (held_on is null or held_on <= (now() at time zone 'Europe/Tallinn')::date));
create policy participant_definer on supervision_participant for select to tugivork_definer using (true);
create policy participant_read on supervision_participant for select to tugivork_read, tugivork_write
  using (volunteer_id = (select auth_volunteer()) or volunteer_id = any ((select auth_supervisees())::uuid[])
    or session_id = any ((select auth_session_notes())::uuid[]));
-- Into a covision that is open to others everybody brings those whom they guide; who leads it is then another.
create policy participant_add on supervision_participant for insert to tugivork_write with check (
  (led_by = (select auth_person()) or session_id = any (array(select s.id from supervision_session s where s.shared)))
  and volunteer_id = any ((select auth_supervisees())::uuid[])
  and volunteer_id is distinct from (select auth_volunteer()) and session_open(session_id));
create policy participant_came on supervision_participant for update to tugivork_write
  using (session_id = any ((select auth_session_notes())::uuid[]) and session_open(session_id))
  with check (session_id = any ((select auth_session_notes())::uuid[]));

-- What was spoken of is for whoever led the session, and for whoever guides everybody who took part: after an absence it comes back.
create policy note_read on supervision_note for select to tugivork_read, tugivork_write using (session_id = any ((select auth_session_notes())::uuid[]));
create policy note_write on supervision_note for insert to tugivork_write with check (
  written_by = (select auth_person()) and session_id = any ((select auth_session_notes())::uuid[]) and session_open(session_id));
create policy key_session on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'session' and owner_id = any ((select auth_session_notes())::uuid[]));
create policy key_session_add on sealed_key for insert to tugivork_write
  with check (kind = 'session' and owner_id = any ((select auth_session_notes())::uuid[]));

-- What looks at everybody's duties is asked by those functions alone.
revoke execute on function supervision_duties(uuid, uuid), entries_unread(), supervised_last(uuid), supports_since(uuid), duty_behalf(text, text, uuid), load_parts(),
  is_away(uuid, date), urgent_people(uuid, uuid, uuid, boolean)
  from tugivork_read, tugivork_write;
revoke execute on function week_letters(date), mail_urgent(uuid, uuid, uuid, text, text, boolean) from tugivork_read;

-- How a support person is: she writes it, she and whoever guides her read it. There is no policy, no function and no key for anybody else.
grant insert (id, volunteer_id) on wellbeing_checkin to tugivork_write;
grant update (answers_sealed, seen_by, seen_at) on wellbeing_checkin to tugivork_write;
create policy checkin_definer on wellbeing_checkin for select to tugivork_definer using (true);
create policy checkin_read on wellbeing_checkin for select to tugivork_read, tugivork_write
  using (volunteer_id = (select auth_volunteer()) or volunteer_id = any ((select auth_supervisees())::uuid[]));
create policy checkin_write on wellbeing_checkin for insert to tugivork_write
  with check (volunteer_id = (select auth_volunteer()));
-- The row comes before its key, and the key before what it closes.
create policy checkin_close on wellbeing_checkin for update to tugivork_write
  using (volunteer_id = (select auth_volunteer()) and answers_sealed is null) with check (volunteer_id = (select auth_volunteer()) and seen_at is null);
create policy checkin_seen on wellbeing_checkin for update to tugivork_write
  using (volunteer_id = any ((select auth_supervisees())::uuid[]) and volunteer_id is distinct from (select auth_volunteer())
    and answers_sealed is not null and seen_at is null)
  with check (seen_by = (select auth_person()) and seen_at = now()
    and volunteer_id = any ((select auth_supervisees())::uuid[]) and volunteer_id is distinct from (select auth_volunteer()));
create policy key_checkin on sealed_key for select to tugivork_read, tugivork_write
  using (kind = 'checkin' and owner_id = any (array(select id from wellbeing_checkin)));
create policy key_checkin_add on sealed_key for insert to tugivork_write
  with check (kind = 'checkin' and owner_id = any (array(select id from wellbeing_checkin where volunteer_id = (select auth_volunteer()))));
