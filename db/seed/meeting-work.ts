// What did the agencies tell at the last meeting, what was decided, and which actions came of it?
import { randomUUID } from 'node:crypto'
import { openVault } from '../../app/core/seal.server.ts'
import { markedUntil } from '../../app/meetings/minutes/minutes.ts'
import type { Network } from './people.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

type Past = {
  network: Network
  chair: string
  meetingId: string
  past: string
  heard: { id: string; childCount: number }[]
}

const actions = [
  ['Taotleb kannatanule lähenemiskeeldu.', 'Avaldus on kohtus.', 30],
  ['Räägib koolis lastega kontaktisikust.', 'Lapsel on koolis inimene, kelle poole pöörduda.', 12],
  ['Kontrollib, et vägivallatseja relvaluba on peatatud.', 'Peatamise otsus on tehtud.', 45],
] as const

/** Two promised silence and were there; the police answered, decisions stand with their reasons, and of the actions one is overdue. */
export async function seedWork(db: SeedDb, of: Past): Promise<void> {
  const base = { networkId: of.network.id, meetingId: of.meetingId }
  const agency = of.network.name === 'Tallinn' ? 'womens_centre' : 'police'
  for (const [personId, own] of [
    [of.network.lead, 'victim_support'],
    [of.chair, agency],
  ] as const) {
    await db
      .insertInto('meetingPledge')
      .values({ ...base, personId, recordedAt: at(of.past, 9) })
      .execute()
    await db
      .insertInto('meetingAttendance')
      .values({
        ...base,
        personId,
        agency: own,
        kind: 'present',
        recordedBy: of.network.lead,
        recordedAt: at(of.past, 9),
      })
      .execute()
  }
  const madeOn = plusDays(of.past, 1)
  await db
    .insertInto('minutes')
    .values({
      ...{ ...base, version: 1, ground: 'private_life', madeOn, untilOn: markedUntil(madeOn, 75) },
      ...{ recordedBy: of.network.lead, recordedAt: at(madeOn, 9), approvedBy: of.chair, approvedAt: at(madeOn, 12) },
    })
    .execute()
  for (const [place, one] of of.heard.entries()) await seedHeardCase(db, of, { place, agency, caseId: one.id })
}

async function seedHeardCase(
  db: SeedDb,
  of: Past,
  { place, agency, caseId }: { place: number; agency: string; caseId: string },
): Promise<void> {
  const { network, chair, meetingId, past } = of
  const vault = await openVault(db, caseId)
  const base = { networkId: network.id, caseId, meetingId, recordedBy: network.lead, recordedAt: at(past, 11) }
  const row = randomUUID()
  const seal = (table: string, column: string, words: string) => vault.seal({ table, column, row }, words)
  await db
    .insertInto('research')
    .values({
      ...{ ...base, id: row, agency, recordedBy: chair, recordedAt: at(plusDays(past, -3)) },
      wordsSealed: seal('research', 'words_sealed', 'Viimase kahe kuu jooksul kaks väljakutset, mõlemad õhtul.'),
      relevanceSealed: seal('research', 'relevance_sealed', 'Näitab, millal on oht kõige suurem.'),
      toldTo: ['victim_support', 'police', 'child_protection', 'womens_centre'],
    })
    .execute()
  await db
    .insertInto('victimView')
    .values({
      ...{ ...base, id: row, askedOn: plusDays(past, -8), way: 'call', askedBy: network.lead },
      ...{ recordedAt: at(plusDays(past, -8)) },
      wantsSealed: seal('victim_view', 'wants_sealed', 'Tahab, et ta enam ukse taga ei käiks.'),
      fearsSealed: seal('victim_view', 'fears_sealed', 'Kardab, et mees saab teada, kes politseisse helistas.'),
      saferSealed: seal('victim_view', 'safer_sealed', 'Kui keegi oleks kohtus kaasas.'),
    })
    .execute()
  await db
    .insertInto('caseDecision')
    .values({
      ...{ ...base, id: row },
      wordsSealed: seal('case_decision', 'words_sealed', 'Lepiti kokku tegevused, mis on tegevuskavas.'),
      reasonSealed: seal('case_decision', 'reason_sealed', 'Oht püsib, kuni vägivallatseja teab kannatanu päevakava.'),
    })
    .execute()
  const [what, result, days] = actions[place % actions.length] ?? actions[0]
  const done = place % 3 === 1
  const words = { what: seal('case_action', 'what_sealed', what), result: seal('case_action', 'result_sealed', result) }
  const ended = {
    state: 'done',
    outcomeSealed: seal('case_action', 'outcome_sealed', 'Tehtud, lapsel on koolis kontaktisik.'),
    endedBy: chair,
    endedAt: at(plusDays(past, 10)),
  }
  await db
    .insertInto('caseAction')
    .values({
      ...{
        ...base,
        id: row,
        agency,
        ownerId: chair,
        dueOn: plusDays(past, days),
        whatSealed: words.what,
        resultSealed: words.result,
      },
      ...(done ? ended : {}),
    })
    .execute()
}
