// What is known of one applicant, from the first word to today?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { query } from '../../core/operation.server.ts'
import { type FoundKey, findVault, vaultBehind } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import type { Locale } from '../../i18n/i18n.ts'
import { placesIn } from '../../partners/places.server.ts'
import { findSameVolunteer } from '../../volunteers/records.server.ts'
import type { NoReason, Status } from '../../volunteers/volunteer.ts'
import { endRemarkPlace, remarkPlace } from '../apply/apply.server.ts'
import { interviewsOf } from '../interview/interviews.server.ts'
import type { Source, Step } from '../recruitment.ts'
import { referencesOf } from '../reference/references.server.ts'
import { factsOf, ownersIn, readers, wayOf } from './pipeline.server.ts'

type Row = FoundKey & {
  id: string
  code: string
  factsSealed: Buffer | null
  emailIndex: Buffer | null
  countyCode: string
  languages: string[]
  locale: Locale
  source: Source
  campaign: string | null
  arrivedAt: Date
  outcome: 'taken' | 'known' | 'refused' | null
  volunteerId: string | null
  noReason: NoReason | null
  remarkSealed: Buffer | null
  decidedBy: string | null
  decidedAt: Date | null
  erasedAt: Date | null
}

/** An application with what was written, for whoever holds its key; null where there is none. */
export async function applicationOf(db: Db, wanted: string) {
  const { rows } = await sql<Row>`
    select a.*, c.name as campaign, p.name as decided_by, k.kind, k.master_id, k.wrapped, k.wrapped_other
    from application a left join campaign c on c.id = a.campaign_id left join person p on p.id = a.decided_by
      left join sealed_key k on k.owner_id = a.id where a.id = ${wanted}`.execute(db)
  const [row] = rows
  if (!row) return null
  const refused = row.outcome === 'refused'
  const remark =
    refused && row.remarkSealed && row.wrapped
      ? vaultBehind(row, row.id).open(remarkPlace(row.id), row.remarkSealed)
      : null
  const { id, code, emailIndex, countyCode, languages, locale, source, campaign, arrivedAt, outcome } = row
  const { volunteerId, noReason, decidedBy, decidedAt, erasedAt } = row
  const known = { id, code, emailIndex, countyCode, languages, locale, source, campaign, arrivedAt, outcome }
  return { ...known, volunteerId, noReason, decidedBy, decidedAt, erasedAt, remark, facts: factsOf(row) }
}
type Application = NonNullable<Awaited<ReturnType<typeof applicationOf>>>

/** What the page shows: never the index, and who an applicant was known as to the coordinator alone. */
function shown({ emailIndex, volunteerId, ...rest }: Application, coordinates: boolean) {
  return { ...rest, volunteerId: rest.outcome === 'known' && !coordinates ? null : volunteerId }
}

/** Other applications from the same address: nobody is told that there is one but the coordinator. */
async function sentBefore(db: Db, { id, emailIndex }: { id: string; emailIndex: Buffer | null }) {
  if (!emailIndex) return []
  return db
    .selectFrom('application')
    .select(['id', 'code', 'arrivedAt', 'outcome'])
    .where('emailIndex', '=', emailIndex)
    .where('id', '<>', id)
    .orderBy('arrivedAt')
    .execute()
}

async function volunteerOf(db: Db, wanted: string) {
  const row = await db
    .selectFrom('volunteer')
    .select(['id', 'code', 'name', 'email', 'phone', 'countyCode', 'languages', 'status'])
    .where('id', '=', wanted)
    .executeTakeFirst()
  return row ? { ...row, status: row.status as Status } : null
}

async function linesOf(db: Db, volunteer: string) {
  const rows = await db
    .selectFrom('volunteerStatus')
    .innerJoin('person', 'person.id', 'recordedBy')
    .select([
      'volunteerStatus.id',
      'volunteerStatus.status',
      'fromOn',
      'recordedAt',
      'reason',
      'noReason',
      'remarkSealed',
      'person.name as by',
    ])
    .where('volunteerId', '=', volunteer)
    .orderBy('recordedAt')
    .execute()
  // The key is the coordinator's.
  const vault = rows.some(({ remarkSealed }) => remarkSealed) ? await findVault(db, volunteer) : null
  return rows.map(({ remarkSealed, ...row }) => ({
    ...row,
    remark: remarkSealed ? (vault?.open(endRemarkPlace(row.id), remarkSealed) ?? null) : null,
  }))
}

const stepsOf = (db: Db, volunteer: string) =>
  db
    .selectFrom('recruitmentStep')
    .innerJoin('person as by', 'by.id', 'recordedBy')
    .innerJoin('person as owner', 'owner.id', 'ownerId')
    .select(['recruitmentStep.id', 'step', 'dueOn', 'note', 'recordedAt', 'by.name as by', 'owner.name as owner'])
    .where('volunteerId', '=', volunteer)
    .orderBy('recordedAt')
    .execute()

async function open(db: Db, wanted: string, me: Person) {
  const found = await applicationOf(db, wanted)
  const coordinates = me.roles.includes('coordinator')
  const application = found ? shown(found, coordinates) : null
  const volunteer = await volunteerOf(db, wanted)
  if (!application && !volunteer) throw new NotFound()
  const facts = application?.outcome === null ? application.facts : null
  const steps = await stepsOf(db, wanted)
  return {
    id: wanted,
    today: today(),
    days: (await settingsOn(db)).applicantStepDays,
    application,
    volunteer,
    way: await wayOf(db, wanted),
    same: facts ? await findSameVolunteer(db, facts) : null,
    before: found && coordinates ? await sentBefore(db, found) : [],
    interviews: await interviewsOf(db, wanted),
    references: await referencesOf(db, wanted),
    lines: await linesOf(db, wanted),
    steps: steps.map((one) => ({ ...one, step: one.step as Step })),
    owners: await ownersIn(db),
    counties: (await placesIn(db)).counties,
  }
}
export type Opened = Awaited<ReturnType<typeof open>>

export const openApplicant = query(
  'recruitment.open',
  { roles: readers, input: z.object({ id: id() }), about: (input) => ({ kind: 'application', id: input.id }) },
  async (db, input, me) => open(db, input.id, me),
)
