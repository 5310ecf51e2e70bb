// How does a finished journey become a case: its row, its key, who it is about, where to reach her, what to do?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { blindIndex, makeVault, type Vault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { type Adult, adultsIn } from '../adults/adult.ts'
import { insertAdult } from '../adults/insert-adult.server.ts'
import { proveFirst } from '../basis/prove.server.ts'
import { writeSafe } from '../contact/read-safe.server.ts'
import { safeContactOf } from '../contact/safe-contact.ts'
import { insertDiversity } from '../diversity/diversity.server.ts'
import { comparePlace } from '../links/case-keys.server.ts'
import { bringReferral } from '../referred/bring.server.ts'
import { addTask, leadsCase, tellLeads } from '../tasks.server.ts'
import { dueBeforeHolidays } from '../tasks.ts'
import { dropAnswers, openAnswers } from './answers.server.ts'
import { type Around, codeOf, readBirthYears } from './judge.ts'
import { insertPerson } from './people.server.ts'
import { perpetratorsIn } from './perpetrators.ts'
import { bringers, isOutside, networkAt, placesOf } from './places.server.ts'
import { aroundOf, isMinor, readPart } from './referral.server.ts'
import { type Answers, firstMissing, parts, type Referral } from './referral.ts'

const Journey = z.object({ journey: id() })

/** Everything typed, for a last look; `missing` is the page that has not been answered, `goesTo` the network that was found for whoever belongs to none. */
export const openCheck = query('case.refer.check', { roles: bringers, input: Journey }, async (db, { journey }, me) => {
  const answers = await openAnswers(db, me, journey)
  const places = await placesOf(db, me)
  return {
    journey,
    answers,
    missing: firstMissing(answers) ?? null,
    ...places,
    goesTo: places.outside ? await networkNamed(db, places.networks, answers.source?.place) : null,
    around: await aroundOf(db),
  }
})

async function networkNamed(db: Db, networks: readonly { id: string; name: string }[], place: string | undefined) {
  if (!place) return null
  try {
    const { networkId } = await networkAt(db, place)
    return networks.find(({ id }) => id === networkId)?.name ?? null
  } catch (error) {
    // A network has ended since the page was answered: it is said where it is sent.
    if (error instanceof Invalid) return null
    throw error
  }
}

function readAll(answers: Answers, around: Around): Referral {
  const missing = firstMissing(answers)
  if (missing) throw new Invalid({ '': { key: 'cases.refer.incomplete' } })
  if (isMinor(answers.victim, around)) throw new Invalid({ '': { key: 'cases.error.minor' } })
  try {
    return Object.fromEntries(parts.map((part) => [part, readPart(part, answers[part], around)])) as Referral
  } catch (error) {
    // A setting or the day has changed since the page was answered.
    if (error instanceof Invalid) throw new Invalid({ '': { key: 'cases.refer.lookAgain' } })
    throw error
  }
}

/** Everything a referral stands on: the one who refers, the case to be, its network and its open key. */
type Making = {
  db: Db
  me: Person
  base: { networkId: string; caseId: string }
  vault: Vault
  of: Referral
  around: Around
}

export const refer = command(
  'case.refer',
  {
    roles: bringers,
    input: Journey,
    // Where somebody from outside is later found to be in the case, their own log must not change: it names what they sent, not the case.
    about: (_input: z.output<typeof Journey>, output: { id: string; networkId: string; referral: string | null }) =>
      output.referral
        ? { kind: 'referral', id: output.referral }
        : { kind: 'case', id: output.id, caseId: output.id, networkId: output.networkId },
  },
  async (db, { journey }, me) => {
    const around = await aroundOf(db)
    const of = readAll(await openAnswers(db, me, journey), around)
    const outside = isOutside(me)
    const { networkId, ...row } = outside ? await networkAt(db, of.source.place) : await placeRow(db, me, of)
    const caseId = randomUUID()
    // Of whoever brings a case from outside this comes first: by it they may write the rest.
    const referral = outside ? await bringReferral(db, { networkId, caseId }) : null
    const repeatOf = await earlierCase(db, networkId, of)
    await insertFile(db, me, { networkId, id: caseId, repeatOf, ...row }, of)
    const vault = await makeVault(db, { kind: 'case', id: caseId, networkId })
    const making: Making = { db, me, base: { networkId, caseId }, vault, of, around }
    await sealWords(making)
    await proveFirst(db, vault, caseId, of.basis)
    await insertPeople(making)
    await insertContactAndBrief(making)
    await writeSafe(db, me, making.base, safeContactOf({ ...of.contact, ...of.hours, ...of.fear }), vault)
    if (around.diversityAsked) await insertDiversity(db, me, making.base, of.diversity)
    await insertTasks(making)
    await tellLeads(db, me, making.base)
    await dropAnswers(db, me, journey)
    // That somebody has been here before is told to the network's lead alone.
    return { id: caseId, networkId, repeat: repeatOf !== null && (await leadsCase(db, { networkId })), referral }
  },
)

function networkOf(of: Referral, me: Person): string {
  const chosen = me.networks.length === 1 ? me.networks[0] : of.source.network
  if (!chosen || !me.networks.includes(chosen)) throw new NotFound()
  return chosen
}

/** A case of the same victim in the same network within the setting's months, found by the keyed index (R25). */
async function earlierCase(db: Db, networkId: string, of: Referral): Promise<string | null> {
  const code = codeOf(of.victim.nationalId)
  if (!code) return null
  const { repeatMonths } = await settingsOn(db)
  const { rows } = await sql<{
    found: string | null
  }>`select repeat_case(${networkId}::uuid, ${blindIndex(networkId, code.code)}::bytea,
    (${of.source.referredOn}::date - make_interval(months => ${repeatMonths}))::date) as found`.execute(db)
  return rows[0]?.found ?? null
}

/** The county is that of the municipality; without one it is the network's own, where it has only one. */
async function placeRow(db: Db, me: Person, of: Referral) {
  const networkId = networkOf(of, me)
  const { areas, municipalities } = await placesOf(db, me)
  const counties = new Set(areas.filter((area) => area.networkId === networkId).map((area) => area.countyCode))
  const chosen = municipalities.find((one) => one.code === of.victim.municipality && counties.has(one.countyCode))
  const [only] = counties
  const countyCode = chosen?.countyCode ?? (counties.size === 1 ? only : undefined)
  if (!countyCode || (of.victim.municipality && !chosen)) throw new Invalid({ '': { key: 'cases.error.municipality' } })
  return { networkId, countyCode, municipalityCode: chosen?.code ?? null }
}

type FileRow = {
  networkId: string
  id: string
  repeatOf: string | null
  countyCode: string
  municipalityCode: string | null
}

async function insertFile(db: Db, me: Person, row: FileRow, of: Referral): Promise<void> {
  const { source, victim, children, basis } = of
  const consent = basis.basis === 'consent'
  await db
    .insertInto('caseFile')
    .values({
      ...row,
      number: sql<string>`next_case_number(${Number(source.referredOn.slice(0, 4))}::int)`,
      language: victim.language,
      interpreter: victim.interpreter,
      source: source.source,
      referredOn: source.referredOn,
      legalBasis: basis.basis,
      consentOn: consent ? basis.consentOn : null,
      consentWay: consent ? basis.consentWay : null,
      consentRecordedBy: consent ? me.id : null,
      childCount: children.childCount,
      childrenToldOn: children.childCount > 0 && children.told === 'yes' ? children.toldOn : null,
      createdBy: me.id,
    })
    .execute()
}

// The key can only be made when its case is there, so what is sealed in the row itself follows.
async function sealWords({ db, base, vault, of }: Making): Promise<void> {
  const { children, reason } = of
  const seal = (column: string, text: string | undefined, when = true) =>
    text && when ? vault.seal({ table: 'case_file', column, row: base.caseId }, text) : null
  const some = children.childCount > 0
  await db
    .updateTable('caseFile')
    .set({
      whyMaracSealed: seal('why_marac_sealed', reason.why),
      childrenToldWhomSealed: seal('children_told_whom_sealed', children.toldWhom, some && children.told === 'yes'),
      childrenNotToldSealed: seal('children_not_told_sealed', children.notToldWhy, some && children.told === 'no'),
    })
    .where('id', '=', base.caseId)
    .execute()
}

async function insertPeople(making: Making): Promise<void> {
  const { of, around } = making
  await insertPerson(making, 'victim', of.victim)
  for (const { perpetrator } of perpetratorsIn(of.perpetrator)) await insertPerson(making, 'perpetrator', perpetrator)
  for (const { adult } of adultsIn(of.others)) await insertAdult(making, adult as Adult)
  const years = of.children.childCount > 0 ? readBirthYears(of.children.birthYears, around.today, around.adultAge) : []
  for (let index = 0; index < of.children.childCount; index++) {
    await insertPerson(making, 'child', { birthYear: years?.[index] })
  }
}

/** The safe contact goes into its compartment; the support person will see it, the given name, the note and the tasks (R11). */
async function insertContactAndBrief({ db, me, base, vault, of }: Making): Promise<void> {
  const where = randomUUID()
  const valueSealed = vault.seal({ table: 'case_whereabouts', column: 'value_sealed', row: where }, of.contact.way)
  await db
    .insertInto('caseWhereabouts')
    .values({ ...base, id: where, kind: 'safe_contact', valueSealed, recordedBy: me.id })
    .execute()
  await comparePlace(db, { caseId: base.caseId, item: where, kind: 'safe_contact', value: of.contact.way })
  const row = randomUUID()
  const seal = (column: string, text: string | undefined) =>
    text ? vault.seal({ table: 'case_brief', column, row }, text) : null
  await db
    .insertInto('caseBrief')
    .values({
      ...base,
      id: row,
      givenNameSealed: seal('given_name_sealed', of.victim.givenName),
      safetyNoteSealed: seal('safety_note_sealed', of.brief.safetyNote),
      tasksSealed: seal('tasks_sealed', of.brief.agreedTasks),
      whereaboutsIds: [where],
      recordedBy: me.id,
    })
    .execute()
}

async function insertTasks({ db, base, of, around }: Making): Promise<void> {
  if (of.children.childCount === 0 || of.children.told === 'yes') return
  const { tellVictimSupportDays } = await settingsOn(db)
  await addTask(db, base, 'tell-child-protection', dueBeforeHolidays(around.today, tellVictimSupportDays))
}
