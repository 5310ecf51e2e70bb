-- Nothing of ours is open to everybody, what reaches around the tables is closed whoever asks, and a plan tells nothing of people.
reset role;

-- A schema, a language and what extensions bring along are open to everybody when they are made. Whoever needs them is named; a block of
-- statements (`do`) is for those alone who make functions. Names are compared by functions that look behind the policies, and by nobody else.
revoke all on schema public from public;
revoke all on language sql, plpgsql from public;
grant usage on language sql, plpgsql to tugivork_owner, tugivork_jobs;
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as sig from pg_proc p join pg_depend d on d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e'
    where p.pronamespace = 'public'::regnamespace loop
    execute format('revoke all on function %s from public', f.sig);
    execute format('grant execute on function %s to tugivork_owner, tugivork_definer', f.sig);
  end loop;
  -- To end or break off the work of others, to run a query that is handed over as text, to write past the tables, to lend one's sight.
  for f in select p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace
    and (p.proname in ('pg_terminate_backend', 'pg_cancel_backend', 'pg_logical_emit_message', 'pg_export_snapshot')
      or p.oid = 'pg_catalog.ts_rewrite(tsquery, text)'::regprocedure) loop
    execute format('revoke execute on function %s from public', f.sig);
  end loop;
  -- What is made for the queue of jobs has been open too.
  for f in select p.oid::regprocedure as sig from pg_proc p where p.pronamespace = 'pgboss'::regnamespace loop
    execute format('revoke all on function %s from public', f.sig);
  end loop;
end $$;
alter default privileges for role tugivork_owner revoke execute on functions from public;
alter default privileges for role tugivork_definer revoke execute on functions from public;
alter default privileges for role tugivork_jobs revoke execute on functions from public;

-- For its plans the database keeps the most frequent and some hundred of the other values of each column, and how many rows it expects – which it
-- tells whoever asks for a plan, also of rows that are not shown – gives them away one comparison at a time. Of people it keeps none.
set local role tugivork_owner;
create or replace function classify(tab regclass, class text, cols text) returns void language plpgsql set search_path = pg_catalog, public as $$
declare col text;
begin
  foreach col in array string_to_array(cols, ' ') loop
    execute format('comment on column %s.%I is %L', tab, col, class);
    if class in ('C2', 'C4') then execute format('alter table %s alter column %I set statistics 0', tab, col); end if;
  end loop;
end $$;
do $$
declare c record;
begin
  for c in select a.attrelid::regclass as tab, attname as col from pg_attribute a join pg_class t on t.oid = a.attrelid
    where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and attnum > 0 and not attisdropped and col_description(a.attrelid, attnum) in ('C2', 'C4') loop
    execute format('alter table %s alter column %I set statistics 0', c.tab, c.col);
  end loop;
end $$;
reset role;
delete from pg_statistic s using pg_attribute a where a.attrelid = s.starelid and a.attnum = s.staattnum
  and a.attstattarget = 0 and col_description(a.attrelid, a.attnum) in ('C2', 'C4');
set local role tugivork_owner;

-- What is claimed for a way belongs to that support and to its case: the two stand together, as everywhere else.
alter table assignment add unique (case_id, id);
alter table expense drop constraint expense_assignment_id_fkey, drop constraint expense_case_id_fkey,
  add foreign key (case_id, assignment_id) references assignment (case_id, id) match full;
-- And what whoever brought a case adds belongs to what she brought, in that case.
alter table referral_word drop constraint referral_word_referral_id_fkey,
  add foreign key (network_id, case_id, referral_id) references referral (network_id, case_id, id) on update cascade;
