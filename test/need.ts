// How does a test put an open need for a support person before the coordinator?
import { randomUUID } from 'node:crypto'
import { openBrief, saveBrief } from '../app/cases/identity/places.server.ts'
import type { NeedFacts } from '../app/cases/need/need.ts'
import { insertNeed } from '../app/cases/need/needs.server.ts'
import { asPerson } from '../app/core/db.server.ts'
import { makeVault } from '../app/core/seal.server.ts'
import type { Cast } from './cast.ts'

export type OpenNeed = { id: string; number: string; caseId: string; networkId: string }
let last = 0

/** A case of Ida-Viru with a brief for the support person and a need that Lou fits, with changes; referred by Lea. */
export async function openNeed(cast: Cast, change: Partial<NeedFacts> = {}): Promise<OpenNeed> {
  const [id, networkId] = [randomUUID(), cast.networks.ida]
  last += 1
  // Of a year in which nobody else's case gets its number.
  const number = `M-2025-${String(700 + last)}`
  const need = await asPerson('write', cast.lea.claim, async (db) => {
    await db
      .insertInto('caseFile')
      .values({
        ...{ id, networkId, number, countyCode: '0045', language: 'ru', source: 'police', referredOn: '2026-11-02' },
        ...{ legalBasis: 'consent', consentOn: '2026-11-02', consentWay: 'written', createdBy: cast.lea.id },
      })
      .execute()
    await makeVault(db, { kind: 'case', id, networkId })
    return insertNeed(db, cast.lea, {
      ...{ caseId: id, networkId, countyCode: '0045', municipalityCode: '0321', language: 'ru', wantedSex: 'any' },
      ...{ childCount: 0, avoidLocal: false, fromOn: '2026-12-01', months: 8, note: null, offeredOn: '2026-11-03' },
      ...change,
    })
  })
  const words = {
    givenName: 'Näidis-Anna',
    safetyNote: 'Helista ainult päeval.',
    agreedTasks: 'Kaasas käimine kohtus.',
  }
  const { version } = await openBrief.run(cast.lea, { id })
  await saveBrief.run(cast.lea, { id, seen: version ?? '', ...words })
  return { ...need, caseId: id, networkId }
}
