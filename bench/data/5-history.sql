-- Who looked at which case so far? Five looks a case; chained by bytes that stand for real hashes, which no page checks.
insert into audit_event (seq, at, actor, session_id, action, object_kind, object_id, case_id, network_id, result, fields, hits, prev, hash)
  select look.n, timestamptz '2024-01-01' + look.n * ((now() - timestamptz '2024-01-01') / (select cases * 5 + 1 from size)), pg_temp.id('lead', network * 2 - mod(look.n, 2)), null,
    'case.open', 'case', id::text, id, network_id, 'done', '{id}', null, sha256(int8send(look.n - 1)), sha256(int8send(look.n))
  from (select n, 1 + floor(pg_temp.draw(n, 50) * (select cases from size))::int as case_no from generate_series(1, (select cases * 5 from size)) n) look
  join bench_case on bench_case.n = case_no order by look.n;
