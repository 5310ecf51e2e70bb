-- To which case does a claim belong, so that a wall stands before it as before all that is of that case – and how exactly is it told how many have read?
set local role tugivork_owner;

-- The case is that of the support, whatever whoever claims says of it; a claim about no support has none.
alter table expense add column case_id uuid references case_file (id);
select classify('expense', 'C1', 'case_id');
create index on expense (case_id) where case_id is not null;
create function expense_case() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.case_id := (select a.case_id from assignment a where a.id = new.assignment_id);
  return new;
end $$;
create trigger expense_case before insert on expense for each row execute function expense_case();
-- Every table is closed to its owner too, so what is there already is written past it.
reset role;
update expense e set case_id = a.case_id from assignment a where a.id = e.assignment_id;
set local role tugivork_owner;

-- How many have read, in whole steps of the smallest number that is told: at least so many, and never so many that those who are left would
-- be fewer than that. "All of seven" and "none of seven" say of each of them what she did, and a number that grows by one says who it just was.
create or replace function message_reads() returns table (message_id uuid, read int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with told as (select greatest(setting_now('smallCount', 5), 1) as step),
  counted as (select c.message_id, count(*)::int as copies, count(r.read_at)::int as reads
    from message_copy c left join message_read r using (message_id, volunteer_id) where has_role('coordinator') group by c.message_id)
  select c.message_id, least(c.reads / t.step, c.copies / t.step - 1) * t.step from counted c, told t where c.copies >= 2 * t.step
$$;
