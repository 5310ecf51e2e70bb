// What becomes of what somebody asked for who may ask for it no more?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast, signIn } from '../../../test/cast.ts'
import { Conflict } from '../../core/errors.ts'
import type { Person } from '../../core/user.ts'
import { stateOf } from '../two-people/confirmation.ts'
import { confirm, listConfirmations, openConfirmation, withdraw } from '../two-people/confirmations.server.ts'
import { disablePerson, endRole, giveRole, openPerson } from './people.server.ts'

let cast: Cast
let olev: Person
beforeAll(async () => {
  cast = await openCast()
  // A second administrator, so that one can ask and the other decide.
  const { rows } = await cast.admin.query(
    `with made as (insert into person (email, name) values ('olev@naidis.example', 'Olev Näidis-Oks') returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, 'admin', '2020-01-01', '2999-12-31' from made returning person_id as id`,
  )
  olev = (await signIn(cast.admin, rows[0].id)).person
})
afterAll(() => cast.close())

const role = { validFrom: '2026-01-01', validTo: '2099-12-31', reason: 'Näidis-põhjus' }
const given = async (person: { id: string }, what: string): Promise<number> =>
  (await cast.admin.query('select from person_role where person_id = $1 and role = $2', [person.id, what])).rowCount ??
  0

test('who may ask no more has asked for nothing: with the role and with the account it is over', async () => {
  const stateNow = async (id: string) => stateOf(await openConfirmation.run(cast.ott, { id }), new Date())
  for (const leave of [
    async () => {
      const { holder } = await openPerson.run(cast.ott, { id: olev.id })
      const held = holder.roles.findLast((holding) => holding.role === 'admin')
      await endRole.run(cast.ott, { id: olev.id, roleId: held?.id })
    },
    () => disablePerson.run(cast.ott, { id: olev.id }),
  ]) {
    const { id } = await giveRole.run(olev, { id: cast.jaan.id, ...role, role: 'manager' })
    const kept = (await giveRole.run(cast.ott, { id: cast.tiia.id, ...role, role: 'auditor' })).id
    await leave()
    expect([await stateNow(id), await stateNow(kept)]).toEqual(['expired', 'waiting'])
    // Were it still open, the decision would look again.
    await cast.admin.query(`update confirmation set expires_at = now() + interval '1 day' where id = $1`, [id])
    expect((await listConfirmations.run(cast.ott, {})).mine.map((one) => one.id)).not.toContain(id)
    await expect(confirm.run(cast.ott, { id })).rejects.toBeInstanceOf(Conflict)
    expect(await given(cast.jaan, 'manager')).toBe(0)
    await withdraw.run(cast.ott, { id: kept })
    await cast.admin.query('delete from confirmation where id = $1', [id])
    await cast.admin.query(`update person set status = 'active' where id = $1`, [olev.id])
    await cast.admin.query(`update person_role set valid_to = '2999-12-31' where person_id = $1`, [olev.id])
    olev = (await signIn(cast.admin, olev.id)).person
  }
})

test('of a decision and the leave of whoever asked one is heard', async () => {
  for (let round = 0; round < 8; round++) {
    const { id } = await giveRole.run(olev, { id: cast.tiia.id, ...role, role: 'auditor', validFrom: '2027-01-01' })
    const done = await Promise.allSettled([confirm.run(cast.ott, { id }), disablePerson.run(cast.ott, { id: olev.id })])
    const { rows } = await cast.admin.query('select decision from confirmation where id = $1', [id])
    expect(await given(cast.tiia, 'auditor')).toBe(rows[0].decision === 'confirmed' ? 1 : 0)
    expect(done[1]?.status).toBe('fulfilled')
    for (const one of done) if (one.status === 'rejected') expect(String(one.reason)).not.toMatch(/deadlock/)
    await cast.admin.query(`delete from person_role where person_id = $1 and role = 'auditor'`, [cast.tiia.id])
    await cast.admin.query(`update person set status = 'active' where id = $1`, [olev.id])
    olev = (await signIn(cast.admin, olev.id)).person
  }
})
