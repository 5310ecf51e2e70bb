-- From when on does a wall hold? For everybody but whoever raises it at once, whatever the clock says (docs/decisions/0013).
set local role tugivork_owner;

-- In which transaction it was raised. Those that stand already hold.
alter table wall add column raised_in xid8;
alter table wall alter column raised_in set default pg_current_xact_id();
select classify('wall', 'C1', 'raised_in');

-- What raised a wall ends as it would have ended without it, so that neither the one who typed nor the one concerned can tell: it does not hold in that transaction,
-- and in every other from the first look on. It was told apart by the time, and a clock that was set back took the walls of that hour away. The number of a transaction
-- comes again where a backup was restored: there the wall is older than what begins now, and holds as well.
create function wall_holds(w wall) returns boolean language sql stable as $$
  select w.lifted_at is null and ((w.raised_in = pg_current_xact_id_if_assigned()) is not true or w.set_at < now())
$$;

-- The three that ask whether a wall holds ask it there; everything else stays as it was written last.
do $$
declare f regprocedure; written text; mended text;
begin
  foreach f in array array['held_now()', 'auth_behind()', 'sample_frame(uuid, date, date)']::regprocedure[] loop
    written := pg_get_functiondef(f);
    mended := regexp_replace(written, 'from wall (w )?where (.*?)(w\.)?lifted_at is null and (w\.)?set_at < now\(\)', 'from wall w where \2wall_holds(w)');
    if mended = written then raise exception 'the wall in % is asked otherwise', f; end if;
    execute mended;
  end loop;
end $$;
