// How does what was written where there was no network come into the record, each entry exactly once?
import type { z } from 'zod'
import type { Db } from '../core/db.server.ts'
import { Conflict, NotFound } from '../core/errors.ts'
import { command } from '../core/operation.server.ts'
import type { Person } from '../core/user.ts'
import { aboutOuting, findOuting, keyOf, press } from '../support/outing/outings.server.ts'
import { sameFigures } from '../support/report/month-report.ts'
import { keepReport, monthOwn } from '../support/report/own-reports.server.ts'
import { loggingUnder } from '../support/visit/supported.server.ts'
import { writeVisit } from '../support/visit/visits.server.ts'
import { OneDevice } from './device.ts'
import { mustStand } from './devices.server.ts'
import { type Refusal, SendOuting, SendReport, SendVisit } from './entry.ts'

type Named = { device: string; entry: string }
type Of = { kind: string; id: string; caseId?: string | undefined; networkId?: string | undefined }
type Taken = { taken: true; of: Of; danger: boolean } | Refusal

const about = (input: Named, done: Taken): Of => ('of' in done ? done.of : { kind: 'field-device', id: input.device })

async function isTaken(db: Db, { device, entry }: Named): Promise<boolean> {
  const row = await db
    .selectFrom('fieldEntry')
    .select('id')
    .where('deviceId', '=', device)
    .where('id', '=', entry)
    .executeTakeFirst()
  return row !== undefined
}

// In the transaction of what it stands for: both are there, or neither; and only from a device that stands (field.policy.sql). Of two at once the second waits here, and then finds the name taken.
async function take(db: Db, { device, entry }: Named): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('fieldEntry')
    .values({ deviceId: device, id: entry })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

const before = ({ device }: Named): Taken => ({ taken: true, of: { kind: 'field-device', id: device }, danger: false })

/** That a device sends: its owner's, and one that stands. What it sends is then taken entry by entry. */
export const openSending = command(
  'field.sending',
  { roles: ['volunteer'], input: OneDevice, about: ({ device }) => ({ kind: 'field-device', id: device }) },
  (db, { device }, me) => mustStand(db, me, device),
)

/** A visit; refused in words where its month is closed or the support is over. */
export const sendVisit = command(
  'field.visit',
  { roles: ['volunteer'], input: SendVisit, about, stands: ({ assignment }, me) => loggingUnder(assignment, me) },
  async (db, input, me, of): Promise<Taken> => {
    if (!(await take(db, input))) return before(input)
    // As on any page: what was not taken is taken back with it.
    if (!of?.mine) throw new NotFound()
    const { id, caseId, networkId, concernId } = await writeVisit(db, me, input, of)
    return { taken: true, of: { kind: 'visit', id, caseId, networkId }, danger: concernId !== null }
  },
)

/** What was pressed on the way counts from when it was pressed; what is over already is nothing for her to decide on. */
export const sendOuting = command(
  'field.outing',
  { roles: ['volunteer'], input: SendOuting, about },
  async (db, input, me): Promise<Taken> => {
    if (!(await take(db, input))) return before(input)
    const of = keyOf(await findOuting(db, me, input.outing))
    const told = await press(db, input.outing, input.what, new Date(input.at))
    if (told === 'full') throw new Conflict({ key: 'support.outing.full' })
    return { taken: true, of: aboutOuting(null, { of }), danger: false }
  },
)

/** A month's report; what has changed since she had it before her is for her to decide on. */
export const sendReport = command(
  'field.report',
  { roles: ['volunteer'], input: SendReport, about },
  async (db, input, me): Promise<Taken> => {
    await mustStand(db, me, input.device)
    if (await isTaken(db, input)) return before(input)
    const refusal = await refusalOf(db, me, input)
    if (refusal) return refusal
    if (!(await take(db, input))) return before(input)
    const { id } = await keepReport(db, me, input)
    return { taken: true, of: { kind: 'month-report', id }, danger: false }
  },
)

async function refusalOf(db: Db, me: Person, input: z.output<typeof SendReport>): Promise<Refusal | null> {
  const { report, figures } = await monthOwn(db, me, input.month)
  if (report && report.status !== 'draft' && report.status !== 'returned')
    throw new Conflict({ key: 'support.error.handedIn' })
  const version = report?.version ?? 0
  if (version !== input.version) return { refused: 'changed', again: { version }, theirs: report?.summary ?? null }
  const { contacts, minutesSum, expenseCents } = input
  if (input.step !== 'submit' || sameFigures(figures, { contacts, minutes: minutesSum, expenseCents })) return null
  const again = { contacts: figures.contacts, minutesSum: figures.minutes, expenseCents: figures.expenseCents }
  return { refused: 'figures', again, theirs: null }
}
