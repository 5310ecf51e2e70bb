-- Who of those who must hear at once is there today – and who hears where none of them is?
set local role tugivork_owner;

-- Away today, as she has said herself or the coordinator for her. The table began with supervisors; victim support workers say it in the same place.
create function is_away(who uuid, day date) returns boolean language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from supervision_absence a where a.supervisor_id = who and a.ended_at is null and day between a.from_on and a.to_on)
$$;

-- Whom something urgent is for, each under every post that makes it hers: 1 her supervisor, 2 a deputy who has the duty, 3 the victim support workers of the
-- network, 4 the coordinators. A right does not go with an absence, a letter does: whoever is away is passed over, but for her own supervisor, who hears too;
-- a side of which nobody is there is made up for by the coordinators; and where nobody at all is there, everybody whose it is hears, away or not.
-- Without a volunteer there is one side. `the_case`: behind whose walls nobody is asked; `late`: the coordinators too.
create function urgent_people(the_volunteer uuid, the_network uuid, the_case uuid, late boolean default false)
returns table (person_id uuid, post int, here boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with t as (select (now() at time zone 'Europe/Tallinn')::date as day),
  asked as (
    select v.supervisor_id as who, null::uuid as desk, 1 as post from volunteer v where v.id = the_volunteer
    union select d.deputy_id, d.supervisor_id, 2 from supervision_duties(null, the_volunteer) d where the_volunteer is not null
    union select r.person_id, null, 3 from person_role r, t where r.role = 'lead' and r.network_id = the_network and t.day between r.valid_from and r.valid_to
    union select r.person_id, null, 4 from person_role r, t where r.role = 'coordinator' and t.day between r.valid_from and r.valid_to
    union select u.taker_id, u.giver_id, 4 from substitution u where u.role = 'coordinator' and substitution_holds(u)),
  there as materialized (
    select a.who, a.post, bool_or(not is_away(a.who, t.day) and (a.post > 1 or holds_in_person(a.who, 'supervisor', t.day))) as here
    from asked a cross join t join person p on p.id = a.who and p.status = 'active'
    where a.who is distinct from (select v.person_id from volunteer v where v.id = the_volunteer)
      and not exists (select from wall w where w.lifted_at is null and w.case_id = the_case and w.person_id in (a.who, a.desk))
    group by a.who, a.post),
  sides as (select coalesce(bool_or(here and post <= 2), false) or the_volunteer is null as guided, coalesce(bool_or(here and post = 3), false) as led,
    coalesce(bool_or(here and post = 4), false) as steered from there)
  select x.who, x.post, x.here from there x cross join sides s where case x.post
    when 1 then true
    when 2 then x.here or not (s.led or s.steered or (s.guided and the_volunteer is not null))
    when 3 then x.here or not s.led
    else (late or not (s.guided and s.led)) and (x.here or not s.steered) end
$$;

-- The same for whoever looks whom there is to call. It knows no walls: from an answer nobody learns before whom one stands.
create function urgent_shown(the_volunteer uuid, the_network uuid) returns table (person_id uuid, post int, here boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person_id, min(post), bool_or(here) from urgent_people(the_volunteer, the_network, null) where auth_person() is not null group by 1
$$;

-- The letters of it, in the transaction of what causes them. Nobody is told whom they left out.
create function mail_urgent(the_case uuid, the_network uuid, the_volunteer uuid, what text, once text default null, late boolean default false) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if auth_person() is null or (once is not null and not has_role('system', 'coordinator')) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  insert into mail_outbox (person_id, kind, unique_key)
  select distinct u.person_id, what, once || u.person_id from urgent_people(the_volunteer, the_network, the_case, late) u
  where u.person_id <> auth_person() on conflict do nothing;
end $$;

-- As before; a deputy who is away is not waited for either, nor a coordinator where another one is there. The last step has somebody whenever anybody is left:
-- where no coordinator is there, those who guide her hear with them, away or not.
create or replace function outing_tells(o outing, the_step int) returns setof uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with u as materialized (select * from urgent_people(o.volunteer_id, null, o.case_id) where the_step > 1)
  select v.person_id from volunteer v join person p on p.id = v.person_id and p.status = 'active' where the_step = 1 and v.id = o.volunteer_id
    and not exists (select from wall w where w.lifted_at is null and w.case_id = o.case_id and w.person_id = v.person_id)
  union
  select u.person_id from u where (the_step = 2 and u.post <= 2 and u.here)
    or (the_step = 3 and (u.post = 4 or not exists (select from u c where c.post = 4 and c.here)))
$$;
