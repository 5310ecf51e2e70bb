-- Who hears of a case: nobody before whom a wall stands, neither by a letter nor by the row of a transfer.
set local role tugivork_owner;

-- A letter about a case: it waits for whoever may know of it, and there is none for the others. Whoever causes it is not told which.
create function mail_about(the_case uuid, whom uuid, what text, once text default null) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if auth_person() is null or (once is not null and not has_role('system', 'coordinator')) then
    raise exception 'not for you' using errcode = '42501';
  end if;
  insert into mail_outbox (person_id, kind, unique_key)
  select whom, what, once where not exists (select from wall where person_id = whom and case_id = the_case and lifted_at is null)
  on conflict do nothing;
end $$;

-- Whose codes are indexed anew: for the one who has just taken the case over, and for the one who has just asked another network, each in
-- that transaction alone.
create or replace function transfer_people(the_transfer uuid) returns table (id uuid, given_name_sealed bytea, family_name_sealed bytea, former_names_sealed bytea, personal_code_sealed bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, p.given_name_sealed, p.family_name_sealed, p.former_names_sealed, p.personal_code_sealed from case_transfer t join case_person p on p.case_id = t.case_id
  where t.id = the_transfer and p.superseded_at is null and (
    (t.state = 'accepted' and t.answered_at = now() and t.answered_by = auth_person())
    or (t.state = 'open' and t.opened_at = now() and t.opened_by = auth_person()))
$$;

-- Before the row of a transfer is seen by anybody, walls stand before those whom the network that is asked knows to be tied to the case. They
-- are as old as if they had always stood, so that they hold for every look that begins when it is there; only for the one who asks they hold from the next step on.
create function transfer_walls(the_transfer uuid, codes jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare me uuid := auth_person();
begin
  insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
  select met.person_id, t.network_id, t.case_id, t.number, met.source, p.id,
    case when met.person_id = me then clock_timestamp() else now() - interval '1 minute' end
  from case_transfer t join case_person p on p.case_id = t.case_id join jsonb_each_text(codes) c on c.key::uuid = p.id
    cross join lateral (
      select o.person_id, 'own-code' as source from own_code o where o.network_id = t.to_network_id and o.code_index = decode(c.value, 'hex')
      union all
      select r.person_id, 'declared' from declared_code d join declared_relation r on r.id = d.relation_id
      where d.network_id = t.to_network_id and d.code_index = decode(c.value, 'hex') and r.removed_at is null) met
  where t.id = the_transfer and t.state = 'open' and t.opened_at = now() and t.opened_by = me and p.superseded_at is null
  on conflict do nothing;
end $$;
