-- On what ground a case is shared is written by its network, each word under one's own name; what is written stays.
grant insert on case_basis to tugivork_write;
grant update (proof_sealed, reason_sealed, picture_sealed) on case_basis to tugivork_write;
create policy basis_definer on case_basis for insert to tugivork_definer with check (true);
create policy basis_network on case_basis for select to tugivork_read, tugivork_write using (network_id = any ((select auth_networks())::uuid[]));
create policy basis_national on case_basis for select to tugivork_read, tugivork_write using ((select has_role('coordinator', 'auditor')));
create policy basis_add on case_basis for insert to tugivork_write
  with check (network_id = any ((select auth_networks())::uuid[]) and kind <> 'imported' and recorded_by = (select auth_person()));
-- One takes back what was given; a word on the same ground again changes nothing.
create policy basis_follows on case_basis as restrictive for insert to tugivork_write with check (
  case_id in (select c.id from case_file c where c.id = case_basis.case_id and (kind <> 'withdrawn' or c.legal_basis in ('consent', 'imported'))));
-- The proof and the reason are closed with the key of the case, which is made after the first word.
create policy basis_prove on case_basis for update to tugivork_write
  using (network_id = any ((select auth_networks())::uuid[]) and recorded_by = (select auth_person()))
  with check (network_id = any ((select auth_networks())::uuid[]) and recorded_by = (select auth_person()));

revoke execute on function supersede_person(uuid), withdraw_person(uuid, uuid, bytea) from tugivork_read;
revoke execute on function case_numbers(uuid), plan_people_of(uuid) from tugivork_read, tugivork_write;

-- Without a ground, and once it is closed, a case is there for the lead alone, of all the agencies of its network; before an agency is invited, for whoever leads or, as two
-- have said, speaks for victim support: said once for every table that knows of a case. The log is left as it is: it tells that somebody looked, not what stood there. Being a member takes away nothing that another role gives: what is seen nationwide, one's own
-- visits and those of the people one guides, as far as these reach. What was paid no member reads at all.
do $$
declare t record;
  nationwide jsonb := '{"case_file": "coordinator,auditor", "case_basis": "coordinator,auditor", "case_closing": "coordinator,auditor", "case_known": "coordinator",
    "case_task": "coordinator,system", "assessment": "coordinator", "need": "coordinator,auditor,system", "need_event": "coordinator",
    "assignment": "coordinator,auditor,system", "assignment_event": "coordinator,auditor,system", "visit": "coordinator,auditor",
    "concern": "coordinator,auditor,system", "contact_rhythm": "coordinator,auditor,system", "watch_finding": "auditor,admin", "outing": "coordinator", "key_change": "auditor", "outgoing_case": "auditor", "agenda_item": "coordinator,system", "case_transfer": "coordinator,auditor,system", "case_action": "coordinator,system", "marac_flag_lift": "coordinator",
    "case_person": "coordinator", "case_whereabouts": "coordinator", "reveal": "coordinator"}';
  -- What the coordinator writes all over the country, of risk what a workbook brings; of all this the need alone is changed. What was found is judged.
  written jsonb := '{"need": "", "need_event": "", "assignment": "", "assignment_event": "", "visit": "", "reveal": "", "sealed_key": "", "assessment": " and state = ''imported''"}';
  opened text := ' or case_id = any ((select auth_supported())::uuid[]) and %I in (
    select unnest(b.whereabouts_ids) from case_brief b where b.case_id = %I.case_id and b.superseded_at is null)';
  gate text := 'create policy shut_before_members%s on %s as restrictive for %s to tugivork_read, tugivork_write %s (%5$I is null
    or (select not has_role(''member'')) or not network_id = any ((select auth_networks())::uuid[]) or %6$s
    or %5$I = any ((select auth_broken_glass())::uuid[])%7$s%8$s)';
begin
  for t in select c.relname as name, a.attname as col,
      -- The case itself knows how it stands; every other row asks.
      case when c.relname = 'case_file' then 'legal_basis <> ''none'' and status = ''open'' and (invited_at is not null or created_by = (select auth_person())
          or network_id = any ((select auth_whole())::uuid[]) or id = any ((select auth_invited())::uuid[])) or network_id = any ((select auth_led())::uuid[])'
        else format('not shut_case(%I, (select auth_led())::uuid[])', a.attname) end as open, ' or (select has_role(' || (
        select string_agg(quote_literal(role), ', ') from unnest(string_to_array(nationwide ->> c.relname, ',')) role) || '))' as sees,
      ' or ((select has_role(''coordinator''))' || (written ->> c.relname) || ')' as writes,
      case c.relname when 'need' then ' or (select has_role(''coordinator''))' when 'watch_finding' then ' or (select has_role(''auditor'', ''admin''))' end as mends,
      -- What whoever helps or guides is told of her, what is wanted of whoever is asked, and what she planned herself; only read, for what a member
      -- writes another role does not give.
      case when c.relname in ('need', 'case_brief') then ' or case_id = any ((select auth_supported())::uuid[]) or case_id = any ((select auth_supervised())::uuid[])'
          || case c.relname when 'need' then ' or case_id = any ((select auth_proposed())::uuid[])' else '' end
        when c.relname = 'safe_contact' then ' or (part in (''rules'', ''told'') and (case_id = any ((select auth_supported())::uuid[]) or case_id = any ((select auth_supervised())::uuid[])))'
        when c.relname = 'case_whereabouts' then format(opened, 'id', 'case_whereabouts') end as told,
      case when c.relname = 'contact_plan' then ' or (assignment_id is not null and ((case_id = any ((select auth_supported())::uuid[]) and recorded_by = (select auth_person()))
          or assignment_id = any ((select auth_supervised_supports())::uuid[])))'
        when c.relname = 'reveal' then format(opened || ' and what = ''whereabouts''', 'item_id', 'reveal')
        when c.relname = 'sealed_key' then ' or owner_id = any ((select auth_supported())::uuid[]) or owner_id = any ((select auth_supervised())::uuid[])
          or ((select has_role(''coordinator'')) and owner_id = any (array(select r.case_id from reveal r where r.person_id = (select auth_person()) and r.until > now())))'
        when c.relname = 'assignment' then ' or (volunteer_id = (select auth_volunteer()) and (status = ''proposed'' or (status = ''active''
          and (end_on is null or end_on >= (now() at time zone ''Europe/Tallinn'')::date)))) or volunteer_id = any ((select auth_supervisees())::uuid[])'
        -- By her own office, too, whoever guides opens single items to whom she guides.
        when c.relname = 'case_brief' then ' or case_id = any ((select auth_supervised())::uuid[])'
        when c.relname = 'assignment_event' then ' or assignment_id = any (array(select s.id from assignment s where s.case_id = assignment_event.case_id))'
        when exists (select from pg_attribute v where v.attrelid = c.oid and v.attname = 'volunteer_id')
          then ' or volunteer_id = (select auth_volunteer()) or volunteer_id = any ((select auth_supervisees())::uuid[])' end as own
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped and c.relname not in ('audit_event', 'wall', 'break_glass', 'volunteer_tie', 'expense')
      and (a.attname = 'case_id' or (c.relname, a.attname) in (('sealed_key', 'owner_id'), ('case_file', 'id'))) loop
    execute format(gate, '', t.name, 'select', 'using', t.col, t.open, t.sees, concat(t.told, t.own));
    execute format(gate, '_add', t.name, 'insert', 'with check', t.col, t.open, t.writes, t.own);
    execute format(gate, '_change', t.name, 'update', 'using', t.col, t.open, t.mends, t.own);
  end loop;
end $$;
-- Who it is about, where she is and what was told of her are then nobody's but the lead's.
do $$
declare t text;
begin
  foreach t in array array['case_person', 'case_whereabouts', 'case_brief', 'reveal'] loop
    execute format('create policy shut_outside on %I as restrictive to tugivork_read, tugivork_write
      using (network_id = any ((select auth_led())::uuid[]) or case_id = any ((select auth_broken_glass())::uuid[]) or not unfounded(case_id))', t);
  end loop;
end $$;
-- Nobody is looked for, asked or let in without a ground.
do $$
declare t text;
begin
  foreach t in array array['need', 'assignment'] loop
    execute format('create policy founded on %I as restrictive for insert to tugivork_write with check (not unfounded(case_id))', t);
  end loop;
end $$;
