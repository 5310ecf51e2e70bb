// Has a support person with an account one name, whoever writes what – and is one without an account mended by the coordinator as before?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { confirm } from '../access/two-people/confirmations.server.ts'
import { askName, askOwnName } from '../access/two-people/names.server.ts'
import { asPerson } from '../core/db.server.ts'
import { Invalid } from '../core/errors.ts'
import { addVolunteer, editVolunteer } from './keeping.server.ts'
import { openVolunteer } from './profile/profile.server.ts'
import { listVolunteers } from './volunteers.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const typed = {
  ...{
    sex: 'F',
    county: '0045',
    municipality: '0511',
    firstLanguage: 'et',
    languages: ['ru'],
    remote: 'no',
    car: 'yes',
  },
  ...{ children: 'undecided', areaCounties: [], areaMunicipalities: [], personalCode: '' },
}
const registered = async (id: string) => openVolunteer.run(cast.kim, { id })
const found = async (q: string) => (await listVolunteers.run(cast.kim, { q })).rows.map(({ id }) => id)

test('what two agree on stands in the register, and is found by its spellings', async () => {
  const { id } = await askOwnName.run(cast.lou, { name: 'Lou Жукова', reason: 'Abiellusin' })
  await confirm.run(cast.sirje, { id, way: 'document' })
  expect((await registered(cast.volunteer)).name).toBe('Lou Жукова')
  expect(await found('zukova')).toEqual([cast.volunteer])
  expect(await found('lepik')).toEqual([])
})

test('the coordinator does not change it by the register, with or without a form', async () => {
  const { version } = await registered(cast.volunteer)
  const edit = { id: cast.volunteer, version, ...typed }
  await editVolunteer.run(cast.kim, edit)
  await editVolunteer.run(cast.kim, { ...edit, version: version + 1, name: 'Muu Näidis-Nimi' })
  await asPerson('write', cast.kim.claim, (db) =>
    db.updateTable('volunteer').set({ name: 'Muu Näidis-Nimi' }).where('id', '=', cast.volunteer).execute(),
  )
  expect((await registered(cast.volunteer)).name).toBe('Lou Жукова')
  expect(await found('zukova')).toEqual([cast.volunteer])
})

test('a name that is her code is no erasure', async () => {
  const { code } = await registered(cast.volunteer)
  const tie = `from volunteer_tie where volunteer_id = $1`
  await cast.admin.query(
    `insert into volunteer_tie (volunteer_id, municipality_code, reason, recorded_by) values ($1, '0511', 'Näidis', $2)`,
    [cast.volunteer, cast.kim.id],
  )
  const { id } = await askName.run(cast.ott, { id: cast.lou.id, name: code, way: 'known', reason: 'Näidis' })
  await confirm.run(cast.kim, { id, way: 'known' })
  expect((await registered(cast.volunteer)).name).toBe('Lou Жукова')
  const back = await askName.run(cast.ott, {
    id: cast.lou.id,
    name: 'Lou Näidis-Lepik',
    way: 'known',
    reason: 'Näidis',
  })
  await confirm.run(cast.kim, { id: back.id, way: 'known' })
  expect((await registered(cast.volunteer)).name).toBe('Lou Näidis-Lepik')
  expect((await cast.admin.query(`select 1 ${tie}`, [cast.volunteer])).rowCount).toBe(1)
})

test('whoever has no account is called as the coordinator writes, at once', async () => {
  const { id } = await addVolunteer.run(cast.kim, { ...typed, name: 'Näidis-Veaga Tam' })
  const { version } = await registered(id)
  await expect(editVolunteer.run(cast.kim, { id, version, ...typed })).rejects.toBeInstanceOf(Invalid)
  await editVolunteer.run(cast.kim, { id, version, ...typed, name: 'Näidis-Veata Tamm' })
  expect((await registered(id)).name).toBe('Näidis-Veata Tamm')
  expect(await found('veata')).toEqual([id])
})
