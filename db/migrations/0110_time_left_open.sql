-- A contact that says no day or no hour is not within what she said is safe: it needs a reason, which is kept with it.
set local role tugivork_owner;

alter table contact_plan drop constraint contact_plan_broken_check;
alter table contact_plan add constraint contact_plan_broken_check check (broken <@ array['unknown', 'channel', 'channel-unasked', 'day', 'hours', 'hours-unasked',
  'person', 'person-unasked', 'day-open', 'hour-open']);
