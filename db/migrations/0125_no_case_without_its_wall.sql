-- Two who write the two halves of a wall in the same moment: who raises it? (docs/decisions/0013)
-- A lock that many hold at once is for the functions of the database alone, as the others are.
reset role;
grant execute on function pg_advisory_xact_lock_shared(bigint) to tugivork_definer;
set local role tugivork_owner;

-- Each of the two looked at the other's table, and neither saw what the other had not finished writing. Whoever writes whose code it is now waits for those who are
-- writing people into cases of that network, and they for her; what is looked at afterwards is looked at anew, so that one of the two sees it. Cases do not wait for
-- one another, and there is one lock a network and not one a code: a workbook with a thousand people holds one, and none waits across.
create function codes_turn(the_network uuid) returns bigint language sql immutable as $$
  select hashtextextended(the_network::text, 4722)
$$;

-- As before, under that lock.
create or replace function wall_of_case_person() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(codes_turn(new.network_id));
  insert into wall (person_id, network_id, case_id, number, source, fact)
  select met.person_id, new.network_id, new.case_id, c.number, met.source, new.id from case_file c, (
    select person_id, 'own-code' as source from own_code where network_id = new.network_id and code_index = new.personal_code_index
    union all
    select r.person_id, 'declared' from declared_code d join declared_relation r on r.id = d.relation_id
    where d.network_id = new.network_id and d.code_index = new.personal_code_index and r.removed_at is null) met
  where c.id = new.case_id
  on conflict do nothing;
  return new;
end $$;
create or replace function wall_of_own_code() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(codes_turn(new.network_id));
  insert into wall (person_id, network_id, case_id, number, source, fact)
  select new.person_id, p.network_id, p.case_id, c.number, 'own-code', p.id from case_person p join case_file c on c.id = p.case_id
  where p.network_id = new.network_id and p.personal_code_index = new.code_index and p.superseded_at is null
  on conflict do nothing;
  return new;
end $$;
create or replace function wall_of_declared_code() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(codes_turn(new.network_id));
  insert into wall (person_id, network_id, case_id, number, source, fact)
  select r.person_id, p.network_id, p.case_id, c.number, 'declared', p.id from declared_relation r, case_person p join case_file c on c.id = p.case_id
  where r.id = new.relation_id and p.network_id = new.network_id and p.personal_code_index = new.code_index and p.superseded_at is null
  on conflict do nothing;
  return new;
end $$;

-- What should stand and does not, by whatever way that came about; what two people lifted stays lifted. A tie by a number counts where the case was begun before it was told.
create function walls_raised() returns int language sql as $$
  with raised as (
    insert into wall (person_id, network_id, case_id, number, source, fact)
    select m.person_id, c.network_id, c.id, c.number, m.source, m.fact from (
      select o.person_id, 'own-code' as source, p.case_id, p.id as fact from own_code o
        join case_person p on p.network_id = o.network_id and p.personal_code_index = o.code_index and p.superseded_at is null
      union all
      select r.person_id, 'declared', p.case_id, p.id from declared_relation r join declared_code d on d.relation_id = r.id
        join case_person p on p.network_id = d.network_id and p.personal_code_index = d.code_index and p.superseded_at is null
      where r.removed_at is null
      union all
      select r.person_id, 'by-number', f.id, r.id from declared_relation r join case_file f on f.number = r.number and f.created_at <= r.declared_at
      where r.removed_at is null) m join case_file c on c.id = m.case_id
    on conflict do nothing returning 1)
  select count(*)::int from raised
$$;
create function walls_sweep() returns int language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not has_role('system') then raise exception 'not for you' using errcode = '42501'; end if;
  return walls_raised();
end $$;

-- A case that is without its wall today gets it now, and the auditors hear of it as of every other. The policies, which close a table to its owner too, are put in force
-- again after the migrations.
alter table wall no force row level security;
alter table own_code no force row level security;
alter table declared_code no force row level security;
alter table declared_relation no force row level security;
alter table case_person no force row level security;
alter table case_file no force row level security;
select walls_raised();
