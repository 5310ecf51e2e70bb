-- What happened, in what order, and has anyone touched it since?
set local role tugivork_owner;

-- Length-prefixed so that no two different events have the same bytes.
create function audit_part(value text) returns bytea language sql immutable set search_path = pg_catalog, public as $$
  select case when value is null then '\x00'::bytea
    else '\x01'::bytea || int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') end
$$;

create function audit_hash(e audit_event) returns bytea language sql stable set search_path = pg_catalog, public as $$
  select sha256('\x00'::bytea || e.prev || audit_part(e.seq::text)
    || audit_part(to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))
    || audit_part(e.actor::text) || audit_part(e.on_behalf_of::text) || audit_part(e.session_id::text) || audit_part(e.action)
    || audit_part(e.object_kind) || audit_part(e.object_id) || audit_part(e.case_id::text) || audit_part(e.network_id::text)
    || audit_part(e.result) || audit_part(array_to_string(e.fields, ',')) || audit_part(e.hits::text) || audit_part(encode(e.reason_sealed, 'hex')))
$$;

-- The only way in. One writer at a time, last thing before the commit, so that the chain has no forks.
create function audit_append(
  action text, object_kind text, object_id text, case_id uuid, network_id uuid, result text, fields text[], hits int, reason_sealed bytea
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare last audit_event; made audit_event;
begin
  perform pg_advisory_xact_lock(4711);
  select * into last from audit_event order by seq desc limit 1;
  made.seq := coalesce(last.seq, 0) + 1;
  made.at := clock_timestamp();
  made.session_id := auth_session();
  made.actor := auth_person();
  -- Before anybody is known there is nothing to tell but attempts at the door.
  if made.actor is null and action not like 'access.%' and session_user in ('tugivork_read', 'tugivork_write') then
    raise exception 'nobody is asking' using errcode = '42501';
  end if;
  made.action := action; made.object_kind := object_kind; made.object_id := object_id;
  made.case_id := case_id; made.network_id := network_id; made.result := result;
  made.fields := coalesce(fields, '{}'); made.hits := hits; made.reason_sealed := reason_sealed;
  made.prev := coalesce(last.hash, '\x00'::bytea);
  made.hash := audit_hash(made);
  insert into audit_event select made.*;
  return made.seq;
end $$;

-- A second fence behind the missing grants: an event is never changed.
create function audit_never() returns trigger language plpgsql as $$ begin raise exception 'audit events are never changed' using errcode = '42501'; end $$;
create trigger audit_no_change before update or delete on audit_event for each row execute function audit_never();
create trigger audit_no_truncate before truncate on audit_event for each statement execute function audit_never();

-- Recomputes the whole chain: the first event that does not fit, or none.
create function audit_first_broken() returns table (seq bigint, why text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.seq, case when e.seq <> e.nth then 'missing' when e.prev <> e.before then 'order' else 'changed' end
  from (select a.*, row_number() over (order by a.seq) nth, lag(a.hash, 1, '\x00'::bytea) over (order by a.seq) before from audit_event a) e
  where e.seq <> e.nth or e.prev <> e.before
     or e.hash <> audit_hash(row(e.seq, e.at, e.actor, e.on_behalf_of, e.session_id, e.action, e.object_kind, e.object_id, e.case_id, e.network_id,
          e.result, e.fields, e.hits, e.reason_sealed, e.prev, e.hash)::audit_event)
  order by e.seq limit 1
$$;
