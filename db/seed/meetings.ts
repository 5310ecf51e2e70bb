// When have the two networks of the cast met, what came of it, and when do they meet next?
import { randomUUID } from 'node:crypto'
import { openVault } from '../../app/core/seal.server.ts'
import { cutOffOf, dayIn, daysAhead } from '../../app/meetings/calendar/dates.ts'
import type { SeedWorld } from './cases.ts'
import { seedWork } from './meeting-work.ts'
import type { Network } from './people.ts'
import { at, monthStart, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

const reasons = [
  'Politsei, prokuratuur ja lastekaitse peavad tegutsema korraga.',
  'Ohvriabi üksi ei saa kannatanu turvalisust tagada: vägivallatseja elab samas majas.',
  'Ühte asutust ei piisa, lapsed vajavad lastekaitse ja kooli tuge.',
]
const others = [
  ['Priit Näidis-Prii', 'prokuratuur'],
  ['Vaike Näidis-Vald', 'Näidis-vald'],
  ['Leelo Näidis-Laps', 'lastekaitse'],
] as const
const rhythm = { everyMonths: 1, week: 2, weekday: 2 }
const where = { mode: 'sitting', startsAt: '10:00', place: 'Näidis-saal' }
type Case = { id: string; number: string; childCount: number }

/** Why every open case needs MARAC (R5); then a past and a coming meeting of Ida-Viru and Tallinn. */
export async function seedMeetings(db: SeedDb, world: SeedWorld): Promise<void> {
  const cases = await db
    .selectFrom('caseFile')
    .select(['id', 'number', 'networkId', 'childCount', 'referredOn'])
    .orderBy('number')
    .execute()
  for (const { id } of cases) {
    const vault = await openVault(db, id)
    const place = { table: 'case_file', column: 'why_marac_sealed', row: id }
    await db
      .updateTable('caseFile')
      .set({ whyMaracSealed: vault.seal(place, world.random.pick(reasons)) })
      .where('id', '=', id)
      .execute()
  }
  for (const network of world.staff.networks.filter(({ name }) => name === 'Ida-Viru' || name === 'Tallinn')) {
    const past = dayIn(monthStart(world.today, -1), rhythm)
    const known = cases.filter((one) => one.networkId === network.id)
    await seedNetwork(db, world, network, { past, heard: known.filter((one) => one.referredOn < plusDays(past, -7)) })
  }
}

async function seedNetwork(
  db: SeedDb,
  world: SeedWorld,
  network: Network,
  of: { past: string; heard: Case[] },
): Promise<void> {
  const members: string[] = []
  for (const [at, [name, agency]] of others.entries()) {
    members.push(
      await world.staff.person(
        name,
        `tuumik${at + 1}-${network.county}-${network.municipalities.length}`,
        'member',
        network.id,
        agency,
      ),
    )
  }
  const own = { networkId: network.id, ...where }
  await db
    .insertInto('networkRhythm')
    .values({ ...own, ...rhythm, validFrom: '2024-01-01', recordedBy: network.lead })
    .execute()
  const chair = await db
    .selectFrom('personRole')
    .select('personId')
    .where('networkId', '=', network.id)
    .where('role', '=', 'member')
    .executeTakeFirstOrThrow()
  const created = { chairId: chair.personId, createdBy: network.lead, createdAt: at(plusDays(of.past, -40)) }
  for (const [place, onDate] of daysAhead(plusDays(world.today, 9), rhythm, 3).entries()) {
    const invitedAt = place === 0 ? at(plusDays(world.today, -1)) : null
    await db
      .insertInto('meeting')
      .values({ ...own, ...created, onDate, cutOffOn: cutOffOf(onDate, 7), invitedAt })
      .execute()
  }
  await seedHeld(db, network, { ...of, own: { ...own, ...created } })
}

type Held = {
  past: string
  heard: Case[]
  own: {
    networkId: string
    mode: string
    startsAt: string
    place: string
    chairId: string
    createdBy: string
    createdAt: Date
  }
}

// The two newest go on next time; of the others something was agreed.
async function seedHeld(db: SeedDb, network: Network, { past, heard, own }: Held): Promise<void> {
  const id = randomUUID()
  const cutOffOn = cutOffOf(past, 7)
  const times = {
    invitedAt: at(plusDays(past, -20)),
    closedAt: at(plusDays(cutOffOn, 1)),
    begunAt: at(past),
    endedAt: at(past, 12),
  }
  // Laid down while it is open, held afterwards: nothing is put on the agenda of what is over.
  await db
    .insertInto('meeting')
    .values({ ...own, id, onDate: past, cutOffOn, invitedAt: times.invitedAt })
    .execute()
  for (const [place, one] of heard.entries()) {
    const outcome = place >= heard.length - 2 ? 'carried' : 'planned'
    const line = {
      networkId: network.id,
      caseId: one.id,
      meetingId: id,
      kind: 'new',
      position: place + 1,
      addedAt: times.closedAt,
    }
    await db
      .insertInto('agendaItem')
      .values({ ...line, outcome, heardBy: network.lead, heardAt: at(past, 11) })
      .execute()
  }
  for (const phase of ['closed', 'sitting', 'held']) {
    await db
      .updateTable('meeting')
      .set({ phase, ...times, endedAt: phase === 'held' ? times.endedAt : null })
      .where('id', '=', id)
      .execute()
  }
  await seedWork(db, { network, chair: own.chairId, meetingId: id, past, heard })
}
