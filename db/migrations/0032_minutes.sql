-- What stands in the minutes of a meeting, which version is that, who has approved it and until when is it for internal use only?
set local role tugivork_owner;

-- The minutes are the decisions of a meeting as they stood when its chair approved them. A version corrects the one before, for a reason. The
-- mark of access ends by itself: 75 years after the making where it is about private life, otherwise five (R26).
create table minutes (
  network_id uuid not null, id uuid not null default gen_random_uuid(), meeting_id uuid not null, version int not null check (version > 0),
  ground text not null check (ground in ('private_life', 'internal')), made_on date not null, until_on date not null, reason_sealed bytea,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(), approved_by uuid references person, approved_at timestamptz,
  primary key (network_id, id), unique (meeting_id, version), foreign key (network_id, meeting_id) references meeting (network_id, id),
  check ((version = 1) = (reason_sealed is null)), check ((approved_by is null) = (approved_at is null)),
  check (until_on = (made_on + case ground when 'private_life' then interval '75 years' else interval '5 years' end)::date)
);
-- Of one meeting one version at a time waits for its chair.
create unique index on minutes (meeting_id) where approved_at is null;
select classify('minutes', 'C1', 'network_id id meeting_id version ground made_on until_on recorded_by recorded_at approved_by approved_at');
select classify('minutes', 'C3', 'reason_sealed');
create trigger own_name before insert or update on minutes for each row execute function own_name('recorded_by', 'approved_by');
create trigger set_once before update on minutes for each row execute function set_once('approved_by', 'approved_at');
