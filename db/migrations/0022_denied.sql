-- Whoever asks for what they may not see is told that it does not exist; those who answer for it hear of the attempt.
set local role tugivork_owner;

-- `denied` tells of which case it was, where there is one. The person themselves never reads such an event: it would tell what exists.
create function audit_denied(action text, asked uuid[], fields text[]) returns bigint
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select audit_append(action, null, asked[1]::text, found.case_id, found.network_id, 'denied', fields, null, null)
  from (select) one left join lateral (
    select c.id as case_id, c.network_id from case_file c where c.id = any (asked)
    union all select n.case_id, n.network_id from need n where n.id = any (asked)
    union all select a.case_id, a.network_id from assignment a where a.id = any (asked)
    union all select v.case_id, v.network_id from visit v where v.id = any (asked)
    union all select c.case_id, c.network_id from concern c where c.id = any (asked)
    limit 1) found on true
$$;
