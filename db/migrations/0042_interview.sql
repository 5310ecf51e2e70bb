-- What is asked in the talk with somebody who wants to help, in which wording, and what was answered?
set local role tugivork_owner;

-- A guide is never changed: whoever changes it makes the next version, and what was answered keeps the wording that was asked.
create table interview_guide (
  version int primary key check (version > 0), questions jsonb not null check (jsonb_array_length(questions) between 1 and 12),
  created_by uuid references person, created_at timestamptz not null default now(), check (created_by is not null or version = 1)
);
select classify('interview_guide', 'C1', 'version questions created_by created_at');
create trigger own_name before insert on interview_guide for each row execute function own_name('created_by');

-- The first one is a proposal of our own: the sources know that there is a talk, not what is asked in it.
insert into interview_guide (version, questions) values (1, '[
  {"et": "Mis tõi sind siia?", "en": "What brought you here?", "ru": "Что привело тебя сюда?"},
  {"et": "Kellele oled sina raskel ajal toeks olnud ja mis siis aitas?", "en": "Whom have you stood by in a hard time, and what helped then?", "ru": "Кого ты поддерживал(а) в трудное время и что тогда помогло?"},
  {"et": "Mida teeksid, kui inimene otsustab teisiti, kui sina õigeks pead?", "en": "What would you do if somebody decides otherwise than you think right?", "ru": "Что ты сделаешь, если человек решит не так, как тебе кажется правильным?"},
  {"et": "Kuidas hoiad enda teada, mida sulle usaldatakse?", "en": "How do you keep to yourself what you are told in confidence?", "ru": "Как ты сохраняешь в тайне то, что тебе доверили?"},
  {"et": "Kuidas hoiad iseennast ja kellega saad rääkida?", "en": "How do you look after yourself, and whom can you talk to?", "ru": "Как ты заботишься о себе и с кем можешь поговорить?"},
  {"et": "Kui palju on sul aega ja millal?", "en": "How much time do you have, and when?", "ru": "Сколько у тебя времени и когда?"},
  {"et": "Mida tahad meilt küsida?", "en": "What would you like to ask us?", "ru": "О чём ты хочешь спросить нас?"}
]');

create table interview (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  guide int not null references interview_guide, held_on date not null, answers_sealed bytea not null,
  conclusion text not null check (conclusion in ('fits', 'unsure', 'no')),
  recorded_by uuid not null references person, recorded_at timestamptz not null default now()
);
create index on interview (volunteer_id);
select classify('interview', 'C1', 'id volunteer_id guide held_on conclusion recorded_by recorded_at');
select classify('interview', 'C3', 'answers_sealed');
create trigger own_name before insert on interview for each row execute function own_name('recorded_by');
