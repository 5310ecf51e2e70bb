// How is a paper made for a volunteer, who reads it, and how is one taken back?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, keepVault, type Place } from '../../core/seal.server.ts'
import { isLocale, type Locale } from '../../i18n/i18n.ts'
import { mailTo } from '../../process/mail.server.ts'
import { exitsOf } from '../exit/exits.server.ts'
import { type Filling, type PaperKind, paperKinds } from '../template/template.ts'
import { templateNow } from '../template/templates.server.ts'
import { supersedeSigned } from './copies.server.ts'
import { factsFor, serviceOf } from './facts.server.ts'
import { DropPaper, isSigned, MakePaper, type PaperLine } from './paper.ts'

const coordinator = { roles: ['coordinator'] } as const
const aboutVolunteer = (input: { id: string }) => ({ kind: 'volunteer', id: input.id })
export const aboutPaper = (input: { paper: string }) => ({ kind: 'paper', id: input.paper })
export const onePaper = (input: { paper: string }): string => `paper/${input.paper}`
export const factsPlace = (row: string): Place => ({ table: 'paper', column: 'facts_sealed', row })

const head = (db: Db, volunteerId: string) =>
  db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'personId', 'status', 'languages'])
    .where('id', '=', volunteerId)
    .executeTakeFirstOrThrow()

/** The papers of one volunteer, the newest first. */
export async function papersOf(db: Db, volunteerId: string): Promise<PaperLine[]> {
  const { rows } = await sql<PaperLine>`
    select p.id, p.kind, p.template as version, p.locale, p.made_on, p.valid_from, p.valid_to, s.signed_on, p.superseded_at is not null as dropped
    from paper p left join paper_signed s on s.paper_id = p.id and s.superseded_at is null
    where p.volunteer_id = ${volunteerId} order by p.made_at desc`.execute(db)
  return rows
}

const listed = async (db: Db, id: string) => ({
  ...(await head(db, id)),
  papers: await papersOf(db, id),
  exits: await exitsOf(db, id),
})
type Listed = Awaited<ReturnType<typeof listed>>

export const listPapers = query(
  'paper.list',
  {
    ...coordinator,
    input: z.object({ id: id() }),
    about: (input, found: Listed) => ({ ...aboutVolunteer(input), hits: found.papers.length }),
  },
  async (db, input) => listed(db, input.id),
)

/** A volunteer's own papers; nobody else's can be asked for. */
export const listOwnPapers = query(
  'paper.own',
  {
    roles: ['volunteer'],
    input: z.object({}),
    about: (_, found: { papers: PaperLine[] }) => ({ hits: found.papers.length }),
  },
  async (db, _input, me) => {
    const own = await db.selectFrom('volunteer').select('id').where('personId', '=', me.id).executeTakeFirstOrThrow()
    return { papers: await papersOf(db, own.id) }
  },
)

/** What the form of a new paper stands on: the wording that holds today, and the language the volunteer reads. */
export const openNewPaper = query(
  'paper.new',
  { ...coordinator, input: z.object({ id: id(), template: z.enum(paperKinds) }), about: aboutVolunteer },
  async (db, input) => {
    const volunteer = await head(db, input.id)
    const { version, fromOn } = await templateNow(db, input.template)
    const service = isSigned(input.template) ? null : await serviceOf(db, input.id)
    return {
      ...volunteer,
      kind: input.template,
      version,
      fromOn,
      service,
      today: today(),
      locale: await readsIn(db, volunteer),
    }
  },
)

// As they read these pages; of somebody without an account, the first language they speak in which there is a wording.
async function readsIn(db: Db, { personId, languages }: Awaited<ReturnType<typeof head>>): Promise<Locale> {
  const person = personId
    ? await db.selectFrom('person').select('locale').where('id', '=', personId).executeTakeFirst()
    : undefined
  return (person?.locale as Locale | undefined) ?? languages.find(isLocale) ?? 'et'
}

type Input = z.output<typeof MakePaper>

/** From when to when: of a contract as it was agreed, of a certificate as it was; other papers have no span. */
async function spanOf(db: Db, { id: volunteerId, template, validFrom, validTo }: Input) {
  if (template === 'contract') {
    if (!validFrom) throw new Invalid({ validFrom: { key: 'core.error.dateMissing' } })
    if (validTo && validTo < validFrom) throw new Invalid({ validTo: { key: 'volunteers.error.order' } })
    return { validFrom, validTo: validTo ?? null, service: null }
  }
  if (isSigned(template)) return { validFrom: null, validTo: null, service: null }
  const service = await serviceOf(db, volunteerId)
  if (!service) throw new Conflict({ key: 'papers.error.noService' })
  return { validFrom: service.from, validTo: service.to, service }
}

/** Fills in what is known and keeps it with the version of the wording; whoever has to sign is told that something waits. */
export const makePaper = command(
  'paper.make',
  { ...coordinator, input: MakePaper, about: aboutVolunteer },
  async (db, input, me) => {
    const { template: kind, locale, id: volunteerId } = input
    const volunteer = await head(db, volunteerId)
    const { version } = await templateNow(db, kind)
    const { service, ...span } = await spanOf(db, input)
    const facts = factsFor({ locale, name: volunteer.name, code: volunteer.code, by: me.name, service, ...span })
    const vault = await keepVault(db, { kind: 'volunteer', id: volunteerId })
    const row = randomUUID()
    const paper = { id: row, volunteerId, kind, template: version, locale, madeOn: today(), ...span, madeBy: me.id }
    await db
      .insertInto('paper')
      .values({ ...paper, factsSealed: vault.seal(factsPlace(row), JSON.stringify(facts)) })
      .execute()
    if (volunteer.personId) await mailTo(db, volunteer.personId, 'new-task', `paper/${row}`)
    return { paper: row }
  },
)

/** One paper with what was filled in; nothing of that where the key is gone. */
export async function paperFor(db: Db, paper: string) {
  const row = await db
    .selectFrom('paper')
    .innerJoin('volunteer', 'volunteer.id', 'paper.volunteerId')
    .leftJoin('person', 'person.id', 'paper.madeBy')
    .select(['paper.id', 'paper.volunteerId', 'paper.kind', 'paper.template', 'paper.locale', 'madeOn', 'validFrom'])
    .select(['validTo', 'factsSealed', 'supersededAt', 'supersededReason', 'person.name as madeBy'])
    .select(['volunteer.name', 'volunteer.code'])
    .where('paper.id', '=', paper)
    .executeTakeFirstOrThrow()
  const { factsSealed, ...rest } = row
  const vault = factsSealed ? await findVault(db, row.volunteerId) : null
  const facts = vault && factsSealed ? (JSON.parse(vault.open(factsPlace(paper), factsSealed)) as Filling) : null
  return { ...rest, kind: rest.kind as PaperKind, locale: rest.locale as Locale, facts }
}

/** Takes back what should never have been made; what its signature proved proves nothing any more. */
export const dropPaper = command(
  'paper.drop',
  { ...coordinator, input: DropPaper, about: aboutPaper, oneByOne: onePaper },
  async (db, { paper, reason }) => {
    await supersedeSigned(db, paper, reason)
    const { volunteerId } = await db
      .updateTable('paper')
      .set({ supersededAt: sql<Date>`now()`, supersededReason: reason })
      .where('id', '=', paper)
      .where('supersededAt', 'is', null)
      .returning('volunteerId')
      .executeTakeFirstOrThrow()
    return { volunteer: volunteerId }
  },
)
