-- What reads the files of the server asks by itself for more than a login of ours has; on PostgreSQL 15 one of those functions is open to everybody all the same.
reset role;
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace
    and p.proname ~ '^(pg_read_|pg_ls_|pg_stat_file$)' and has_function_privilege('public', p.oid, 'execute') loop
    execute format('revoke execute on function %s from public', f.sig);
  end loop;
end $$;
