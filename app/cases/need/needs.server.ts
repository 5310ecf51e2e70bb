// Was a support person offered to the victim, and what was the answer?
import { randomUUID } from 'node:crypto'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, type Message } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, oneCase, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { CloseNeed, type NeedFacts, Offer, tellsTooMuch } from './need.ts'

/** States in which somebody is being looked for or helps already. */
const live = ['open', 'proposed', 'covered']

async function caseFacts(db: Db, caseId: string) {
  return db
    .selectFrom('caseFile')
    .select(['networkId', 'number', 'countyCode', 'municipalityCode', 'language', 'childCount', 'referredOn'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
}

export const openOffer = query(
  'case.need.offer.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const { language } = await caseFacts(db, head.id)
    return { head, language, months: (await settingsOn(db)).supportMonths }
  },
)

function problemsOf(input: Offer, referredOn: string): Record<string, Message> {
  const found: Record<string, Message> = {}
  if (input.offeredOn > today()) found.offeredOn = { key: 'cases.error.future' }
  if (input.offeredOn < referredOn) found.offeredOn = { key: 'cases.need.beforeReferral' }
  for (const name of ['note', 'declineNote'] as const)
    if (tellsTooMuch(input[name])) found[name] = { key: 'cases.need.tooMuch' }
  if (input.answer === 'declined') {
    if (!input.declineReason) found.declineReason = { key: 'core.error.choose' }
    if (input.declineReason === 'other' && !input.declineNote) found.declineNote = { key: 'core.error.missing' }
    return found
  }
  if (!input.language) found.language = { key: 'core.error.choose' }
  if (!input.wantedSex) found.wantedSex = { key: 'core.error.choose' }
  if (!input.fromOn) found.fromOn = { key: 'core.error.dateMissing' }
  if (!input.months) found.months = { key: 'core.error.numberMissing' }
  return found
}

/** Records the offer and the answer; a yes opens the need for matching, a no is kept with its reason. */
export const offerSupport = command(
  'case.need.offer',
  { roles: keepers, input: Offer, about: aboutCase, oneByOne: oneCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    const file = await caseFacts(db, head.id)
    const problems = problemsOf(input, file.referredOn)
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    if (head.legalBasis === 'none') throw new Conflict({ key: 'cases.basis.missing' })
    if (live.includes(head.needStatus ?? '')) throw new Conflict({ key: 'cases.need.already' })
    const facts: NeedFacts = {
      caseId: head.id,
      networkId: file.networkId,
      countyCode: file.countyCode,
      municipalityCode: file.municipalityCode,
      language: input.language ?? file.language,
      wantedSex: input.wantedSex ?? 'any',
      childCount: file.childCount,
      avoidLocal: input.avoidLocal,
      hours: input.hours,
      tasks: input.tasks,
      fromOn: input.fromOn ?? input.offeredOn,
      months: input.months ?? (await settingsOn(db)).supportMonths,
      note: input.note ?? null,
      offeredOn: input.offeredOn,
    }
    const accepted = input.answer === 'accepted'
    const why = [input.declineReason, input.declineNote].filter(Boolean).join(': ')
    const need = accepted ? await insertNeed(db, me, facts) : await insertDeclined(db, me, facts, why)
    return { head: { id: head.id, networkId: head.networkId }, need: need.id, accepted }
  },
)

/** A need that waits for a support person: offered and agreed to. Returns its id and number. */
export async function insertNeed(db: Db, me: Person, facts: NeedFacts): Promise<{ id: string; number: string }> {
  const need = await insertRow(db, me, facts, 'open')
  await addEvent(db, me, { ...facts, needId: need.id }, 'offered', facts.offeredOn)
  await addEvent(db, me, { ...facts, needId: need.id }, 'opened', facts.offeredOn)
  return need
}

async function insertDeclined(db: Db, me: Person, facts: NeedFacts, why: string) {
  const need = await insertRow(db, me, facts, 'declined')
  await addEvent(db, me, { ...facts, needId: need.id }, 'offered', facts.offeredOn)
  await addEvent(db, me, { ...facts, needId: need.id }, 'declined', facts.offeredOn, why)
  return need
}

async function insertRow(db: Db, me: Person, facts: NeedFacts, status: 'open' | 'declined') {
  const { number } = await caseFacts(db, facts.caseId)
  const { earlier } = await db
    .selectFrom('need')
    .select((row) => row.fn.countAll<number>().as('earlier'))
    .where('caseId', '=', facts.caseId)
    .executeTakeFirstOrThrow()
  const id = randomUUID()
  const { offeredOn: _, importKey, ...row } = facts
  // The first need of a case bears the number of the case; a later one says which it is.
  const own = earlier === 0 ? number : `${number}/${earlier + 1}`
  await db
    .insertInto('need')
    .values({ ...row, id, number: own, status, importKey: importKey ?? null, createdBy: me.id })
    .execute()
  return { id, number: own }
}

type NeedKey = { networkId: string; caseId: string; needId: string }
type NeedEvent = 'offered' | 'declined' | 'opened' | 'closed'

async function addEvent(
  db: Db,
  me: Person,
  of: NeedKey,
  kind: NeedEvent,
  onDate: string,
  reason?: string,
): Promise<void> {
  const { networkId, caseId, needId } = of
  await db
    .insertInto('needEvent')
    .values({ networkId, caseId, needId, kind, onDate, reason: reason ?? null, recordedBy: me.id })
    .execute()
}

export const openNeed = query(
  'case.need.open',
  { roles: keepers, input: CaseId.extend({ need: id() }), about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const need = await db
      .selectFrom('need')
      .select(['id', 'number', 'status'])
      .where('caseId', '=', head.id)
      .where('id', '=', input.need)
      .executeTakeFirstOrThrow()
    return { head, need }
  },
)

/** A need that nobody has to look for any more. While somebody is asked or helps, that has to end first. */
export const closeNeed = command(
  'case.need.close',
  { roles: keepers, input: CloseNeed, about: aboutCase, oneByOne: oneCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    if (tellsTooMuch(input.note)) throw new Invalid({ note: { key: 'cases.need.tooMuch' } })
    if (input.reason === 'other' && !input.note) throw new Invalid({ note: { key: 'core.error.missing' } })
    const need = await db
      .selectFrom('need')
      .select(['id', 'status'])
      .where('caseId', '=', head.id)
      .where('id', '=', input.need)
      .executeTakeFirstOrThrow()
    if (need.status !== 'open') {
      throw new Conflict({ key: live.includes(need.status) ? 'cases.need.inUse' : 'cases.need.notOpen' })
    }
    const why = [input.reason, input.note].filter(Boolean).join(': ')
    await addEvent(db, me, { networkId: head.networkId, caseId: head.id, needId: need.id }, 'closed', today(), why)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)
