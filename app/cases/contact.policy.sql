-- How she may be reached is known to her network and, without the names of others, to who helps her and to who guides the helper; so is her
-- own plan for when it gets dangerous, where she agrees to that.
grant insert on safe_contact, contact_plan to tugivork_write;
grant update (superseded_at) on safe_contact to tugivork_write;
grant update (withdrawn_at, withdrawn_by) on contact_plan to tugivork_write;

create policy safe_network on safe_contact for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy safe_support on safe_contact for select to tugivork_read, tugivork_write
  using (part in ('rules', 'told') and (case_id = any ((select auth_supported())::uuid[]) or case_id = any ((select auth_supervised())::uuid[])));
-- It is written by the lead of the network, and by the one who brought the case; the plan by whoever of the network has gone through it with her.
create policy safe_add on safe_contact for insert to tugivork_write with check (
  superseded_at is null and recorded_by = (select auth_person()) and network_id = any ((select auth_networks())::uuid[])
  and (part in ('plan', 'told') or network_id = any ((select auth_led())::uuid[])
    or case_id in (select c.id from case_file c where c.id = safe_contact.case_id and c.created_by = (select auth_person()))));
create policy safe_mend on safe_contact for update to tugivork_write
  using (superseded_at is null and network_id = any ((select auth_networks())::uuid[]) and (part in ('plan', 'told') or network_id = any ((select auth_led())::uuid[])
    or case_id in (select c.id from case_file c where c.id = safe_contact.case_id and c.created_by = (select auth_person()))))
  with check (superseded_at is not null);

-- The network sees every contact that is planned; a support person her own, and her supervisor those.
create policy plan_network on contact_plan for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy plan_support on contact_plan for select to tugivork_read, tugivork_write
  using (assignment_id is not null and ((case_id = any ((select auth_supported())::uuid[]) and recorded_by = (select auth_person()))
    or assignment_id = any ((select auth_supervised_supports())::uuid[])));
create policy plan_add on contact_plan for insert to tugivork_write with check (
  withdrawn_at is null and recorded_by = (select auth_person()) and assignment_id is null and network_id = any ((select auth_networks())::uuid[]));
create policy plan_add_support on contact_plan for insert to tugivork_write with check (
  withdrawn_at is null and recorded_by = (select auth_person()) and channel <> 'through' and case_id = any ((select auth_supported())::uuid[])
  and assignment_id in (select a.id from assignment a where a.case_id = contact_plan.case_id and a.volunteer_id = (select auth_volunteer()) and a.status = 'active'
    and (a.end_on is null or a.end_on >= (now() at time zone 'Europe/Tallinn')::date)));
-- It is taken back by the one who planned it, or by the lead.
create policy plan_withdraw on contact_plan for update to tugivork_write
  using (withdrawn_at is null and (network_id = any ((select auth_led())::uuid[]) or (recorded_by = (select auth_person())
    and (network_id = any ((select auth_networks())::uuid[]) or (assignment_id is not null and case_id = any ((select auth_supported())::uuid[]))))))
  with check (withdrawn_by = (select auth_person()) and withdrawn_at = now());

-- Of a closed case nothing is written any more, and nothing planned but by the lead, as long as somebody has to be asked how she is; without a ground it
-- is nobody's but the lead's. In an emergency it is what one needs first.
create policy closed_add on safe_contact as restrictive for insert to tugivork_write with check (not case_ended(case_id));
create policy closed_change on safe_contact as restrictive for update to tugivork_write using (not case_ended(case_id));
create policy closed_add on contact_plan as restrictive for insert to tugivork_write with check (not case_ended(case_id) or (network_id = any ((select auth_led())::uuid[])
  and case_id in (select t.case_id from case_task t where t.case_id = contact_plan.case_id and t.kind = 'follow-up' and t.done_at is null)));
create policy closed_change on contact_plan as restrictive for update to tugivork_write using (not case_ended(case_id) or (network_id = any ((select auth_led())::uuid[])
  and case_id in (select t.case_id from case_task t where t.case_id = contact_plan.case_id and t.kind = 'follow-up' and t.done_at is null)));
do $$
declare t text;
begin
  foreach t in array array['safe_contact', 'contact_plan'] loop
    execute format('create policy shut_outside on %I as restrictive to tugivork_read, tugivork_write
      using (network_id = any ((select auth_led())::uuid[]) or case_id = any ((select auth_broken_glass())::uuid[]) or not unfounded(case_id))', t);
    execute format('create policy glass_read on %I for select to tugivork_read using (case_id = any ((select auth_broken_glass())::uuid[]))', t);
  end loop;
end $$;
