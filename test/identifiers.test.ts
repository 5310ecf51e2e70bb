// Is an identifier in capitals the same one to everybody: to the log, to a lock, and to whoever asks whether it is oneself?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../app/access/account/accounts.server.ts'
import { unlinkPerson } from '../app/access/oidc/identities.server.ts'
import { setCode } from '../app/access/people/codes.server.ts'
import { disablePerson } from '../app/access/people/people.server.ts'
import { createApp } from '../app/app.tsx'
import { openPlaces } from '../app/cases/identity/places.server.ts'
import { revealValue } from '../app/cases/identity/reveal.server.ts'
import { Refused } from '../app/core/errors.ts'
import { logTo } from '../app/core/log.server.ts'
import { allOperations } from '../app/core/operation.server.ts'
import { referCase } from './cases.ts'
import { type Cast, openCast } from './cast.ts'
import { fieldsOf } from './hostile-forms.ts'
import { isIdField, read } from './proof/denied/fields.ts'
import { linkCard } from './tara.ts'
import { newVisitor } from './visitor.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
})
afterAll(() => cast.close())

const lastOf = async (action: string) =>
  (await cast.admin.query('select object_id from audit_event where action = $1 order by seq desc limit 1', [action]))
    .rows[0]?.object_id

test('whatever field takes one, an operation gets it in small letters', () => {
  const id = randomUUID()
  const fields = allOperations().flatMap(({ name, input }) =>
    fieldsOf(input).flatMap(([field, schema]) => (isIdField(schema) ? [{ field: `${name} ${field}`, schema }] : [])),
  )
  expect(fields.length).toBeGreaterThan(200)
  const inCapitals = fields.filter(({ schema }) => [read(schema, id.toUpperCase())].flat().join() !== id)
  expect(inCapitals.map(({ field }) => field)).toEqual([])
})

test('nobody does to herself in capitals what she may not do to herself', async () => {
  const mine = cast.ott.id.toUpperCase()
  await expect(unlinkPerson.run(cast.ott, { id: mine })).rejects.toBeInstanceOf(Refused)
  await expect(setCode.run(cast.ott, { id: mine, personalCode: '39001010000' })).rejects.toMatchObject({
    said: { key: 'access.people.self' },
  })
  await expect(disablePerson.run(cast.ott, { id: mine, reason: 'Näidis' })).rejects.toMatchObject({
    said: { key: 'access.people.self' },
  })
})

test('what is done to somebody in capitals stands on her account, and in the log under her own identifier', async () => {
  await linkCard(cast.admin, cast.lou.id, '49001010000')
  await unlinkPerson.run(cast.ott, { id: cast.lou.id.toUpperCase() })
  expect((await openAccount.run(cast.lou, {})).doors[0]).toMatchObject({ who: 'Ott Näidis-Orav' })
  expect(await lastOf('people.unlinkIdentity')).toBe(cast.lou.id)
  const visitor = newVisitor(app, origin, cast.cookies.ott)
  expect((await visitor.get(`/people/${cast.kim.id.toUpperCase()}`)).status).toBe(200)
  expect(await lastOf('people.open')).toBe(cast.kim.id)
})

test('a value that is asked for in capitals opens, and rings for nobody', async () => {
  const id = await referCase(cast.lea)
  const [place] = (await openPlaces.run(cast.lea, { id })).places
  const look = { id: id.toUpperCase(), what: 'whereabouts', item: place?.id.toUpperCase(), purpose: 'contact' }
  expect((await revealValue.run(cast.lea, look)).place?.value).toBeTruthy()
  expect(await lastOf('seal.alarm')).toBeUndefined()
})
