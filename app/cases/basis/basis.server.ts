// How is the ground of a case written down, taken back and given again, and who is told what then ends?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { addWorkingDays } from '../../core/calendar/working-days.ts'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, type Message } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, type CaseHead, caseHead, oneCase, openHead } from '../case-file.server.ts'
import { keepers, readers } from '../cases.server.ts'
import { outgoingOfCase } from '../outgoing/outgoing.server.ts'
import { addTask, tellLeads } from '../tasks.server.ts'
import { type BasisLine, endsSupport, GiveConsent, groundAfter, UseLaw, Withdraw, type Word } from './basis.ts'
import { sealPicture, takesPicture } from './proof.server.ts'
import { eyesOn, recipientsOf, sharesNow } from './recipients.server.ts'

/** The ground with its history, what is shared now, and, for those who may read the log of the case, who has received something. */
export const openSharing = query(
  'case.sharing',
  { roles: readers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    const watches = head.own || me.roles.includes('auditor')
    return {
      head,
      words: await wordsOf(db, head),
      eyes: watches ? await eyesOn(db, head.id) : null,
      recipients: watches ? await recipientsOf(db, head.id) : null,
      outgoing: watches
        ? await outgoingOfCase(
            db,
            head.id,
            me.roles.some((role) => role !== 'member'),
          )
        : [],
      ...(await sharesNow(db, head.id)),
    }
  },
)

async function wordsOf(db: Db, head: CaseHead): Promise<BasisLine[]> {
  const rows = await db
    .selectFrom('caseBasis')
    .leftJoin('person', 'person.id', 'caseBasis.recordedBy')
    .select(['caseBasis.id', 'kind', 'onDate', 'way', 'goesOn', 'lawText', 'proofSealed', 'reasonSealed'])
    .select(['person.name as recordedBy', 'recordedAt'])
    .select(sql<boolean>`picture_sealed is not null`.as('picture'))
    .where('caseId', '=', head.id)
    .orderBy('recordedAt', 'desc')
    .execute()
  const vault = head.own ? await findVault(db, head.id) : null
  return rows.map(({ proofSealed, reasonSealed, ...row }) => {
    const open = (column: string, sealed: Buffer | null) =>
      sealed && vault ? vault.open({ table: 'case_basis', column, row: row.id }, sealed) : null
    const line = { ...row, proof: open('proof_sealed', proofSealed), reason: open('reason_sealed', reasonSealed) }
    return line as BasisLine
  })
}

/** What the three forms about the ground stand on. */
export const openBasis = query(
  'case.basis.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    const { lawBasisText } = await settingsOn(db)
    return { head, lawBasisText, ...(await sharesNow(db, head.id)) }
  },
)

type Said = {
  onDate: string
  way?: string
  proof?: string | undefined
  why?: string | undefined
  lawText?: string
  file?: Buffer | null
}

async function say(db: Db, me: Person, head: CaseHead, word: Word, said: Said): Promise<void> {
  if (groundAfter(head.legalBasis, word) === null) throw new Conflict({ key: 'cases.basis.notGiven' })
  const id = randomUUID()
  const vault = await openVault(db, head.id)
  const seal = (column: string, told: string | undefined) =>
    told ? vault.seal({ table: 'case_basis', column, row: id }, told) : null
  await db
    .insertInto('caseBasis')
    .values({
      ...{ networkId: head.networkId, caseId: head.id, id, kind: word.kind, recordedBy: me.id },
      ...{ onDate: said.onDate, way: said.way ?? null, lawText: said.lawText ?? null },
      goesOn: word.kind === 'withdrawn' ? word.goesOn : null,
      proofSealed: seal('proof_sealed', said.proof),
      reasonSealed: seal('reason_sealed', said.why),
      pictureSealed: said.file ? sealPicture(vault, id, said.file) : null,
    })
    .execute()
}

/** `shut`: without a ground the case is there for the lead alone. */
const told = ({ id, networkId }: CaseHead, shut = false) => ({ head: { id, networkId }, shut })

/** The victim's wish, the first time or again. */
export const giveConsent = command(
  'case.basis.consent',
  { roles: keepers, input: GiveConsent, about: aboutCase, oneByOne: oneCase, ahead: takesPicture },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    if (input.on > today()) throw new Invalid({ on: { key: 'cases.error.future' } })
    await say(
      db,
      me,
      head,
      { kind: 'consent' },
      { onDate: input.on, way: input.way, proof: input.proof, file: input.file },
    )
    return told(head)
  },
)

/** The case rests on the law from today on, in the words of the setting of the day. */
export const useLaw = command(
  'case.basis.law',
  { roles: keepers, input: UseLaw, about: aboutCase, oneByOne: oneCase },
  async (db, input, me) => {
    const head = await openHead(db, me, input.id)
    const lawText = await lawOf(db, 'why')
    await say(db, me, head, { kind: 'law' }, { onDate: today(), why: input.why, lawText })
    return told(head)
  },
)

async function lawOf(db: Db, field: string): Promise<string> {
  const { lawBasisText } = await settingsOn(db)
  if (!lawBasisText) throw new Invalid({ [field]: { key: 'cases.error.lawMissing' } })
  return lawBasisText
}

function problemsOf(input: Withdraw, givenOn: string | null): Record<string, Message> {
  const found: Record<string, Message> = {}
  if (input.on > today()) found.on = { key: 'cases.error.future' }
  if (givenOn && input.on < givenOn) found.on = { key: 'cases.basis.beforeGiven' }
  if (input.goesOn !== 'ends' && !input.why) found.why = { key: 'cases.basis.whyNeeded' }
  return found
}

/**
 * The victim takes the wish back. What rested on it ends today, by the database and in the same transaction; those who have received something
 * are listed, and it becomes a task to tell them (R9).
 */
export const withdrawConsent = command(
  'case.basis.withdraw',
  { roles: keepers, input: Withdraw, about: aboutCase, oneByOne: oneCase, ahead: takesPicture },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const problems = problemsOf(input, head.consentOn)
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    const lawText = input.goesOn === 'ends' ? undefined : await lawOf(db, 'goesOn')
    const word: Word = { kind: 'withdrawn', goesOn: input.goesOn }
    const concerned = endsSupport(word) ? await concernedBy(db, head.id) : []
    const why = input.goesOn === 'ends' ? undefined : input.why
    await addTask(db, { networkId: head.networkId, caseId: head.id }, 'tell-recipients', await dueOn(db))
    const { on: onDate, way, proof, file } = input
    await say(db, me, head, word, { onDate, way, proof, file, why, lawText })
    await tellLeads(db, me, { networkId: head.networkId, caseId: head.id })
    await tell(db, me, head.id, concerned)
    return told(head, input.goesOn === 'ends' && !me.roles.includes('lead'))
  },
)

const dueOn = async (db: Db): Promise<string> => addWorkingDays(today(), (await settingsOn(db)).tellRecipientsDays)

/** The support persons whose work ends with it, and those who guide them. */
async function concernedBy(db: Db, caseId: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select distinct of_it.id from assignment a join volunteer v on v.id = a.volunteer_id,
    lateral (values (v.person_id), (a.supervisor_id)) of_it(id)
    where a.case_id = ${caseId} and a.status = 'active' and of_it.id is not null`.execute(db)
  return rows.map((row) => row.id)
}

async function tell(db: Db, me: Person, caseId: string, people: string[]): Promise<void> {
  for (const person of people) if (person !== me.id) await mailAbout(db, caseId, person, 'new-task')
}
