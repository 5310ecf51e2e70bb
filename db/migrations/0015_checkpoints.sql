-- How did the log stand when outsiders were told, and which of them know?
set local role tugivork_owner;

create table audit_checkpoint (
  number bigint primary key check (number > 0), size bigint not null check (size >= 0), head bytea not null,
  note text not null check (length(note) < 2000), made_at timestamptz not null default clock_timestamp()
);
create table audit_delivery (
  place text not null, number bigint not null references audit_checkpoint, attempts int not null default 1,
  tried_at timestamptz not null default clock_timestamp(), delivered_at timestamptz, problem text, primary key (place, number)
);
select classify('audit_checkpoint', 'C1', 'number size head note made_at');
select classify('audit_delivery', 'C1', 'number attempts tried_at delivered_at problem');
-- An e-mail address of an office.
select classify('audit_delivery', 'C2', 'place');

-- The last event, for those who keep the log whole.
create function audit_head() returns table (size bigint, head bytea, since timestamptz) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.seq, e.hash, (select f.at from audit_event f order by f.seq limit 1) from audit_event e
  where has_role('system', 'auditor', 'admin') order by e.seq desc limit 1
$$;

-- The first event that does not follow from how the log stood at a checkpoint, or none.
create function audit_astray(from_size bigint, from_head bytea) returns bigint language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select min(e.seq) from (
    select a.seq, a.prev, a.hash, audit_hash(a) as made, lag(a.seq) over w as last, lag(a.hash) over w as before
    from audit_event a where a.seq >= from_size window w as (order by a.seq)
    union all select from_size, null, null, null, null, null
    where from_size > 0 and not exists (select from audit_event a where a.seq = from_size)) e
  where has_role('system', 'auditor', 'admin') and case when e.seq = from_size then e.hash is distinct from from_head
    else e.hash <> e.made or e.seq <> coalesce(e.last, 0) + 1 or e.prev <> coalesce(e.before, '\x00'::bytea) end
$$;
