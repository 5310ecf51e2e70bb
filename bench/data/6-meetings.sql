-- What was spoken of, and what for? Five years of meetings every fortnight; a network's last twenty cases wait for the next one.
create temp table bench_meeting as
  select no as network, pg_temp.id('network', no) as network_id, nth, pg_temp.id('meeting', no * 1000 + nth) as id, current_date + 9 - nth * 14 as on_date
  from place, generate_series(0, 130) nth;
create unique index on bench_meeting (network, nth);
insert into meeting (network_id, id, mode, on_date, starts_at, place, cut_off_on, chair_id, phase, invited_at, closed_at, begun_at, ended_at, created_by, created_at)
  select network_id, id, 'sitting', on_date, '10:00', 'Näidis-saal', on_date - 7, pg_temp.id('lead', network * 2), case when nth = 0 then 'planned' else 'held' end,
    on_date - 10 + time '09:00', case when nth > 0 then on_date - 7 + time '17:00' end, case when nth > 0 then on_date + time '10:00' end,
    case when nth > 0 then on_date + time '12:00' end, pg_temp.id('lead', network * 2), on_date - 30 + time '09:00'
  from bench_meeting order by on_date, network;

-- Each case came to the first meeting after it was referred; one in six was put off to the one after it. Nobody has put off what was spoken of last.
create temp table bench_item as
  select c.n, c.network, c.network_id, c.id as case_id, c.open, round, m.id as meeting_id, m.on_date, round < last as carried
  from (select c.*, row_number() over (partition by network order by day desc, n) as newest,
      least(130, greatest(1, (current_date + 9 - day) / 14)) as first from bench_case c) c,
    lateral (select case when first > 1 and pg_temp.draw(c.n, 60) < 1 / 6.0 then 2 else 1 end as last) l, generate_series(1, last) round
    join bench_meeting m on true
  where c.newest > 20 and m.network = c.network and m.nth = c.first - (round - 1);
insert into agenda_item (network_id, case_id, id, meeting_id, kind, position, added_at, outcome, heard_by, heard_at)
  select network_id, case_id, pg_temp.id('item', n * 2 + round), meeting_id, case when round = 1 then 'new' else 'carried' end,
    row_number() over (partition by meeting_id order by n), on_date - 7 + time '17:00', case when carried then 'carried' else 'planned' end,
    pg_temp.id('lead', network * 2), on_date + time '11:00'
  from bench_item order by on_date, n;
insert into case_decision (network_id, case_id, meeting_id, words_sealed, reason_sealed, recorded_by, recorded_at)
  select network_id, case_id, meeting_id, pg_temp.bytes(n, 93), pg_temp.bytes(n, 93), pg_temp.id('lead', network * 2), on_date + time '11:00'
  from bench_item order by on_date, n;
-- Three things to do from each meeting; of the last one they are still open.
insert into case_action (network_id, case_id, id, meeting_id, agency, owner_id, due_on, what_sealed, result_sealed, state, outcome_sealed, ended_by, ended_at, recorded_by, recorded_at)
  select network_id, case_id, pg_temp.id('action', n * 10 + nth), meeting_id, 'victim_support', pg_temp.id('lead', network * 2), on_date + 28, pg_temp.bytes(n, 93),
    pg_temp.bytes(n, 93), case when busy then 'open' else 'done' end, case when not busy then pg_temp.bytes(n, 93) end,
    case when not busy then pg_temp.id('lead', network * 2) end, case when not busy then on_date + 14 + time '10:00' end, pg_temp.id('lead', network * 2), on_date + time '11:00'
  from bench_item, generate_series(1, 3) nth, lateral (select open and on_date > current_date - 14 and not carried as busy) b where not carried order by on_date, n, nth;
-- Flags whose time has run, or will have by the next meeting, were taken off.
insert into marac_flag_lift (network_id, case_id, lifted_by, lifted_at)
  select network_id, case_id, pg_temp.id('lead', network * 2), least(now(), on_date + interval '12 months') from bench_item
  where not carried and on_date + interval '12 months' < current_date + 10 order by on_date, n;
insert into case_docket select * from docket_of((select array_agg(id) from case_file));
select core_invited_drawn((select array_agg(id) from case_file));
