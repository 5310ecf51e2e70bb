-- The report of a period looks for what was answered or raised in it, and for nothing that was over long before.
drop index assignment_event_on_date_idx, assignment_event_recorded_at_idx;
create index on assignment_event (on_date) where kind <> 'proposed';
create index on assignment_event (recorded_at) where kind <> 'proposed';
create index on concern (raised_at);
-- One case has one standing: of a thousand rows, which a function is taken for, the names would be found by reading everybody. Whoever defines it anew says so again.
alter function plan_standing(uuid) rows 1;
