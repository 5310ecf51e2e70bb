// How is somebody of a case who was taken down wrongly put right, so that the old row stays and says why?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Invalid, type Message, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { aboutCase, caseHead, openHead, type PersonLine } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { ageOf, judgeAdult, judgePerpetrator } from '../referral/judge.ts'
import { insertPerson } from '../referral/people.server.ts'
import { aroundOf } from '../referral/referral.server.ts'
import { Correct, PersonPlace } from './correct.ts'
import { briefNow, renewBrief } from './places.server.ts'

/** Which of the people of a case it is, without a name: the number is the one that the overview says. */
async function personOf(db: Db, caseId: string, item: string): Promise<PersonLine> {
  const { rows } =
    await sql<PersonLine>`select o.id, o.kind, o.coded, coalesce(a.nth, case when o.kind = 'child' or o.many > 1 then o.nth end)::int as nth from (
      select p.*, row_number() over (partition by p.kind order by p.at) as nth, count(*) over (partition by p.kind) as many
      from people_of(${caseId}::uuid) with ordinality p (id, kind, coded, at)) o
    left join adults_of(${caseId}::uuid) a on a.id = o.id where o.id = ${item}`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

export const openCorrection = query(
  'case.person.open',
  { roles: keepers, input: PersonPlace, about: aboutCase },
  async (db, { id, person }, me) => {
    const head = await caseHead(db, me, id)
    return { head, person: await personOf(db, head.id, person) }
  },
)

async function check(db: Db, input: Correct, kind: PersonLine['kind']): Promise<void> {
  const around = await aroundOf(db)
  const found: Record<string, Message> = kind === 'adult' ? judgeAdult(input, around) : judgePerpetrator(input, around)
  if (kind === 'victim') {
    if (!input.givenName) found.givenName = { key: 'core.error.missing' }
    if (!input.familyName) found.familyName = { key: 'core.error.missing' }
    if (!input.nationalId && !input.birthYear) found.birthYear = { key: 'cases.error.birthYear' }
    if (!found.nationalId && ageOf(input, around) === 'minor') found[''] = { key: 'cases.error.minor' }
  }
  if (Object.keys(found).length > 0) throw new Invalid(found)
}

/** The old row is set aside and the new one says which it corrects and why; walls are raised anew by the new code (0018_walls.sql). */
export const correctPerson = command(
  'case.person.correct',
  { roles: keepers, input: Correct, about: aboutCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    const { kind } = await personOf(db, head.id, input.person)
    await check(db, input, kind)
    const of = { networkId: head.networkId, caseId: head.id }
    const { rows } = await sql<{ kind: string | null }>`select supersede_person(${input.person}::uuid) as kind`.execute(
      db,
    )
    if (!rows[0]?.kind) throw new NotFound()
    const vault = await openVault(db, head.id)
    await insertPerson({ db, me, base: of, vault }, kind, input, input)
    if (kind === 'victim') await renameInBrief(db, me, of, input.givenName)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

type CaseKey = { networkId: string; caseId: string }

// The support person calls the victim by the name that is right.
async function renameInBrief(db: Db, me: Person, of: CaseKey, givenName: string | undefined): Promise<void> {
  const { id, words } = await briefNow(db, of.caseId)
  if (id && words.givenName && givenName && words.givenName !== givenName)
    await renewBrief(db, me, of, { ...words, givenName })
}
