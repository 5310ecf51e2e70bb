// Can one person, with a statement of their own, do what takes two?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Attack, type Attacker, openAttacker, openWorld } from './attack.ts'
import { type Cast, openCast } from './cast.ts'
import { recordTests } from './proof/record.ts'

recordTests('bypass', 'attempts to do alone what takes two', /(nothing comes of it|whoever writes)$/)

let cast: Cast
let attacker: Attacker
beforeAll(async () => {
  cast = await openCast()
  attacker = await openAttacker(cast, await openWorld(cast))
})
afterAll(async () => {
  await attacker.close()
  await cast.close()
})

const asked = (whom: string, role: string, by: string, more = ['', '']) =>
  `insert into confirmation (kind, person_id, role, valid_from, valid_to, reason, proposed_by, expires_at${more[0]})
   values ('role', ':${whom}', '${role}', current_date, '2999-12-31', 'x', ':${by}', now() + interval '7 days'${more[1]})`
const begun = (whom: string, by: string) =>
  `insert into confirmation (kind, person_id, way, reason, proposed_by, expires_at)
   values ('recover', ':${whom}', 'video', 'x', ':${by}', now() + interval '7 days')`
const readdressed = (whom: string, by: string, email = `'uus@naidis.example'`) =>
  `insert into confirmation (kind, person_id, way, reason, new_email, proposed_by, expires_at)
   values ('email', ':${whom}', 'video', 'x', ${email}, ':${by}', now() + interval '7 days')`
const renamed = (whom: string, by: string, way = `'video'`, name = `'Näidis-Uus'`) =>
  `insert into confirmation (kind, person_id, way, reason, new_name, new_search, proposed_by, expires_at)
   values ('name', ':${whom}', ${way}, 'x', ${name}, 'naidis uus', ':${by}', now() + interval '7 days')`
const decided = (the: string, how = 'confirmed') =>
  `select 1 where confirmation_decide(':${the}', '${how}', 'x', 'video')`
const linked = (whom: string) =>
  `select 1 where invitation_make(gen_random_uuid(), ':${whom}', '\\x01', '\\x01', 7) is not null`
const card = (whom: string, by: string) =>
  `insert into person_identity (person_id, subject_index, linked_by) values (':${whom}', decode(repeat('ab', 16), 'hex'), ':${by}')`

const allowed: Attack[] = [
  ['Ott asks for a role for a colleague', 'ott', asked('tiia', 'manager', 'ott')],
  ['Kim lets a volunteer in, when a second person agrees', 'kim', asked('stranger0', 'volunteer', 'kim')],
  [
    'Peep agrees to what Ott asked for',
    'peep',
    `select 1 where confirmation_decide(':askedHelper', 'confirmed', null, null)`,
  ],
  ['Sirje begins to help her own volunteer back in', 'sirje', begun('louPerson', 'sirje')],
  ['Ott asks that the letters of Lea go elsewhere', 'ott', readdressed('lea', 'ott')],
  ['Sirje asks that those of her own volunteer do', 'sirje', readdressed('louPerson', 'sirje')],
  [
    'Kim agrees to what Ott asked for the letters of Max',
    'kim',
    `select 1 where confirmation_decide(':newMail', 'confirmed', null, 'video')`,
  ],
  ['Ott asks that Lea is called otherwise', 'ott', renamed('lea', 'ott')],
  ['Sirje asks it for her own volunteer', 'sirje', renamed('louPerson', 'sirje')],
  ['Lea asks it for herself', 'lea', renamed('lea', 'lea', 'null')],
  [
    'Ott agrees to what Tiia asked for herself',
    'ott',
    `select 1 where confirmation_decide(':newName', 'confirmed', null, 'document')`,
  ],
  ['Tiia takes it back', 'tiia', `select 1 where confirmation_keep(':newName')`],
  ['Max says that he did not ask for it', 'max', `select 1 where confirmation_keep(':newMail')`],
]

test.each(allowed)('what is meant to work does: %s', async (_, who, statement, login) => {
  expect(await attacker.attempt(who, statement, login)).toBe(1)
})

const forged: Attack[] = [
  // What takes two.
  ['Ott links a card of his own to the account of Lea', 'ott', card('lea', 'ott')],
  ['Ott does so in the name of Lea', 'ott', card('lea', 'lea')],
  ['Kim links a card of her own to the account of a volunteer', 'kim', card('louPerson', 'kim')],
  [
    'Ott gives a colleague a role by himself',
    'ott',
    `insert into person_role (person_id, role, valid_from, valid_to) values (':tiia', 'manager', current_date, '2999-12-31')`,
  ],
  [
    'Kim lets a volunteer in by herself',
    'kim',
    `insert into person_role (person_id, role, valid_from, valid_to) values (':tiia', 'volunteer', current_date, '2999-12-31')`,
  ],
  ['Ott makes a role longer', 'ott', `update person_role set valid_to = '3000-01-01' where person_id = ':tiia'`],
  ['Ott asks for himself', 'ott', asked('ott', 'coordinator', 'ott')],
  ['Ott asks in the name of Kim', 'ott', asked('tiia', 'manager', 'kim')],
  ['Kim asks for another role than of those who help', 'kim', asked('tiia', 'manager', 'kim')],
  ['Sirje asks for a role', 'sirje', asked('tiia', 'volunteer', 'sirje')],
  ['Peep asks for a role', 'peep', asked('tiia', 'volunteer', 'peep')],
  ['Ott asks for the process', 'ott', asked('sys', 'trainer', 'ott')],
  ['Ott brings his own decision', 'ott', asked('tiia', 'manager', 'ott', [', decision', `, 'first'`])],
  ['Ott rewrites who asked', 'ott', `update confirmation set proposed_by = ':kim' where id = ':askedHelper'`],
  ['Ott confirms what he asked for', 'ott', decided('askedHelper')],
  ['Tiia confirms what is for her', 'tiia', decided('askedHelper')],
  ['Sirje confirms a role', 'sirje', decided('askedHelper')],
  ['Max confirms a role', 'max', decided('askedHelper')],
  ['Peep decides in a way there is none', 'peep', decided('askedHelper', 'withdrawn')],
  ['Peep confirms what ran out', 'peep', decided('askedLate')],
  ['Peep confirms what was refused', 'peep', decided('askedRefused')],
  [
    'Peep lets a decision take effect past the decision',
    'peep',
    `select confirmation_take_effect(c) from confirmation c`,
  ],
  ['Peep takes back what Ott asked for', 'peep', `select 1 where confirmation_withdraw(':askedHelper')`],
  ['Ott opens a closed account by himself', 'ott', `update person set status = 'active' where id = ':closed'`],
  // A way back in.
  ['Sirje helps a stranger’s volunteer back in', 'sirje', begun('mall', 'sirje')],
  ['Kim helps a colleague back in while an administrator is there', 'kim', begun('max', 'kim')],
  ['Kim begins for herself', 'kim', begun('kim', 'kim')],
  ['Max begins for his member', 'max', begun('mall', 'max')],
  ['Ott confirms the way back that he began', 'ott', decided('back')],
  ['Lou confirms her own way back', 'lou', decided('back')],
  ['Sirje sends the link before anybody agreed', 'sirje', linked('louPerson')],
  ['Ott sends the link of what he began before anybody agreed', 'ott', linked('louPerson')],
  ['Kim sends a link to somebody who has keys', 'kim', linked('sirje')],
  ['Ott sends a link to somebody who has keys', 'ott', linked('mall')],
  ['Peep sends a link on a way back in which he had no part', 'peep', linked('max')],
  ['Ott sends the link after its owner said no', 'ott', linked('mallStopped')],
  ['Kim stops the way back of another', 'kim', `select 1 where confirmation_stop() > 0`],
  [
    'Kim makes a link past the function',
    'kim',
    `insert into invitation (person_id, token_hash, code_hash, expires_at) values (':louPerson', '\\x01', '\\x01', now() + interval '1 day')`,
  ],
  ['Ott reads where letters lead', 'ott', `select link_sealed from mail_outbox`],
  ['Ott opens the door by a code', 'ott', `select door_invited(':stranger', '\\x01', 'x')`],
  ['the door decides', null, decided('askedHelper'), 'door'],
  // Where letters go.
  [
    'Ott changes the address of Lea by himself',
    'ott',
    `update person set email = 'uus@naidis.example' where id = ':lea'`,
  ],
  ['Lea changes her own', 'lea', `update person set email = 'uus@naidis.example' where id = ':lea'`],
  ['Ott asks for another address for himself', 'ott', readdressed('ott', 'ott')],
  ['Ott asks for one in the name of Kim', 'ott', readdressed('lea', 'kim')],
  ['Ott asks for one for the process', 'ott', readdressed('sys', 'ott')],
  ['Ott asks for none', 'ott', readdressed('lea', 'ott', 'null')],
  ['Ott asks for one for a closed account', 'ott', readdressed('closed', 'ott')],
  ['Kim asks for one for a colleague while an administrator is there', 'kim', readdressed('lea', 'kim')],
  ['Sirje asks for one for a stranger’s volunteer', 'sirje', readdressed('mall', 'sirje')],
  ['Lou asks for one for Lea', 'lou', readdressed('lea', 'lou')],
  ['Lou looks whether an address is somebody’s', 'lou', readdressed('lea', 'lou', `'kim@naidis.example'`)],
  ['Ott confirms the address that he asked for', 'ott', decided('newMail')],
  ['Max confirms the address that is for him', 'max', decided('newMail')],
  ['Sirje confirms an address of somebody whom she does not guide', 'sirje', decided('newMail')],
  ['Peep confirms an address that ran out', 'peep', decided('newMailLate')],
  [
    'Ott writes another address where he asked for one',
    'ott',
    `update confirmation set new_email = 'x@naidis.example'`,
  ],
  [
    'Ott changes an address past the decision',
    'ott',
    `select email_change(c) from confirmation c where c.kind = 'email'`,
  ],
  ['Kim keeps the address of another', 'kim', `select 1 where confirmation_keep(':newMail')`],
  ['Tiia keeps hers after it ran out', 'tiia', `select 1 where confirmation_keep(':newMailLate')`],
  ['Ott has what was asked for forgotten', 'ott', `select asked_forget()`],
  ['Max keeps his through the login that only reads', 'max', `select 1 where confirmation_keep(':newMail')`, 'read'],
  [
    'Kim writes a letter to an address of her choosing',
    'kim',
    `insert into mail_outbox (person_id, kind, to_before) values (':lea', 'email-changed', 'x@naidis.example')`,
  ],
  // What somebody is called.
  ...(
    ['ott', 'kim', 'peep', 'lea', 'max', 'mall', 'sirje', 'aino', 'tiia', 'jaan', 'piret', 'lou', 'sys'] as const
  ).map(
    (who): Attack => [
      `${who} writes another name of his or her own`,
      who,
      `update person set name = 'Näidis-Uus' where id = auth_person()`,
    ],
  ),
  ['Ott writes another name of Lea', 'ott', `update person set name = 'Näidis-Uus' where id = ':lea'`],
  [
    'Lea writes hers through the login that only reads',
    'lea',
    `update person set name = 'x' where id = ':lea'`,
    'read',
  ],
  ['the door writes one', null, `update person set name = 'Näidis-Uus'`, 'door'],
  [
    'Lea writes that she had another',
    'lea',
    `insert into former_name (person_id, name, held_from, held_until) values (':lea', 'x', now() - interval '1 day', now())`,
  ],
  ['Ott has a name forgotten', 'ott', `delete from former_name`],
  ['Ott writes over one', 'ott', `update former_name set name = 'x'`],
  ['Lea asks for Max', 'lea', renamed('max', 'lea')],
  ['Lea asks for Max in his name', 'lea', renamed('max', 'max', 'null')],
  ['Lea asks for none', 'lea', renamed('lea', 'lea', 'null', 'null').replace(`'naidis uus'`, 'null')],
  ['Ott asks for the process', 'ott', renamed('sys', 'ott')],
  ['the process asks for itself', 'sys', renamed('sys', 'sys', 'null')],
  ['Ott asks for a closed account', 'ott', renamed('closed', 'ott')],
  ['Kim asks for a colleague while an administrator is there', 'kim', renamed('lea', 'kim')],
  ['Sirje asks for a stranger’s volunteer', 'sirje', renamed('mall', 'sirje')],
  ['Tiia confirms her own', 'tiia', decided('newName')],
  ['Lea confirms that of Tiia', 'lea', decided('newName')],
  ['Kim keeps the name of another', 'kim', `select 1 where confirmation_keep(':newName')`],
  ['Tiia writes another where she asked for one', 'tiia', `update confirmation set new_name = 'x'`],
  ['Ott changes one past the decision', 'ott', `select name_change(c) from confirmation c where c.kind = 'name'`],
]

test.each(forged)('%s: nothing comes of it', async (_, who, statement, login) => {
  expect([0, '42501']).toContain(await attacker.attempt(who, statement, login))
})

const row = (columns: string, values: string) =>
  `insert into confirmation (kind, person_id, role, valid_from, valid_to, reason, expires_at, proposed_by, ${columns})
   values ('role', ':tiia', 'manager', current_date, '2999-12-31', 'x', now() + interval '7 days', ${values})`
const impossible: [string, string][] = [
  ['one who asks for herself', row('agency', `':tiia', null`)],
  ['one who decides what she asked', row('decision, decided_at, decided_by', `':ott', 'confirmed', now(), ':ott'`)],
  ['one who decides what is for her', row('decision, decided_at, decided_by', `':ott', 'confirmed', now(), ':tiia'`)],
  [
    'one who refuses what she asked',
    row('decision, decided_at, decided_by, decision_reason', `':ott', 'refused', now(), ':ott', 'x'`),
  ],
  ['a decision of nobody', row('decision, decided_at', `':ott', 'confirmed', now()`)],
  ['another who takes it back', row('decision, decided_at, decided_by', `':ott', 'withdrawn', now(), ':kim'`)],
  ['a refusal without a reason', row('decision, decided_at, decided_by', `':ott', 'refused', now(), ':kim'`)],
  ['what waits for ever', row('agency', `':ott', null`).replace('7 days', '70 days')],
  ['a second process', row('agency', `':ott', null`).replace(`'manager'`, `'system'`)],
  ['a way back in that nobody looked at', begun('mall', 'ott').replace(`'video'`, 'null')],
  ['a new address for somebody at whom nobody looked', readdressed('mall', 'ott').replace(`'video'`, 'null')],
  ['an address of the erased', readdressed('mall', 'ott', `'kustutatud-x@localhost.invalid'`)],
  ['an address that no letter can be sent to', readdressed('mall', 'ott', `'a b@naidis.example'`)],
  ['another’s name asked for by somebody who has not seen her', renamed('mall', 'ott', 'null')],
  ['a name that is nothing but room', renamed('mall', 'ott', `'video'`, `' '`)],
  ['a name without the spellings by which it is found', renamed('mall', 'ott').replace(`'naidis uus'`, 'null')],
  ['an address beside a role', row('agency, new_email', `':ott', null, 'uus@naidis.example'`)],
]

test.each(impossible)('the table itself refuses %s, whoever writes', async (_, statement) => {
  expect(await attacker.asOwner(statement)).toBe('23514')
})
