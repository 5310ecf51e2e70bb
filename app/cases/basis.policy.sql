-- On what ground a case is shared is written by its network, each word under one's own name; what is written stays.
grant insert on case_basis to tugivork_write;
grant update (proof_sealed, reason_sealed) on case_basis to tugivork_write;
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

revoke execute on function supersede_person(uuid) from tugivork_read;

-- Without a ground, and once it is closed, a case is there for the lead alone, of all the agencies of its network: said once for every table that knows of a case. The log is left
-- as it is: it tells that somebody looked, not what stood there.
do $$
declare t record;
begin
  for t in select c.oid::regclass as name, a.attname as col from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped and c.relname not in ('audit_event', 'wall', 'break_glass')
      and (a.attname = 'case_id' or (c.relname, a.attname) = ('sealed_key', 'owner_id')) loop
    execute format('create policy shut_before_members on %s as restrictive to tugivork_read, tugivork_write
      using (%2$I is null or (select not has_role(''member'')) or not shut_case(%2$I, (select auth_led())::uuid[])
        or %2$I = any ((select auth_supervised())::uuid[]) or %2$I = any ((select auth_broken_glass())::uuid[]))', t.name, t.col);
  end loop;
end $$;
create policy shut_before_members on case_file as restrictive to tugivork_read, tugivork_write
  using ((legal_basis <> 'none' and status = 'open') or (select not has_role('member')) or network_id = any ((select auth_led())::uuid[])
    or id = any ((select auth_supervised())::uuid[]) or id = any ((select auth_broken_glass())::uuid[]));
-- Who it is about, where she is and what was told of her are then nobody's outside the network either.
do $$
declare t text;
begin
  foreach t in array array['case_person', 'case_whereabouts', 'case_brief', 'reveal'] loop
    execute format('create policy shut_outside on %I as restrictive to tugivork_read, tugivork_write
      using (network_id = any ((select auth_networks())::uuid[]) or case_id = any ((select auth_broken_glass())::uuid[]) or not unfounded(case_id))', t);
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
