-- What does the coordinator write to support persons, to whom did it go, and how many have read it?
set local role tugivork_owner;

-- A template is its newest version; a message keeps the words with which it went.
create table message_template (
  template uuid not null default gen_random_uuid(), version int not null check (version > 0),
  name text not null check (length(name) between 1 and 100), words jsonb not null,
  created_by uuid references person, created_at timestamptz not null default clock_timestamp(),
  primary key (template, version)
);
select classify('message_template', 'C1', 'template version name words created_by created_at');

create table message (
  id uuid primary key default gen_random_uuid(), county_code text references county, language text, status text not null,
  words jsonb not null, template uuid, template_version int, sent_by uuid not null references person, sent_at timestamptz not null default now(),
  foreign key (template, template_version) references message_template (template, version)
);
create index on message (sent_at desc);
select classify('message', 'C1', 'id county_code language status words template template_version sent_by sent_at');
create trigger own_name before insert on message for each row execute function own_name('sent_by');

-- One for each to whom it went, in her language. That she has read it she says herself, and in a table that only she reads.
create table message_copy (
  message_id uuid not null references message, volunteer_id uuid not null references volunteer,
  locale text not null check (locale in ('et', 'en', 'ru')), title text not null, body text not null,
  sent_by uuid not null references person, sent_at timestamptz not null default now(),
  primary key (message_id, volunteer_id)
);
create index on message_copy (volunteer_id, sent_at desc);
select classify('message_copy', 'C1', 'message_id volunteer_id locale title body sent_by sent_at');
create trigger own_name before insert on message_copy for each row execute function own_name('sent_by');

create table message_read (
  message_id uuid not null, volunteer_id uuid not null, read_at timestamptz not null default now(),
  primary key (message_id, volunteer_id), foreign key (message_id, volunteer_id) references message_copy (message_id, volunteer_id)
);
select classify('message_read', 'C1', 'message_id volunteer_id read_at');

-- How many have read, for whoever writes messages; nothing where it went to so few that the number would say who.
create function message_reads() returns table (message_id uuid, read int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.message_id, count(r.read_at)::int from message_copy c left join message_read r using (message_id, volunteer_id)
  where has_role('coordinator') group by c.message_id having count(*) >= setting_now('smallCount', 5)
$$;

insert into message_template (template, version, name, words) values
('00000000-0000-4000-8000-0000000a0001', 1, 'Kutse koolitusele', $w${
  "et": {"title": "Tule koolitusele", "body": "Tere.\n\nKoolitus on {kuupäev} kell {kell}, {koht}. Teema on {teema}.\n\nAnna mulle teada, kas saad tulla. Sõidu ja söögi eest maksame meie."},
  "en": {"title": "Come to the training", "body": "Hello.\n\nThe training is on {date} at {time}, {place}. The topic is {topic}.\n\nLet me know whether you can come. We pay for travel and food."},
  "ru": {"title": "Приходите на обучение", "body": "Здравствуйте.\n\nОбучение состоится {дата} в {время}, {место}. Тема: {тема}.\n\nСообщите мне, сможете ли прийти. Дорогу и питание оплачиваем мы."}}$w$),
('00000000-0000-4000-8000-0000000a0002', 1, 'Palun vaata oma paberid üle', $w${
  "et": {"title": "Vaata oma paberid üle", "body": "Tere.\n\nAva oma profiil ja vaata, kas mõni paber hakkab aeguma. Kui midagi on vaja uuendada, kirjuta mulle ja lepime aja kokku.\n\nAitäh, et oled meiega."},
  "en": {"title": "Look through your papers", "body": "Hello.\n\nOpen your profile and see whether a paper is about to lapse. If something has to be renewed, write to me and we agree on a time.\n\nThank you for being with us."},
  "ru": {"title": "Проверьте свои бумаги", "body": "Здравствуйте.\n\nОткройте свой профиль и посмотрите, не истекает ли срок какой-нибудь бумаги. Если что-то нужно продлить, напишите мне, и мы договоримся о времени.\n\nСпасибо, что вы с нами."}}$w$),
('00000000-0000-4000-8000-0000000a0003', 1, 'Aitäh', $w${
  "et": {"title": "Aitäh sulle", "body": "Tere.\n\nAitäh selle eest, mida sa teed. Sinu aeg ja tähelepanu loevad rohkem, kui välja paistab.\n\nKui sul on endal raske, räägi oma juhendajaga või helista mulle."},
  "en": {"title": "Thank you", "body": "Hello.\n\nThank you for what you do. Your time and attention count for more than can be seen.\n\nIf things are hard for you, talk to your supervisor or call me."},
  "ru": {"title": "Спасибо вам", "body": "Здравствуйте.\n\nСпасибо за то, что вы делаете. Ваше время и внимание значат больше, чем видно со стороны.\n\nЕсли вам самим тяжело, поговорите со своим наставником или позвоните мне."}}$w$);
