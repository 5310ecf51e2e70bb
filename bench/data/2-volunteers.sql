-- Which volunteers are there, with which papers? Most of them active, one in seven gone, names from a short list with numbers.
insert into volunteer (id, code, person_id, name, search_name, email, birth_year, sex, county_code, languages, has_car, child_contact, max_cases,
    supervisor_id, status, created_at, created_by)
  select pg_temp.id('helper', n), 'TI-' || to_char(n, 'FM000000'), pg_temp.id('volunteer', n), called, lower(translate(called, 'äõöüšž', 'aoousz')),
    'volunteer-' || n || '@naidis.example', 1950 + (pg_temp.draw(n, 1) * 50)::int, case when pg_temp.draw(n, 2) < 0.8 then 'F' else 'M' end,
    (select county from place where no = 1 + mod(n, 17)), case when pg_temp.draw(n, 3) < 0.4 then '{et,ru}'::text[] else '{et}' end,
    pg_temp.draw(n, 4) < 0.6, pg_temp.draw(n, 5) < 0.5, 3, pg_temp.id('supervisor', 1 + mod(n, greatest(2, (select volunteers / 40 from size)))),
    case when pg_temp.draw(n, 6) < 0.85 then 'active' else 'ended' end, '2020-01-01', pg_temp.id('coordinator', 1)
  from (select n, (array['Anna','Mari','Elena','Kersti','Tatjana','Riina','Ljudmila','Ene','Signe','Õie'])[1 + mod(n, 10)] || ' Näidis-'
      || case when mod(n, 120) = 32 then 'Volkova' else
        (array['Allik','Org','Kivi','Luik','Soo','Mägi','Põld','Rebane','Tamm','Saar','Kuusk'])[1 + mod(n / 10, 11)] end || ' ' || n as called
    from generate_series(1, (select volunteers from size)) n) named;
insert into volunteer_known (volunteer_id, county_code, child_contact, max_cases, recorded_at)
  select id, county_code, child_contact, max_cases, '-infinity' from volunteer;
insert into volunteer_area (volunteer_id, county_code)
  select id, (select county from place where no = 1 + mod(ascii(substr(code, 9)), 15)) from volunteer where mod(ascii(substr(code, 8)), 2) = 0;
insert into volunteer_status (volunteer_id, status, from_on, recorded_by, recorded_at)
  select id, 'active', date '2020-01-01', created_by, timestamptz '2020-01-01' from volunteer
  union all select id, 'ended', current_date - 200, created_by, now() - interval '200 days' from volunteer where status = 'ended';
insert into volunteer_evidence (volunteer_id, kind, valid_from, valid_to, passed, recorded_by, recorded_at)
  select v.id, kind, current_date - 300, current_date + 30 + (pg_temp.draw(row_number() over (), 7) * 700)::int, true, v.created_by, now() - interval '300 days'
  from volunteer v, unnest('{training,contract,pledge,background}'::text[]) kind;
