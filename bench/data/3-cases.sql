-- Which cases are there? Six years of them, three tenths in network 1, younger ones more often open.
create temp table bench_case as
  select n, pg_temp.id('case', n) as id, network, pg_temp.id('network', network) as network_id, day, place.county,
    pg_temp.draw(n, 12) < 1 - (current_date - day) / 2200.0 as open
  from (select n, case when pg_temp.draw(n, 10) < 0.3 then 1 else 2 + floor((pg_temp.draw(n, 10) - 0.3) / 0.7 * 16)::int end as network,
      current_date - floor(pg_temp.draw(n, 11) * 2190)::int as day from generate_series(1, (select cases from size)) n) drawn
  join place on place.no = network;
create unique index on bench_case (n);
analyze bench_case;

insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, consent_on, consent_way, consent_recorded_by,
    child_count, children_told_on, status, created_at, created_by)
  select network_id, id, 'M-' || to_char(day, 'YYYY') || '-' || to_char(row_number() over (partition by to_char(day, 'YYYY') order by day, n), 'FM99999000'),
    county, case when pg_temp.draw(n, 13) < 0.7 then 'et' else 'ru' end,
    (array['police','victim_support','womens_centre','municipality','child_protection','health'])[1 + floor(pg_temp.draw(n, 14) * 6)::int],
    day, 'consent', day, 'written', pg_temp.id('lead', network * 2 - mod(n, 2)), floor(pg_temp.draw(n, 15) * 4)::int, day,
    case when open then 'open' else 'closed' end, day + time '10:00', pg_temp.id('lead', network * 2 - mod(n, 2))
  from bench_case order by day, n;
insert into case_known (network_id, case_id, county_code, child_count, recorded_at)
  select f.network_id, f.id, f.county_code, f.child_count, '-infinity' from bench_case b join case_file f on f.network_id = b.network_id and f.id = b.id
  order by b.day, b.n;

-- Bytes stand where sealed words will: keys.ts seals them, under the key of their case.
insert into case_person (network_id, case_id, kind, given_name_sealed, family_name_sealed, personal_code_sealed, personal_code_index, birth_year, sex,
    recorded_by, recorded_at)
  select network_id, id, kind, pg_temp.bytes(n, 93), pg_temp.bytes(n, 93), pg_temp.bytes(n, 93), pg_temp.bytes(n * 2 + length(kind), 16), 1980,
    case kind when 'victim' then 'F' else 'M' end, pg_temp.id('lead', network * 2), day + time '10:00'
  from bench_case, unnest('{victim,perpetrator}'::text[]) kind order by day, n;
insert into case_whereabouts (network_id, case_id, kind, value_sealed, recorded_by, recorded_at)
  select network_id, id, 'safe_contact', pg_temp.bytes(n, 93), pg_temp.id('lead', network * 2), day + time '10:00' from bench_case order by day, n;
insert into case_task (network_id, case_id, kind, due_on, done_at, done_by, created_at)
  select network_id, id, kind, day + case kind when 'assess-again' then 180 else 7 end, case when done then day + 3 + time '10:00' end,
    case when done then pg_temp.id('lead', network * 2) end, day + time '10:00'
  from bench_case, unnest('{tell-victim-support,assess-again}'::text[]) kind,
    lateral (select not open or pg_temp.draw(n, length(kind)) < 0.6 as done) d order by day, n;

-- Every case was assessed once, three in ten again; one in a hundred waits as a draft.
insert into assessment (network_id, case_id, instrument_id, made_on, assessor_id, assessor_trained_on, prepared_by, with_victim, answers_sealed,
    yes_count, by_count, by_judgement, by_escalation, by_critical, level, state, next_review_on, recorded_at)
  select network_id, id, (select id from instrument limit 1), made, pg_temp.id('lead', network * 2 - mod(n, 2)), '2021-03-01',
    case when round = 3 then pg_temp.id('member', network * 6) end, true, pg_temp.bytes(n, 861), count, count >= 14, false, false, false,
    case when count >= 14 then 'high' when count >= 10 then 'medium' else 'standard' end, case when round = 3 then 'draft' else 'final' end,
    made + 180, made + time '11:00'
  from bench_case, generate_series(1, 3) round, lateral (select 6 + floor(pg_temp.draw(n, 20 + round) * 16)::int as count, least(day + (round - 1) * 60, current_date) as made) m
  where round = 1 or (round = 2 and pg_temp.draw(n, 18) < 0.3) or (round = 3 and open and pg_temp.draw(n, 19) < 0.01) order by day, n;
