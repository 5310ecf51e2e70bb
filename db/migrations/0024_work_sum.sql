-- How much was done, month by month: kept beside the visits in the same transaction, so that nobody has to add them up again.
set local role tugivork_owner;

create table work_sum (
  network_id uuid not null references network, month date not null check (extract(day from month) = 1),
  way text not null check (way in ('meeting', 'phone', 'accompanying', 'other')),
  contacts bigint not null, minutes bigint not null, expense_cents bigint not null,
  primary key (network_id, month, way)
);
create index on work_sum (month);
select classify('work_sum', 'C1', 'network_id month way contacts minutes expense_cents');

-- A visit counts from when it is written until it is set aside.
create function work_sum_now() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare sign int := case tg_op when 'INSERT' then 1 else -1 end;
begin
  insert into work_sum as s (network_id, month, way, contacts, minutes, expense_cents)
  values (new.network_id, date_trunc('month', new.on_date)::date, new.way, sign * new.contacts, sign * new.minutes, sign * new.expense_cents)
  on conflict (network_id, month, way) do update set contacts = s.contacts + excluded.contacts, minutes = s.minutes + excluded.minutes,
    expense_cents = s.expense_cents + excluded.expense_cents;
  return new;
end $$;
create trigger work_sum_add after insert on visit for each row when (new.superseded_at is null) execute function work_sum_now();
create trigger work_sum_take after update on visit for each row
  when (old.superseded_at is null and new.superseded_at is not null) execute function work_sum_now();

insert into work_sum select network_id, date_trunc('month', on_date)::date, way, sum(contacts), sum(minutes), sum(expense_cents)
  from visit where superseded_at is null group by 1, 2, 3;
