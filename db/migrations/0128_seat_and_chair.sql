-- What may a lead alone not give? To see every case of her network from the referral on, by a seat or by a chair (docs/decisions/0052).
set local role tugivork_owner;

-- Speaks for victim support, and did so by the words of a role that two people gave; the seat, which the lead says alone, gives none of it and may take it away.
create function speaks_by_two(the_network uuid, who uuid) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select agency_of(the_network, who) = 'victim_support' and exists (select from person_role r
    where r.person_id = who and r.network_id = the_network and r.role in ('lead', 'member') and agency_read(r.agency) = 'victim_support'
      and (now() at time zone 'Europe/Tallinn')::date between r.valid_from and r.valid_to)
$$;

-- As they were written last; but whoever chairs sees what is on her agenda, as everybody does who was invited to it.
do $$
declare f regprocedure; written text; mended text;
begin
  foreach f in array array['held_now()', 'case_eyes(uuid)']::regprocedure[] loop
    written := pg_get_functiondef(f);
    mended := replace(replace(replace(replace(written,
      '(agency_of(n, mine.person_id) = ''victim_support'' or chair_of(n) = mine.person_id)', 'speaks_by_two(n, mine.person_id)'),
      ', chair_of(f.network_id) as chair', ''),
      ' when s.person_id = c.chair then ''chair''', ''),
      'when s.agency = ''victim_support'' then', 'when speaks_by_two(s.network_id, s.person_id) then');
    if mended = written or mended ~ 'chair' then raise exception 'whole cases are given otherwise in %', f; end if;
    execute mended;
  end loop;
end $$;

-- What somebody holds hangs on no meeting any more.
drop trigger held_forget on meeting;

-- Who chairs for this case: nobody while it was on no agenda yet, for whoever chairs does not know of it.
create function case_chair(the_case uuid) returns uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select chair_of(c.network_id) from case_file c where c.id = the_case and c.invited_at is not null
    and not c.id = any ((select auth_walled())::uuid[]) and (has_role('system') or c.network_id = any (auth_networks()))
$$;
