// How is somebody of a case who was taken down wrongly put right, so that the old row stays and says why?
import { sql } from 'kysely'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, type Message, NotFound } from '../../core/errors.ts'
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
import { findIdentity } from './reveal.server.ts'

/** Who it is now – the entry itself, or what has corrected it since –, without a name: the number is the one that the overview says. */
export async function personOf(db: Db, caseId: string, item: string): Promise<PersonLine> {
  const { rows } = await sql<PersonLine>`
    select p.id, p.kind, p.coded, n.nth from people_of(${caseId}::uuid) p left join people_numbers(${caseId}::uuid) n on n.id = p.id
    where p.id = person_now(${caseId}::uuid, ${item}::uuid)`.execute(db)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

type Opened = Parameters<typeof aboutCase>[1] & { person: PersonLine; kept: unknown }

/** `kept`: what somebody else has written meanwhile, while a look at the earlier entry lasts. */
export const openCorrection = query(
  'case.person.open',
  {
    roles: keepers,
    input: PersonPlace,
    // What is shown of somebody is written down as a look at them.
    about: (input: unknown, output: Opened) => ({
      ...aboutCase(input, output),
      ...(output.kept ? { kind: 'case-identity', id: output.person.id } : {}),
    }),
  },
  async (db, { id, person }, me) => {
    const head = await caseHead(db, me, id)
    const now = await personOf(db, head.id, person)
    return { head, person: now, kept: now.id === person ? null : await findIdentity(db, head.id, now.id) }
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
    const { id: person, kind } = await personOf(db, head.id, input.person)
    if (person !== (input.seen ?? input.person)) throw await overtaken(db, head.id, person)
    await check(db, input, kind)
    const of = { networkId: head.networkId, caseId: head.id }
    const { rows } = await sql<{ kind: string | null }>`select supersede_person(${person}::uuid) as kind`.execute(db)
    // Of two who save at the same moment the second one finds it set aside.
    if (!rows[0]?.kind) throw await overtaken(db, head.id, person)
    const vault = await openVault(db, head.id)
    await insertPerson({ db, me, base: of, vault }, kind, input, { person, why: input.why })
    if (kind === 'victim') await renameInBrief(db, me, of, input.givenName)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

// Both are shown where she may see the other's; where no look lasts, she is told how to look.
async function overtaken(db: Db, caseId: string, person: string): Promise<Conflict> {
  const shown = await findIdentity(db, caseId, person)
  return new Conflict({ key: shown ? 'core.error.overtaken' : 'cases.correct.overtaken' })
}

type CaseKey = { networkId: string; caseId: string }

// The support person calls the victim by the name that is right.
async function renameInBrief(db: Db, me: Person, of: CaseKey, givenName: string | undefined): Promise<void> {
  const { id, words } = await briefNow(db, of.caseId)
  if (id && words.givenName && givenName && words.givenName !== givenName)
    await renewBrief(db, me, of, { ...words, givenName })
}
