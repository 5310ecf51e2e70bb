-- Who works in the country of the bench? 17 networks with their leads and members, the offices above them, all invented.
-- Random by name: the same row draws the same number in every run, whatever the order.
create function pg_temp.draw(row_no bigint, seed bigint) returns float8 language sql immutable
  as 'select (hashint8extended($1, $2) & 1048575)::float8 / 1048576';
-- An identifier of version 4 by its looks, for the product's forms take no other.
create function pg_temp.id(kind text, row_no bigint) returns uuid language sql immutable
  as $$ select overlay(overlay(md5(kind || row_no) placing '4' from 13) placing '8' from 17)::uuid $$;
create function pg_temp.bytes(row_no bigint, length int) returns bytea language sql immutable
  as $$ select substring(decode(repeat(md5(row_no::text), 1 + length / 16), 'hex') for length) $$;

-- Network 1 is hot; the others have a county each, two of them a town beside the county's own.
create temp table place as
  select no, county, town from (
    select 1 as no, '0037' as county, null as town
    union all select 1 + row_number() over (order by code), code, null from county where code <> '0037'
    union all values (16, '0045', '0511'), (17, '0079', '0793')) all_places;
insert into network (id, name, started_on) select pg_temp.id('network', no), 'Näidis-võrgustik ' || no, '2019-01-01' from place;
insert into network_area (network_id, county_code, municipality_code) select pg_temp.id('network', no), county, town from place;

create temp table holder as
  select 'lead' as role, 'lead' as kind, (no - 1) * 2 + n as nth, no as network from place, generate_series(1, 2) n
  union all select 'member', 'member', (no - 1) * 6 + n, no from place, generate_series(1, 6) n
  -- More of these than a country has, for each may search only so often.
  union all select role, role, n, null from (values ('coordinator', 160), ('manager', 2), ('auditor', 1), ('admin', 2), ('steering', 3),
    ('supervisor', greatest(2, (select volunteers / 40 from size)))) offices(role, many), generate_series(1, many) n
  union all select 'volunteer', 'volunteer', n, null from generate_series(1, (select volunteers from size)) n;
insert into person (id, email, name, marac_trained_on)
  select pg_temp.id(kind, nth), kind || '-' || nth || '@naidis.example', 'Näidis-' || initcap(kind) || ' ' || nth,
    case when kind in ('lead', 'member') then date '2021-03-01' end from holder;
insert into person_role (person_id, role, network_id, agency, valid_from, valid_to)
  select pg_temp.id(kind, nth), role, case when network is not null then pg_temp.id('network', network) end,
    case when network is not null then case role when 'lead' then 'ohvriabi' else 'politsei' end end, '2020-01-01', '2999-12-31' from holder;
-- Those who will look for cases by name, in the hot network and only while that is measured.
insert into person (id, email, name, marac_trained_on)
  select pg_temp.id('finder', n), 'finder-' || n || '@naidis.example', 'Näidis-Finder ' || n, '2021-03-01' from generate_series(1, 200) n;
