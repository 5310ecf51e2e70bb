-- What was said of a case at meetings of a network is out of its sight once the case has gone over; the lead who took it over reads what was decided
-- before (not what the agencies told each other: that is for those who promised silence).
create policy decision_received on case_decision for select to tugivork_read, tugivork_write
  using (case_id = any ((select auth_received())::uuid[]) and not network_id = any ((select auth_networks())::uuid[]));
do $$
declare t text;
begin
  foreach t in array array['agenda_item', 'research', 'case_decision', 'victim_view', 'annex_mark'] loop
    execute format('create policy given_over on %I as restrictive to tugivork_read, tugivork_write using (not case_id = any ((select auth_given())::uuid[])%s)
      with check (not case_id = any ((select auth_given())::uuid[]))', t, case t when 'agenda_item' then ' or (select has_role(''coordinator'', ''system''))' end);
    -- Of a case that is the network's today: these rows name the case alone.
    execute format('create policy of_network on %I as restrictive for insert to tugivork_write with check (
      case_id = any (array(select c.id from case_file c where c.id = %1$I.case_id and c.network_id = %1$I.network_id)))', t);
  end loop;
end $$;

-- The lead gives an action to somebody else of the core group, as long as it is open; an action is agreed at a meeting of the network that has the case.
grant update (owner_id, agency) on case_action to tugivork_write;
create policy action_hand on case_action for update to tugivork_write
  using (state = 'open' and network_id = any ((select auth_led())::uuid[]))
  with check (state = 'open' and network_id = any ((select auth_led())::uuid[]) and agency = agency_of(network_id, owner_id));
create policy of_network on case_action as restrictive for insert to tugivork_write with check (
  meeting_id is null or meeting_id = any (array(select m.id from meeting m where m.id = case_action.meeting_id and m.network_id = case_action.network_id)));
