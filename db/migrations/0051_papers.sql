-- Which papers are made with a volunteer, by which wording, and where is the signed copy?
set local role tugivork_owner;

-- A wording is never changed: whoever changes it makes the next version, which holds from a day on. What was made keeps the version it was made by.
create table paper_template (
  kind text not null check (kind in ('contract', 'pledge', 'goodwill', 'certificate', 'thanks')), version int not null check (version > 0),
  from_on date not null, words jsonb not null check (words ?& '{et,en,ru}'),
  created_by uuid references person, created_at timestamptz not null default now(), check (created_by is not null or version = 1),
  primary key (kind, version)
);
select classify('paper_template', 'C1', 'kind version from_on words created_by created_at');
create trigger own_name before insert on paper_template for each row execute function own_name('created_by');

-- A paper made for one volunteer: the version of its wording and, sealed under the volunteer's key, what was filled in. From these the file is
-- made whenever somebody asks for it.
create table paper (
  id uuid primary key default gen_random_uuid(), volunteer_id uuid not null references volunteer,
  kind text not null, template int not null, locale text not null check (locale in ('et', 'en', 'ru')),
  made_on date not null, valid_from date, valid_to date, facts_sealed bytea,
  made_by uuid not null references person, made_at timestamptz not null default now(),
  superseded_at timestamptz, superseded_reason text,
  foreign key (kind, template) references paper_template (kind, version), unique (id, volunteer_id),
  check (valid_to is null or valid_to >= valid_from), check ((superseded_at is null) = (superseded_reason is null))
);
create index on paper (volunteer_id);
select classify('paper', 'C1', 'id volunteer_id kind template locale made_on valid_from valid_to made_by made_at superseded_at superseded_reason');
select classify('paper', 'C2', 'facts_sealed');
create trigger own_name before insert on paper for each row execute function own_name('made_by');
create trigger set_once before update on paper for each row execute function set_once('superseded_at', 'superseded_reason');

-- The copy that was signed, and the fact that it proves. `seen`: the day is kept and no file, because the copy would name the person helped.
create table paper_signed (
  id uuid primary key default gen_random_uuid(), paper_id uuid not null, volunteer_id uuid not null,
  form text not null check (form in ('asice', 'pdf', 'seen')), signed_on date not null,
  size int check (size between 1 and 5000000), sha256 bytea check (octet_length(sha256) = 32), file_sealed bytea, signatures_sealed bytea,
  evidence_id uuid references volunteer_evidence,
  recorded_by uuid not null references person, recorded_at timestamptz not null default now(),
  superseded_at timestamptz, superseded_reason text,
  foreign key (paper_id, volunteer_id) references paper (id, volunteer_id),
  check ((form = 'seen') = (size is null) and (form = 'seen') = (sha256 is null)),
  check ((superseded_at is null) = (superseded_reason is null))
);
create unique index on paper_signed (paper_id) where superseded_at is null;
create index on paper_signed (volunteer_id);
select classify('paper_signed', 'C1', 'id paper_id volunteer_id form signed_on size sha256 evidence_id recorded_by recorded_at superseded_at superseded_reason');
select classify('paper_signed', 'C2', 'file_sealed signatures_sealed');
create trigger own_name before insert on paper_signed for each row execute function own_name('recorded_by');
create trigger set_once before update on paper_signed for each row execute function set_once('superseded_at', 'superseded_reason');

-- The first ones are proposals of our own, to be read by a lawyer before they are used.
insert into paper_template (kind, version, from_on, words) values ('contract', 1, '2026-01-01', jsonb_build_object(
'et', $p$# Vabatahtliku tegevuse leping
Sotsiaalkindlustusamet (edaspidi amet) ja {nimi}, kood {kood} (edaspidi vabatahtlik), sõlmivad selle lepingu {kuupäev}.
Leping kehtib alates {algus}. Lepingu lõpp: {lõpp}.

## Mida vabatahtlik teeb
- Ta on olemas inimesele, kellega amet on ta kokku viinud: kuulab, julgustab ja tuleb kaasa, kui inimene seda soovib.
- Ta lepib kohtumised kokku nii, et need oleksid ohutud, ja paneb iga kohtumise lühidalt kirja.
- Ta ütleb juhendajale kohe, kui midagi teeb muret või laps vajab abi.
- Ta ei hinda ohtu, ei anna õigusnõu, ei laena raha ega võta ühendust inimesega, keda toetatav kardab.

## Mida amet teeb
- Amet koolitab vabatahtliku enne esimest kohtumist, annab talle juhendaja ja korraldab juhendamise.
- Amet hüvitab kokkulepitud sõidukulud. Töötasu vabatahtlik ei saa.
- Amet tegeleb vabatahtliku murega ka siis, kui see puudutab ametit ennast.

## Mida hoitakse enda teada
Vabatahtlik ei räägi kellelegi edasi, mida ta inimestest teada saab. See kehtib ka pärast lepingu lõppu. Selle kohta annab ta eraldi kinnituse.

## Andmed ja lõpetamine
Amet kasutab vabatahtliku andmeid ainult selle lepingu täitmiseks ja hoiab lepingut seitse aastat pärast selle lõppu.
Kumbki pool võib lepingu igal ajal lõpetada, kui ütleb seda teisele kirjalikult. Pooleli toetused antakse enne üle.

## Allkirjad
Ameti nimel {koordinaator}: ______________________   Kuupäev ______________
Vabatahtlik {nimi}: ______________________   Kuupäev ______________$p$,
'en', $p$# Volunteer's contract
The Social Insurance Board (the Board) and {nimi}, code {kood} (the volunteer), make this contract on {kuupäev}.
The contract holds from {algus}. It ends: {lõpp}.

## What the volunteer does
- The volunteer is there for the person with whom the Board has put them in touch: listens, encourages and comes along when the person wishes it.
- The volunteer arranges meetings so that they are safe, and writes down each of them in a few words.
- The volunteer tells the supervisor at once if something is worrying or a child needs help.
- The volunteer does not assess danger, give legal advice, lend money or contact anybody of whom the person is afraid.

## What the Board does
- The Board trains the volunteer before the first meeting, names a supervisor and arranges supervision.
- The Board refunds travel costs as agreed. The volunteer is not paid.
- The Board takes up the volunteer's concern even where it is about the Board itself.

## What is kept in confidence
The volunteer passes on to nobody what they come to know about people. This holds after the contract has ended as well. The volunteer gives a separate pledge about it.

## Data and ending
The Board uses the volunteer's data for this contract alone, and keeps the contract for seven years after it has ended.
Either side may end the contract at any time by telling the other in writing. Support that is under way is handed over first.

## Signatures
For the Board, {koordinaator}: ______________________   Date ______________
Volunteer, {nimi}: ______________________   Date ______________$p$,
'ru', $p$# Договор добровольца
Департамент социального страхования (далее Департамент) и {nimi}, код {kood} (далее доброволец), заключают этот договор {kuupäev}.
Договор действует с {algus}. Окончание договора: {lõpp}.

## Что делает доброволец
- Доброволец находится рядом с человеком, с которым его познакомил Департамент: слушает, ободряет и сопровождает, если человек этого хочет.
- Доброволец договаривается о встречах так, чтобы они были безопасны, и коротко записывает каждую встречу.
- Доброволец сразу сообщает наставнику, если что-то вызывает тревогу или ребёнку нужна помощь.
- Доброволец не оценивает опасность, не даёт юридических советов, не одалживает деньги и не связывается с тем, кого человек боится.

## Что делает Департамент
- Департамент обучает добровольца до первой встречи, назначает ему наставника и организует наставничество.
- Департамент возмещает дорожные расходы по договорённости. Оплаты за работу доброволец не получает.
- Департамент занимается обращением добровольца и тогда, когда оно касается самого Департамента.

## Что остаётся в тайне
Доброволец никому не передаёт того, что узнаёт о людях. Это действует и после окончания договора. Об этом доброволец подписывает отдельное обязательство.

## Данные и прекращение
Департамент использует данные добровольца только для исполнения этого договора и хранит договор семь лет после его окончания.
Каждая сторона может прекратить договор в любое время, письменно сообщив об этом другой стороне. Начатая поддержка сначала передаётся другому человеку.

## Подписи
От имени Департамента {koordinaator}: ____________________   Дата ____________
Доброволец {nimi}: ____________________   Дата ____________$p$));
insert into paper_template (kind, version, from_on, words) values ('pledge', 1, '2026-01-01', jsonb_build_object(
'et', $p$# Konfidentsiaalsuskinnitus
Mina, {nimi}, kood {kood}, kinnitan {kuupäev}:

- Ma ei räägi kellelegi edasi, mida ma toetatavatest inimestest, nende lähedastest ja asukohast teada saan. See kehtib ka pärast seda, kui ma enam vabatahtlik ei ole.
- Ma ei ütle kellelegi, keda ma toetan, ka oma perele mitte.
- Ma ei tee toetatavate inimeste kohta märkmeid, pilte ega koopiaid mujale kui selleks antud keskkonda.
- Ma ei kasuta selle kohta tavalisi sõnumirakendusi ega sotsiaalmeediat.
- Kui laps vajab abi või keegi on ohus, annan sellest kohe teada. Seda kohustust see kinnitus ei piira.
- Kui midagi on siiski läinud valedesse kätesse, ütlen sellest koordinaatorile samal päeval.

Kinnituse rikkumise korral võidakse leping lõpetada ja mul tuleb vastutada seaduse järgi.

Allkiri ______________________   Kuupäev ______________$p$,
'en', $p$# Pledge of confidentiality
I, {nimi}, code {kood}, pledge on {kuupäev}:

- I pass on to nobody what I come to know about the people I support, those close to them and where they are. This holds after I have stopped being a volunteer as well.
- I tell nobody whom I support, and not my own family either.
- I make no notes, pictures or copies about the people I support anywhere but in the system given to me for it.
- I do not use ordinary messaging apps or social media for anything about them.
- If a child needs help or somebody is in danger, I tell it at once. This pledge does not limit that duty.
- If something has come into the wrong hands after all, I tell the coordinator on the same day.

If I break this pledge, the contract may be ended and I answer for it under the law.

Signature ______________________   Date ______________$p$,
'ru', $p$# Обязательство о неразглашении
Я, {nimi}, код {kood}, обязуюсь {kuupäev}:

- Я никому не передаю того, что узнаю о людях, которых поддерживаю, об их близких и о том, где они находятся. Это действует и после того, как я перестану быть добровольцем.
- Я никому не говорю, кого поддерживаю, в том числе своей семье.
- Я не делаю записей, снимков и копий об этих людях нигде, кроме предназначенной для этого системы.
- Я не использую для этого обычные мессенджеры и социальные сети.
- Если ребёнку нужна помощь или кто-то в опасности, я сразу сообщаю об этом. Это обязательство такого долга не ограничивает.
- Если что-то всё же попало не в те руки, я сообщаю координатору в тот же день.

При нарушении обязательства договор может быть прекращён, и я отвечаю по закону.

Подпись ______________________   Дата ______________$p$));
insert into paper_template (kind, version, from_on, words) values ('goodwill', 1, '2026-01-01', jsonb_build_object(
'et', $p$# Hea tahte kokkulepe
Seda kokkulepet täidavad koos vabatahtlik {nimi} ja inimene, keda ta toetab. Nimesid ja aadresse siia juurde ei kirjutata. Kumbki saab ühe lehe.

## Kuidas me koos oleme
Kui tihti me kohtume või räägime: ______________________________
Kus me kohtume: ______________________________
Kuidas ja millal tohib ühendust võtta: ______________________________
Milles vabatahtlik kaasa aitab: ______________________________

## Mida me teineteisele lubame
- Tuleme kokkulepitud ajal või anname õigel ajal teada, kui ei saa.
- Räägime ausalt, kui midagi ei sobi. Mõlemad võivad igal ajal öelda, et aitab.
- Vabatahtlik hoiab kuuldu enda teada. Ainult siis, kui keegi on ohus või laps vajab abi, räägib ta sellest edasi.
- Raha ega kingitusi me teineteiselt ei küsi ega anna.

Kokkulepe on tehtud {kuupäev} ja kehtib, kuni me seda muudame.

Vabatahtliku allkiri ______________________
Toetatava allkiri või nimetähed ______________________$p$,
'en', $p$# Goodwill agreement
This agreement is filled in together by the volunteer {nimi} and the person they support. No other names and no addresses are written here. Each of the two keeps one sheet.

## How we are together
How often we meet or talk: ______________________________
Where we meet: ______________________________
How and when it is all right to get in touch: ______________________________
What the volunteer helps with: ______________________________

## What we promise each other
- We come when we have agreed to, or say in time that we cannot.
- We say honestly when something does not suit us. Either may say at any time that it is enough.
- The volunteer keeps to themselves what they hear. Only when somebody is in danger or a child needs help do they pass it on.
- We neither ask each other for money or gifts nor give them.

The agreement was made on {kuupäev} and holds until we change it.

Signature of the volunteer ______________________
Signature or initials of the person supported ______________________$p$,
'ru', $p$# Соглашение о доброй воле
Это соглашение вместе заполняют доброволец {nimi} и человек, которого он поддерживает. Другие имена и адреса сюда не вписывают. У каждого остаётся один лист.

## Как мы общаемся
Как часто мы встречаемся или разговариваем: ______________________________
Где мы встречаемся: ______________________________
Как и когда можно связываться: ______________________________
В чём помогает доброволец: ______________________________

## Что мы обещаем друг другу
- Приходим, когда договорились, или вовремя предупреждаем, что не сможем.
- Честно говорим, если что-то не подходит. Каждый может в любое время сказать, что хватит.
- Доброволец хранит услышанное при себе. Только если кто-то в опасности или ребёнку нужна помощь, он сообщает об этом.
- Мы не просим друг у друга денег и подарков и не дарим их.

Соглашение заключено {kuupäev} и действует, пока мы его не изменим.

Подпись добровольца ______________________
Подпись или инициалы человека, которого поддерживают ______________________$p$));
insert into paper_template (kind, version, from_on, words) values ('certificate', 1, '2026-01-01', jsonb_build_object(
'et', $p$# Tõend vabatahtliku tegevuse kohta
Tõendame, et {nimi} on olnud Sotsiaalkindlustusameti vabatahtlik alates {algus} kuni {lõpp}.

Selle aja jooksul toetas ta inimesi {tunnid} tundi. Kohtumisi, kõnesid ja kaasas käimisi oli {kohtumised}.

Tõend on välja antud {kuupäev}.

Sotsiaalkindlustusameti nimel: {koordinaator}
Allkiri ______________________$p$,
'en', $p$# Certificate of volunteer service
We certify that {nimi} has been a volunteer of the Social Insurance Board from {algus} to {lõpp}.

In this time they supported people for {tunnid} hours. Meetings, calls and visits in company came to {kohtumised}.

Issued on {kuupäev}.

For the Social Insurance Board: {koordinaator}
Signature ______________________$p$,
'ru', $p$# Справка о добровольной деятельности
Подтверждаем, что {nimi} является или являлся (являлась) добровольцем Департамента социального страхования с {algus} по {lõpp}.

За это время поддержка людей составила {tunnid} ч. Число встреч, звонков и сопровождений: {kohtumised}.

Справка выдана {kuupäev}.

От имени Департамента социального страхования: {koordinaator}
Подпись ______________________$p$));
insert into paper_template (kind, version, from_on, words) values ('thanks', 1, '2026-01-01', jsonb_build_object(
'et', $p$# Aitäh
{nimi}

Sa oled olnud inimestele toeks {tunnid} tundi, alates {algus} kuni {lõpp}. Nende tundide taga on inimesed, kellel oli tänu sulle natuke kergem.

Sa kuulasid, tulid kaasa ja olid olemas siis, kui seda oli kõige rohkem vaja. See ei ole väike asi.

Aitäh sulle. Kui kunagi tahad tagasi tulla, anna meile teada.

{koordinaator}
{kuupäev}$p$,
'en', $p$# Thank you
{nimi}

You have stood by people for {tunnid} hours, from {algus} to {lõpp}. Behind these hours are people for whom things were a little easier because of you.

You listened, you came along, and you were there when it was needed most. That is no small thing.

Thank you. If you ever want to come back, let us know.

{koordinaator}
{kuupäev}$p$,
'ru', $p$# Спасибо
{nimi}

С {algus} по {lõpp} поддержка, которую вы дали людям, составила {tunnid} ч. За этими часами стоят люди, которым благодаря вам стало немного легче.

Вы слушали, сопровождали и были рядом тогда, когда это было нужнее всего. Это немало.

Спасибо вам. Если однажды захотите вернуться, дайте нам знать.

{koordinaator}
{kuupäev}$p$));

-- As before; what was signed goes as well, and that it was stays.
create or replace function erase_volunteer(the_volunteer uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare account uuid;
begin
  perform destroy_keys(array(select the_volunteer union all select id from month_report where volunteer_id = the_volunteer
    union all select id from application where volunteer_id = the_volunteer
    -- What was said in a group is the others' too.
    union all select p.session_id from supervision_participant p where p.volunteer_id = the_volunteer
      and not exists (select from supervision_participant o where o.session_id = p.session_id and o.volunteer_id <> the_volunteer)
    union all select id from wellbeing_checkin where volunteer_id = the_volunteer));
  update application set facts_sealed = null, email_index = null, remark_sealed = null, erased_at = coalesce(erased_at, now())
    where id = the_volunteer or volunteer_id = the_volunteer;
  update recruitment_step set note = null where volunteer_id = the_volunteer;
  update paper set facts_sealed = null where volunteer_id = the_volunteer;
  update paper_signed set file_sealed = null, signatures_sealed = null where volunteer_id = the_volunteer;
  select person_id into account from volunteer where id = the_volunteer;
  update volunteer set name = code, search_name = lower(code), email = null, phone = null, birth_year = null, sex = null,
    personal_code_sealed = null, personal_code_index = null, occupation = null, municipality_code = null, child_contact_reason = null,
    availability = null, notes = null, import_key = null, version = version + 1 where id = the_volunteer;
  update volunteer_status set reason = null where volunteer_id = the_volunteer;
  update volunteer_tie set reason = '–' where volunteer_id = the_volunteer;
  update month_report_event set remark = '–' where remark is not null
    and report_id in (select id from month_report where volunteer_id = the_volunteer);
  update assignment set rationale = null, override_reason = null where volunteer_id = the_volunteer;
  -- The account goes with the volunteer, unless the person does something else here too.
  if account is null or exists (select from person_role where person_id = account and role <> 'volunteer' and valid_to >= current_date) then return; end if;
  update person set name = (select code from volunteer where id = the_volunteer), email = 'kustutatud-' || id || '@localhost.invalid',
    phone = null, status = 'disabled' where id = account;
  update credential set password_hash = '', totp_sealed = null, totp_confirmed_at = null where person_id = account;
  delete from passkey where person_id = account;
  update session set ended_at = now(), ended_why = 'disabled', device = null where person_id = account and ended_at is null;
end $$;
