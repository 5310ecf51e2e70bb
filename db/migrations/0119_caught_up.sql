-- What did earlier migrations mean to do with rows that were there already? 0024, 0027, 0048 and 0056 did it as the owner, to whom every table is closed
-- on an installation in use, and so changed nothing there. This one writes past it, as 0079 does.
reset role;

-- 0024: the sums of work are those of the visits that stand, wherever they were done; where nothing was missing this changes nothing.
with summed as (select coalesce(done_in, network_id) as network_id, date_trunc('month', on_date)::date as month, way,
    sum(contacts) as contacts, sum(minutes) as minutes, sum(expense_cents) as expense_cents
  from visit where superseded_at is null group by 1, 2, 3)
insert into work_sum as s (network_id, month, way, contacts, minutes, expense_cents)
select network_id, month, way, contacts, minutes, expense_cents from summed
on conflict (network_id, month, way) do update
  set contacts = excluded.contacts, minutes = excluded.minutes, expense_cents = excluded.expense_cents
  where (s.contacts, s.minutes, s.expense_cents) is distinct from (excluded.contacts, excluded.minutes, excluded.expense_cents);
update work_sum s set contacts = 0, minutes = 0, expense_cents = 0
where (contacts, minutes, expense_cents) is distinct from (0, 0, 0) and not exists (select from visit v where v.superseded_at is null
  and coalesce(v.done_in, v.network_id) = s.network_id and date_trunc('month', v.on_date)::date = s.month and v.way = s.way);

-- 0027: a case begins with the ground that it was brought on. Of a case about whose ground nothing was ever written its row still says the first one,
-- which is no new word: the row stays as it is.
alter table case_basis disable trigger basis_now;
insert into case_basis (network_id, case_id, kind, on_date, way, law_text, recorded_by, recorded_at)
select f.network_id, f.id, f.legal_basis, coalesce(f.consent_on, f.referred_on), f.consent_way, case when f.legal_basis = 'law' then law_text_now() end,
  coalesce(f.consent_recorded_by, f.created_by), f.created_at
from case_file f
where f.legal_basis in ('consent', 'law', 'imported') and (f.legal_basis <> 'consent' or f.consent_way is not null)
  and not exists (select from case_basis b where b.case_id = f.id);
alter table case_basis enable trigger basis_now;

-- 0048: what forms were answered before answers were kept closed.
delete from once where at < (select applied_at from meta.migration where number = 48);

-- 0056: two numbers were set for one thing; the one that is left has another name. Which flags had been taken off by then stood in columns that are gone:
-- those are asked about once more, which is the side on which to err.
update setting s set name = 'flagMonths' where name = 'maracFlagMonths'
  and not exists (select from setting o where o.name = 'flagMonths' and o.valid_from = s.valid_from);
delete from setting where name = 'maracFlagMonths';
set local role tugivork_owner;
