// What stands in the world of the matrix besides, so that every kind of identifier is there: a case that was erased, and people who are gone?
import { addPlace } from '../../../app/cases/identity/places.server.ts'
import { referCase } from '../../cases.ts'
import type { Canary } from '../matrix/canaries.ts'
import { type MatrixWorld, openMatrixWorld } from '../matrix/world/world.ts'
import { type Ids, idsOf, type Named, rowsOfCase } from './ids.ts'

export type DeniedWorld = MatrixWorld & { ids: Ids; numbers: Map<string, string> }

const word = 'Kanaar-kustutatud'

export async function openDeniedWorld(): Promise<DeniedWorld> {
  const world = await openMatrixWorld()
  const { admin, max } = world.cast
  const erased = await erasedCase(world)
  // Of Lou's support in this case nothing is hers any more.
  const ended = (world.things.cases ?? [])
    .filter(({ facts }) => facts.support === 'ended')
    .map(({ ids }) => ids.id ?? '')
  const ids = await idsOf(admin, { erased, ended })
  const { rows } = await admin.query<{ id: string; number: string }>('select id, number from case_file')
  const nobody: Canary = {
    word,
    what: 'a word of the erased case',
    may: (who) => who.person?.id === max.id,
    never: true,
  }
  return {
    ...world,
    canaries: [...world.canaries, nobody],
    ids,
    numbers: new Map(rows.map(({ id, number }) => [number, id])),
  }
}

/** A case of Harju with everything that a referral makes, whose key was destroyed; its identifiers are remembered by whoever had them. */
async function erasedCase({ cast }: MatrixWorld): Promise<Named[]> {
  const id = await referCase(cast.max, { reason: { why: word } })
  await addPlace.run(cast.max, { id, kind: 'address', value: word })
  const rows = await rowsOfCase(cast.admin, id)
  await cast.admin.query('select erase_case($1)', [id])
  return rows
}
