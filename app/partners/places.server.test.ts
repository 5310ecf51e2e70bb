// Are the places of the country complete, and does each lead to its network?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { asPerson } from '../core/db.server.ts'
import { misplaced, networkFor, placesIn } from './places.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const ask = <R>(work: Parameters<typeof asPerson<R>>[2]) => asPerson('read', cast.lou.claim, work)

test('there are 15 counties, each at a place of its own on the map, and 79 municipalities, in Estonian order', async () => {
  const { counties, municipalities } = await ask(placesIn)
  expect(counties).toHaveLength(15)
  expect(municipalities).toHaveLength(79)
  expect(new Set(counties.map(({ col, row }) => `${col} ${row}`)).size).toBe(15)
  expect(counties.map((county) => county.name).slice(-4)).toEqual([
    'Tartu maakond',
    'Valga maakond',
    'Viljandi maakond',
    'Võru maakond',
  ])
  expect(municipalities[0]?.name).toBe('Alutaguse vald')
})

test('a place leads to the network that names it, otherwise to that of the county', async () => {
  const narva = randomUUID()
  await cast.admin.query(`insert into network (id, name, started_on) values ($1, 'Narva', '2019-01-01')`, [narva])
  await cast.admin.query(`insert into network_area values ($1, '0045', '0511')`, [narva])
  expect(await ask((db) => networkFor(db, '0045', '0511'))).toBe(narva)
  expect(await ask((db) => networkFor(db, '0045', '0251'))).toBe(cast.networks.ida)
  expect(await ask((db) => networkFor(db, '0045', null))).toBe(cast.networks.ida)
  expect(await ask((db) => networkFor(db, '0087', null))).toBeNull()
  await cast.admin.query(`update network set status = 'ended' where id = $1`, [narva])
  expect(await ask((db) => networkFor(db, '0045', '0511'))).toBe(cast.networks.ida)
})

test('a municipality must lie in its county', async () => {
  const places = await ask(placesIn)
  expect(misplaced(places, '0045', '0511')).toBeNull()
  expect(misplaced(places, '0045', null)).toBeNull()
  expect(misplaced(places, '0037', '0511')).toBe('municipality')
  expect(misplaced(places, '0099', null)).toBe('county')
})
