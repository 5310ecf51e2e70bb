// What hung on an address that two people changed, where else does it stand, and of those who decide at once who is heard?
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { type Letter, openPost, type Post } from '../../../test/post.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { mailTo } from '../../process/mail.server.ts'
import { editVolunteer, makeAccount } from '../../volunteers/keeping.server.ts'
import { openVolunteer } from '../../volunteers/profile/profile.server.ts'
import { calendarBehind, makeCalendar } from '../calendar/calendars.server.ts'
import { knownBy } from '../door.server.ts'
import { codeTyped } from '../invitation/invitation.ts'
import { invitationOf, invite, takeInvitation } from '../invitation/invitations.server.ts'
import { hashPassword } from '../passwords.server.ts'
import { addPerson, disablePerson } from '../people/people.server.ts'
import { confirm, refuse, withdraw } from './confirmations.server.ts'
import { askEmail, keepOwnEmail } from './emails.server.ts'
import { beginRecovery } from './recovery.server.ts'

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
beforeEach(() =>
  cast.admin.query(
    'delete from mail_outbox; delete from sign_in_attempt; delete from invitation; delete from confirmation',
  ),
)

const seen = { way: 'document', reason: 'Läks tööle teise asutusse' }
const ask = (who: Person, whom: { id: string }, email: string) => askEmail.run(who, { id: whom.id, email, ...seen })
const agreed = async (whom: { id: string }, email: string) => {
  const { id } = await ask(cast.ott, whom, email)
  await confirm.run(cast.kim, { id, way: 'video' })
  return id
}
const emailOf = async (whom: { id: string }) =>
  (await cast.admin.query('select email from person where id = $1', [whom.id])).rows[0].email
/** Everything that waits leaves; to whom. */
async function post() {
  letters = await mail.fetch()
  return letters.map(({ to }) => to.replace('@naidis.example', '')).toSorted()
}

test('what hung on the address before ends with it: link, calendar and the letter that has not left; what else waits moves on', async () => {
  const mine = (await signIn(cast.admin, cast.mall.id)).person
  const { path } = await makeCalendar.run(mine, {})
  await cast.admin.query('insert into credential (person_id, password_hash) values ($1, $2)', [
    ...[cast.mall.id, await hashPassword('kollane paat ootab hommikut')],
  ])
  const back = await beginRecovery.run(cast.ott, { id: cast.mall.id, ...seen })
  await confirm.run(cast.kim, { id: back.id, way: 'video' })
  await post()
  const { code } = await invite.run(cast.kim, { id: cast.mall.id })
  await post()
  const token = /invitation\/([\w-]{43})/.exec(letters[0]?.text.replace(/=\r?\n/g, '') ?? '')?.[1] ?? ''
  const link = (await invitationOf(token))?.id ?? ''
  expect(link).not.toBe('')
  const { id } = await ask(cast.ott, cast.mall, 'uus.mall@naidis.example')
  // Nothing has left yet of what was written since, and the link was sent once more.
  await invite.run(cast.kim, { id: cast.mall.id })
  await asPerson('write', cast.kim.claim, (db) => mailTo(db, cast.mall.id, 'urgent'))
  await confirm.run(cast.kim, { id, way: 'video' })
  await post()
  const told = letters.map(({ to, text }) => [to.split('@')[0], /invitation/.test(text), /ei saa oodata/.test(text)])
  // That it was asked for and done goes to where she was; the urgent one to where she is; the link to nobody.
  expect(told.filter(([to]) => to === 'mall')).toHaveLength(2)
  expect(told.filter(([to, , urgent]) => urgent && to !== 'uus.mall')).toEqual([])
  expect(told.filter(([, , urgent]) => urgent)).toHaveLength(1)
  expect(told.filter(([, invited]) => invited)).toEqual([])
  expect(await invitationOf(token)).toBeNull()
  expect(await takeInvitation(link, codeTyped(code))).toBeNull()
  expect(await calendarBehind(path.split('/').at(-1) ?? '')).toBeNull()
  // She signs in with the new one, and the old one is nobody's.
  expect(await knownBy('uus.mall@naidis.example', 'kollane paat ootab hommikut', 'here')).toBe(cast.mall.id)
  expect(await knownBy('mall@naidis.example', 'kollane paat ootab hommikut', 'here')).toBeNull()
  // Agreed is agreed: one of the two sends the link anew, to where she is now.
  await invite.run(cast.kim, { id: cast.mall.id })
  expect(await post()).toEqual(['uus.mall'])
  await cast.admin.query('delete from credential where person_id = $1', [cast.mall.id])
  await agreed(cast.mall, 'mall@naidis.example')
})

test('what was written of her name before the address changed goes to where she was, as what was written of the address does', async () => {
  const kinds = ['name-asked', 'name-changed', 'name-kept', 'email-kept', 'way-changed', 'new-task']
  const { id } = await ask(cast.ott, cast.max, 'uus.max@naidis.example')
  await cast.admin.query('insert into mail_outbox (person_id, kind) select $1, unnest($2::text[])', [
    cast.max.id,
    kinds,
  ])
  await confirm.run(cast.kim, { id, way: 'video' })
  const { rows } = await cast.admin.query<{ kind: string; to_before: string | null }>(
    'select kind, to_before from mail_outbox where person_id = $1 and unique_key is null',
    [cast.max.id],
  )
  expect(Object.fromEntries(rows.map(({ kind, to_before }) => [kind, to_before]))).toEqual(
    Object.fromEntries(kinds.map((kind) => [kind, kind === 'new-task' ? null : 'max@naidis.example'])),
  )
  await agreed(cast.max, 'max@naidis.example')
})

test('a first link that went astray: the address is put right before anybody has come in; of a closed account it stays', async () => {
  const other = { name: 'Uku Näidis-Uus', email: 'ukku@naidis.example', role: 'trainer', reason: 'Alustab' }
  const uku = await addPerson.run(cast.ott, { ...other, validFrom: '2026-01-01', validTo: '2099-12-31' })
  await agreed(uku, 'uku@naidis.example')
  expect(await emailOf(uku)).toBe('uku@naidis.example')
  const { id } = await ask(cast.ott, uku, 'ukku@naidis.example')
  await disablePerson.run(cast.ott, { id: uku.id })
  await expect(confirm.run(cast.kim, { id, way: 'video' })).rejects.toBeInstanceOf(Conflict)
  await expect(ask(cast.ott, uku, 'uku3@naidis.example')).rejects.toBeInstanceOf(NotFound)
})

test('of a support person with an account the register has the address of the account, whoever writes what', async () => {
  const registered = async () => (await openVolunteer.run(cast.kim, { id: cast.volunteer })).email
  const { id } = await ask(cast.sirje, cast.lou, 'lou.uus@naidis.example')
  await confirm.run(cast.peep, { id, way: 'known' })
  expect(await registered()).toBe('lou.uus@naidis.example')
  const { version } = await openVolunteer.run(cast.kim, { id: cast.volunteer })
  await editVolunteer.run(cast.kim, {
    ...{ id: cast.volunteer, version, name: 'Lou Näidis-Lepik', email: 'muu@naidis.example', sex: 'F', county: '0045' },
    ...{
      municipality: '0511',
      firstLanguage: 'et',
      languages: ['ru'],
      remote: 'no',
      car: 'yes',
      children: 'undecided',
    },
    ...{ areaCounties: [], areaMunicipalities: [], personalCode: '' },
  })
  expect(await registered()).toBe('lou.uus@naidis.example')
  // Made anew after the role has ended, the account keeps its address.
  await cast.admin.query(`update person_role set valid_to = current_date - 1 where person_id = $1`, [cast.lou.id])
  const anew = (email: string) => makeAccount.run(cast.kim, { id: cast.volunteer, email, locale: 'et' })
  await expect(anew('muu@naidis.example')).rejects.toMatchObject({
    fields: { email: { key: 'volunteers.error.accountEmail' } },
  })
  await anew('lou.uus@naidis.example')
})

test('of many who decide at once one is heard, and the address is as that one said', async () => {
  for (let round = 0; round < 8; round++) {
    const before = await emailOf(cast.tiia)
    const wanted = `tiia${round}@naidis.example`
    const { id } = await ask(cast.ott, cast.tiia, wanted)
    const tries = await Promise.allSettled([
      confirm.run(cast.kim, { id, way: 'video' }),
      confirm.run(cast.peep, { id, way: 'known' }),
      refuse.run(cast.peep, { id, reason: 'Ei' }),
      withdraw.run(cast.ott, { id }),
      keepOwnEmail.run(cast.tiia, { id }),
    ])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Conflict)
    const { rows } = await cast.admin.query('select decision from confirmation where id = $1', [id])
    expect(await emailOf(cast.tiia)).toBe(rows[0].decision === 'confirmed' ? wanted : before)
  }
})

test('of two who ask for one person at once, and of two people who are given one address at once, one is heard', async () => {
  for (let round = 0; round < 6; round++) {
    const asked = await Promise.allSettled([
      ask(cast.ott, cast.jaan, `jaan${round}a@naidis.example`),
      ask(cast.ott, cast.jaan, `jaan${round}b@naidis.example`),
    ])
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await cast.admin.query('delete from confirmation')
    const shared = `uhine${round}@naidis.example`
    const [one, other] = [await ask(cast.ott, cast.jaan, shared), await ask(cast.ott, cast.tiia, shared)]
    const given = await Promise.allSettled([
      confirm.run(cast.kim, { id: one.id, way: 'video' }),
      confirm.run(cast.peep, { id: other.id, way: 'video' }),
    ])
    expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of [...asked, ...given])
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Conflict)
    await cast.admin.query('delete from confirmation')
  }
})
