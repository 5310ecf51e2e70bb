// Does a substitution exist for anybody whom it does not concern?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { lend } from '../../../test/substitution.ts'
import { NotFound } from '../../core/errors.ts'
import { endSubstitution, openSubstitution } from './substitutions.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

test('of a substitution of others nobody hears anything, and nobody ends it', async () => {
  const id = await lend(cast, cast.kim, cast.peep)
  await cast.admin.query(`update person_role set role = 'manager' where person_id = $1`, [cast.jaan.id])
  const stranger = { ...cast.jaan, roles: ['manager' as const] }
  for (const who of [stranger, cast.ott]) {
    await expect(openSubstitution.run(who, { id })).rejects.toBeInstanceOf(NotFound)
    await expect(endSubstitution.run(who, { id })).rejects.toBeInstanceOf(NotFound)
  }
  for (const who of [cast.kim, cast.peep]) expect((await openSubstitution.run(who, { id })).one.id).toBe(id)
  await endSubstitution.run(cast.kim, { id })
})
