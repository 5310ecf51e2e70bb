-- Somebody calls and says a name: which of the cases I may open anyway are hers? Asked of the closed keys, so that no name is opened for it.
set local role tugivork_owner;

-- Whom the keys of a name or of a personal code mean, among the people of whom the one who asks may ask anyway; nobody without the key of the
-- process can make a key. By the code is surer, so it is told where both are alike.
create function cases_named(names bytea[], codes bytea[]) returns table (id uuid, kind text, how text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with alike as (
    select k.case_id, k.person_row, 'name' as how from case_name_key k where k.network_id = any (auth_networks()) and k.key_index = any (names)
    union
    select p.case_id, p.id, 'code' from case_person p where p.network_id = any (auth_networks()) and p.personal_code_index = any (codes))
  select p.case_id, p.kind, min(a.how) from alike a join case_person p on p.case_id = a.case_id and p.id = a.person_row
  where p.superseded_at is null and not p.case_id = any ((select auth_walled())::uuid[]) and p.id in (select o.id from people_of(p.case_id) o)
  group by p.case_id, p.kind
$$;

-- As before; whoever has opened a bait looks for nobody by name either.
create or replace function auth_turns(kind text, actions text[], span text, setting_name text, otherwise int, out remaining int, out seconds int, out stopped boolean)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person(); begun timestamptz := date_trunc(span, now(), 'Europe/Tallinn');
begin
  perform pg_advisory_xact_lock(hashtextextended(me::text || '/' || kind, 4716));
  remaining := setting_now(setting_name, otherwise) - (select count(*) from audit_event e
    where e.actor = me and e.at >= begun and e.action = any (actions) and e.result = 'done');
  seconds := ceil(extract(epoch from date_trunc(span, now() + ('1 ' || span)::interval, 'Europe/Tallinn') - now()));
  stopped := kind in ('export', 'search', 'find') and auth_stopped();
end $$;

-- Whoever looks for names and opens nothing within the hour is found like whoever types codes; everything else of the round stays as it was written last.
do $$
declare written text := pg_get_functiondef('watch_look(text[], text[], text[], text[], jsonb)'::regprocedure);
  begun text := $was$(s.action <> 'case.refer.start' or s.at < now() - interval '2 hours')$was$;
begin
  if position(begun in written) = 0 then raise exception 'another text'; end if;
  execute replace(written, begun, begun || $also$ and (s.action <> 'case.find' or (s.at < now() - interval '1 hour'
        and not exists (select from seen n where n.actor = s.actor and n.seq > s.seq and n.at < s.at + interval '1 hour')))$also$);
end $$;
