-- Whoever asks is recognised in the transaction that then does the work: one trip tells all that a page needs to know of them.
set local role tugivork_owner;

drop function auth_whoami();
-- `drafts` are the forms in which something typed waits; `stale` says that the session has to be kept awake, which a look cannot do.
create function auth_whoami() returns table (
  person_id uuid, session_id uuid, name text, locale text, roles text[], networks uuid[], factors int, proved_at timestamptz, method text,
  drafts text[], stale boolean
) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id, s.id, p.name, p.locale, auth_roles(), auth_networks(), s.factors, s.proved_at, s.method,
    array(select form from draft d where d.person_id = p.id and d.updated_at > now() - interval '30 days'),
    s.seen_at < now() - interval '30 seconds'
  from session s join person p on p.id = s.person_id where s.id = auth_session()
$$;
