// Does it take two to be called otherwise – she herself may be one of them – and is what she was called kept and told?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { type Letter, openPost, type Post } from '../../../test/post.ts'
import { lend, standIn } from '../../../test/substitution.ts'
import { helperWords, sentenceOf } from '../../audit/audit.ts'
import { listAudit } from '../../audit/audits.server.ts'
import { openCase } from '../../cases/case-file.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { translator } from '../../i18n/i18n.ts'
import { openAccount } from '../account/accounts.server.ts'
import { disablePerson, openPerson } from '../people/people.server.ts'
import { askedForgotten } from './changes.server.ts'
import { confirm, openConfirmation, refuse, withdraw } from './confirmations.server.ts'
import { askName, askOwnName, keepOwnName, openName, openOwnName } from './names.server.ts'

let cast: Cast
let mail: Post
let letters: Letter[] = []
beforeAll(async () => {
  cast = await openCast()
  mail = await openPost(cast, { origin: 'https://leht.example' })
})
afterAll(async () => {
  await mail.close()
  await cast.close()
})
beforeEach(() => cast.admin.query('delete from mail_outbox; delete from confirmation'))

const t = translator('et')
const seen = { way: 'document', reason: 'Abiellus' }
const ask = (who: Person, whom: { id: string }, name: string) => askName.run(who, { id: whom.id, name, ...seen })
const askOwn = (who: Person, name: string) => askOwnName.run(who, { name, reason: 'Abiellusin' })
const nameOf = async (whom: { id: string }) =>
  (await cast.admin.query('select name from person where id = $1', [whom.id])).rows[0].name
const formerOf = async (whom: { id: string }) =>
  (
    await cast.admin.query(
      'select name, held_from < held_until as held from former_name where person_id = $1 order by held_until',
      [whom.id],
    )
  ).rows
async function post() {
  letters = await mail.fetch()
  return letters.map(({ to }) => to.replace('@naidis.example', '')).toSorted()
}
const stale = (who: Person) => ({ ...who, provedAt: new Date(Date.now() - 6 * 60_000) })

test('she asks for herself, and somebody else who has seen her decides', async () => {
  const { id } = await askOwn(cast.mall, ' Mall  Näi\u00addis-Uus\u200b ')
  expect(await nameOf(cast.mall)).toBe('Mall Näidis-Maasik')
  expect(await openOwnName.run(cast.mall, {})).toMatchObject({ waiting: { id, newName: 'Mall Näidis-Uus', way: null } })
  expect((await openAccount.run(cast.mall, {})).changes).toMatchObject([{ id, kind: 'name' }])
  // Not she, and nobody beside the circle; and the second says how she was seen, freshly proved.
  for (const who of [cast.mall, cast.lou, cast.max, cast.aino])
    await expect(confirm.run(who, { id, way: 'document' })).rejects.toBeInstanceOf(Refused)
  for (const who of [cast.sirje, cast.kim])
    await expect(confirm.run(who, { id, way: 'document' })).rejects.toBeInstanceOf(NotFound)
  await expect(confirm.run(cast.ott, { id })).rejects.toBeInstanceOf(Invalid)
  await expect(confirm.run(stale(cast.ott), { id, way: 'document' })).rejects.toBeInstanceOf(Refused)
  expect(await post()).toEqual(['mall', 'ott'])
  await confirm.run(cast.ott, { id, way: 'document' })
  expect(await nameOf(cast.mall)).toBe('Mall Näidis-Uus')
  expect(await post()).toEqual(['mall'])
  for (const { text } of letters) expect(text).not.toMatch(/Näidis-|MARAC|tugi|kannatanu|juhtum/i)
  expect(await formerOf(cast.mall)).toEqual([{ name: 'Mall Näidis-Maasik', held: true }])
  const { doors } = await openAccount.run(cast.mall, {})
  expect(doors[0]).toMatchObject({ action: 'access.nameChanged', helpers: ['Mall Näidis-Uus', 'Ott Näidis-Orav'] })
})

test('asked for by somebody else: who, and what she may say to it', async () => {
  expect(await openName.run(cast.sirje, { id: cast.lou.id })).toEqual({ id: cast.lou.id, name: 'Lou Näidis-Lepik' })
  for (const who of [cast.kim, cast.sirje, cast.peep]) {
    await expect(openName.run(who, { id: cast.lea.id })).rejects.toBeInstanceOf(NotFound)
    await expect(ask(who, cast.lea, 'Lea Näidis-Uus')).rejects.toBeInstanceOf(NotFound)
    await expect(ask(who, who, 'Muu Näidis-Uus')).rejects.toBeInstanceOf(NotFound)
  }
  for (const who of [cast.lou, cast.lea, cast.aino])
    await expect(ask(who, cast.tiia, 'Tiia Näidis-Uus')).rejects.toBeInstanceOf(Refused)
  await expect(ask(stale(cast.ott), cast.lea, 'Lea Näidis-Uus')).rejects.toBeInstanceOf(Refused)
  await expect(askOwn(stale(cast.lea), 'Lea Näidis-Uus')).rejects.toBeInstanceOf(Refused)
  await expect(ask(cast.ott, cast.sys, 'Uus Süsteem')).rejects.toBeInstanceOf(NotFound)
  await expect(ask(cast.ott, cast.lea, 'Lea  Näidis-Lind')).rejects.toMatchObject({
    fields: { name: { key: 'access.name.same' } },
  })
  const { id } = await ask(cast.ott, cast.lea, 'Lea Näidis-Uus')
  // One at a time, whoever asks; nobody else keeps it, and she only freshly proved.
  await expect(askOwn(cast.lea, 'Lea Näidis-Teine')).rejects.toMatchObject({ said: { key: 'access.two.already' } })
  await expect(keepOwnName.run(cast.mall, { id })).rejects.toBeInstanceOf(NotFound)
  await expect(keepOwnName.run(stale(cast.lea), { id })).rejects.toBeInstanceOf(Refused)
  await keepOwnName.run(cast.lea, { id })
  await expect(keepOwnName.run(cast.lea, { id })).rejects.toBeInstanceOf(Conflict)
  await expect(confirm.run(cast.kim, { id, way: 'video' })).rejects.toBeInstanceOf(Conflict)
  // Nor does anything come of what is refused, taken back, or was waiting when the account was closed.
  const second = await ask(cast.ott, cast.lea, 'Lea Näidis-Uus')
  await refuse.run(cast.peep, { id: second.id, reason: 'Dokumendis on teine nimi' })
  const third = await ask(cast.ott, cast.lea, 'Lea Näidis-Uus')
  await withdraw.run(cast.ott, { id: third.id })
  const fourth = await askOwn(cast.piret, 'Piret Näidis-Uus')
  await disablePerson.run(cast.ott, { id: cast.piret.id })
  await expect(confirm.run(cast.ott, { id: fourth.id, way: 'video' })).rejects.toBeInstanceOf(Conflict)
  expect([await nameOf(cast.lea), await nameOf(cast.piret)]).toEqual(['Lea Näidis-Lind', 'Piret Näidis-Paju'])
  expect([await formerOf(cast.lea), await formerOf(cast.piret)]).toEqual([[], []])
})

test('who stands in for somebody changes nobody’s name, nor her own, until she is herself again', async () => {
  const { person } = await standIn(cast, cast.peep, await lend(cast, cast.kim, cast.peep))
  await expect(askOwn(person, 'Peep Näidis-Uus')).rejects.toBeInstanceOf(Refused)
  await expect(ask(person, cast.lou, 'Lou Näidis-Uus')).rejects.toBeInstanceOf(Refused)
})

test('the log, what two decided and the account tell what she was called when it happened', async () => {
  const caseId = await referCase(cast.lea)
  await openCase.run(cast.lea, { id: caseId })
  const { id } = await ask(cast.ott, cast.lea, 'Lea Näidis-Saar')
  await confirm.run(cast.kim, { id, way: 'document' })
  const lea = (await signIn(cast.admin, cast.lea.id)).person
  await openCase.run(lea, { id: caseId })
  const { events } = await listAudit.run(cast.aino, { action: 'case.open' })
  expect(events.map((event) => sentenceOf(t, event).replace(/ M-.*/, ''))).toEqual([
    'Lea Näidis-Saar vaatas juhtumit',
    'Lea Näidis-Saar (siis Lea Näidis-Lind) vaatas juhtumit',
  ])
  // By either name the same is found.
  for (const person of ['Näidis-Lind', 'näidis-saar'])
    expect((await listAudit.run(cast.aino, { action: 'case.open', person })).events).toHaveLength(2)
  expect(await openConfirmation.run(cast.ott, { id })).toMatchObject({
    ...{ name: 'Lea Näidis-Saar', nameThen: 'Lea Näidis-Lind', newName: 'Lea Näidis-Saar' },
    ...{ proposer: 'Ott Näidis-Orav', proposerThen: null, decider: 'Kim Näidis-Koort', deciderThen: null },
  })
  // Of those who decide as well.
  const kim = await askOwn(cast.kim, 'Kim Näidis-Uus')
  await confirm.run(cast.ott, { id: kim.id, way: 'known' })
  expect(await openConfirmation.run(cast.ott, { id })).toMatchObject({
    ...{ decider: 'Kim Näidis-Uus', deciderThen: 'Kim Näidis-Koort' },
  })
  const changed = await listAudit.run(cast.aino, { action: 'access.nameChanged' })
  expect(changed.events.slice(0, 2).map((event) => helperWords(t, event))).toEqual([
    'Kim Näidis-Uus, Ott Näidis-Orav',
    'Kim Näidis-Uus (siis Kim Näidis-Koort), Ott Näidis-Orav',
  ])
  expect((await openPerson.run(cast.ott, { id: cast.kim.id })).former.map(({ name }) => name)).toEqual([
    'Kim Näidis-Koort',
  ])
  // Back again, the time between has its own name.
  const back = await ask(cast.ott, cast.lea, 'Lea Näidis-Lind')
  await confirm.run(cast.kim, { id: back.id, way: 'document' })
  const again = await listAudit.run(cast.aino, { action: 'case.open' })
  expect(again.events.map(({ actor, actorThen }) => [actor, actorThen])).toEqual([
    ['Lea Näidis-Lind', 'Lea Näidis-Saar'],
    ['Lea Näidis-Lind', null],
  ])
})

test('what was asked for is forgotten when its time is over', async () => {
  const { id } = await askOwn(cast.tiia, 'Tiia Näidis-Uus')
  expect(await askedForgotten.run(cast.sys)).toBe(0)
  await cast.admin.query(
    `update confirmation set proposed_at = now() - interval '8 days', expires_at = now() - interval '1 minute' where id = $1`,
    [id],
  )
  await expect(confirm.run(cast.ott, { id, way: 'video' })).rejects.toBeInstanceOf(Conflict)
  expect(await askedForgotten.run(cast.sys)).toBe(1)
  const { rows } = await cast.admin.query('select new_name, new_search from confirmation where id = $1', [id])
  expect(rows).toEqual([{ new_name: null, new_search: null }])
})

test('of many who decide at once one is heard, and she is called as that one said', async () => {
  for (let round = 0; round < 8; round++) {
    const before = await nameOf(cast.jaan)
    const wanted = `Jaan Näidis-${'ABCDEFGH'[round]}`
    const { id } =
      round % 2 === 0 ? await askOwn({ ...cast.jaan, name: before }, wanted) : await ask(cast.ott, cast.jaan, wanted)
    const [one, other] = round % 2 === 0 ? [cast.ott, cast.ott] : [cast.kim, cast.peep]
    const tries = await Promise.allSettled([
      confirm.run(one, { id, way: 'video' }),
      confirm.run(other, { id, way: 'known' }),
      refuse.run(other, { id, reason: 'Ei' }),
      keepOwnName.run(cast.jaan, { id }),
    ])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Conflict)
    const { rows } = await cast.admin.query('select decision from confirmation where id = $1', [id])
    expect(await nameOf(cast.jaan)).toBe(rows[0].decision === 'confirmed' ? wanted : before)
  }
})
