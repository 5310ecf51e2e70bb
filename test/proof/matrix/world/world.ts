// Who and what is there when every address is tried by everybody?
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useLedger } from '../../../../app/process/ledger.server.ts'
import { type Cast, openCast } from '../../../cast.ts'
import { type Actor, openActors, openOthers } from '../actors.ts'
import { type Canary, canariesOf } from '../canaries.ts'
import { openCases, raiseWalls, thingsOfCases } from './cases.ts'
import { openPapers, openVolunteers } from './papers.ts'
import type { Things } from './thing.ts'

export type MatrixWorld = { cast: Cast; actors: Actor[]; things: Things; canaries: Canary[] }

/** `given`: somebody has opened the cast already. */
export async function openMatrixWorld(given?: Cast): Promise<MatrixWorld> {
  const cast = given ?? (await openCast())
  useLedger(join(mkdtempSync(join(tmpdir(), 'tugivork-matrix-')), 'erasures.jsonl'))
  const others = await openOthers(cast)
  await giveWays(cast)
  await openVolunteers(cast, others)
  const cases = await openCases(cast, others)
  const actors = await openActors(cast, others)
  const papers = await openPapers(cast, others, cases)
  const things = { ...papers, ...thingsOfCases(cases) }
  const away = actors.filter(({ who, person }) => person && who !== 'mall').map(({ person }) => person?.id ?? '')
  await raiseWalls(cast, cases, [...new Set(away)])
  // A session lasts as long as the test does, and is touched by none of its requests.
  await cast.admin.query(
    `update session set idle_until = now() + interval '2 hours', seen_at = now() + interval '2 hours' where idle_until > now()`,
  )
  return { cast, actors, things, canaries: canariesOf(cast, cases, things) }
}

// Everybody has a password and a card of their own.
async function giveWays(cast: Cast): Promise<void> {
  await cast.admin.query(
    `insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) select id, 'x', '\\x01', now() from person on conflict do nothing;
     insert into person_identity (person_id, provider, subject_index, linked_by) select id, 'tara', uuid_send(id), id from person on conflict do nothing`,
  )
}
