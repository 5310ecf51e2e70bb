-- What she said before a meeting is read by whoever asks her and by those who promised silence there; that she was asked, by everybody who sees the agenda.
grant insert on victim_view to tugivork_write;
grant update (superseded_at) on victim_view to tugivork_write;
create policy view_definer on victim_view for select to tugivork_definer using (true);
create policy plan_definer on contact_plan for select to tugivork_definer using (true);

create policy view_asking on victim_view for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_led())::uuid[]) or network_id::text || '/victim_support' = any ((select auth_seats())::text[]));
create policy view_pledged on victim_view for select to tugivork_read, tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) and meeting_id = any ((select auth_pledged())::uuid[]));

-- The victim support worker writes it down, until the meeting is over and, where she does not lead, from the invitation on, whoever else may know of it.
create policy view_add on victim_view for insert to tugivork_write with check (
  superseded_at is null and (network_id = any ((select auth_led())::uuid[]) or network_id::text || '/victim_support' = any ((select auth_seats())::text[]))
  and meeting_id = any (array(select id from meeting where phase in ('planned', 'closed', 'sitting') and (invited_at is not null or network_id = any ((select auth_led())::uuid[])))));
create policy view_mend on victim_view for update to tugivork_write
  using ((network_id = any ((select auth_led())::uuid[]) or network_id::text || '/victim_support' = any ((select auth_seats())::text[]))
    and meeting_id = any (array(select id from meeting where phase in ('planned', 'closed', 'sitting') and (invited_at is not null or network_id = any ((select auth_led())::uuid[])))))
  with check (superseded_at = now());
