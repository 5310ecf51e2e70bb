// What do the support persons of the synthetic Estonia take on and what not, what was written to them, and what have they paid?
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeVault } from '../../app/core/seal.server.ts'
import type { SeedWorld } from './cases.ts'
import { at, plusDays, type Random, randomFrom } from './random.ts'
import type { SeedDb } from './seed.ts'
import type { SeededVolunteer } from './volunteers.ts'

/** Of those who work every third has said when she can be reached or what she does not do; the cast has limits that keep nothing from her. */
export async function seedEveryday(db: SeedDb, world: SeedWorld): Promise<void> {
  const random = randomFrom(1873)
  const working = world.volunteers.filter(({ status, account }) => status === 'active' && account)
  for (const [index, one] of working.entries()) {
    if (one.lou) await seedLimits(db, world, one, { hours: ['afternoon', 'evening'], refuses: [] })
    else if (index % 3 === 1) await seedLimits(db, world, one, drawn(random))
  }
  await seedMessages(db, world, working, random)
  await seedExpenses(db, world, working)
}

type Limits = { hours: string[]; refuses: string[] }

const drawn = (random: Random): Limits => ({
  hours: random.pick([['evening'], ['evening', 'weekend'], ['morning', 'afternoon'], []]),
  refuses: random.pick([['court'], ['drive'], ['children'], []]),
})

async function seedLimits(db: SeedDb, { today }: SeedWorld, { id, account }: SeededVolunteer, limits: Limits) {
  const told = { toldBy: account as string, toldAt: at(plusDays(today, -50)) }
  await db
    .insertInto('volunteerLimit')
    .values({ ...limits, ...told, volunteerId: id, reach: 'county' })
    .execute()
}

type Letter = { ago: number; county: string | null; template: string; title: string; body: string; read: number }
const template = (nth: number) => `00000000-0000-4000-8000-0000000a000${nth}`
const letters: Letter[] = [
  {
    ...{ ago: 16, county: null, template: template(1), title: 'Tule koolitusele', read: 0.8 },
    body: 'Tere.\n\nKoolitus on 10. detsembril kell 17, Näidise keskuses. Teema on turvaline suhtlus telefonis.\n\nAnna mulle teada, kas saad tulla. Sõidu ja söögi eest maksame meie.',
  },
  {
    ...{ ago: 2, county: '0045', template: template(3), title: 'Aitäh sulle', read: 0 },
    body: 'Tere.\n\nAitäh selle eest, mida sa teed. Sinu aeg ja tähelepanu loevad rohkem, kui välja paistab.\n\nKui sul on endal raske, räägi oma juhendajaga või helista mulle.',
  },
]

/** One to everybody, which most have read; one to those of a county, which is new to the cast. */
async function seedMessages(db: SeedDb, { staff, today }: SeedWorld, working: SeededVolunteer[], random: Random) {
  for (const { ago, county, template, title, body, read } of letters) {
    const sent = { sentBy: staff.coordinator, sentAt: at(plusDays(today, -ago)) }
    const message = {
      id: randomUUID(),
      countyCode: county,
      status: 'active',
      words: JSON.stringify({ et: { title, body } }),
    }
    await db
      .insertInto('message')
      .values({ ...message, ...sent, template, templateVersion: 1 })
      .execute()
    for (const { id: volunteerId, lou } of working.filter((one) => county === null || one.county === county)) {
      const copy = { messageId: message.id, volunteerId }
      await db
        .insertInto('messageCopy')
        .values({ ...copy, ...sent, locale: 'et', title, body })
        .execute()
      if (read > 0 && (lou || random.chance(read)))
        await db
          .insertInto('messageRead')
          .values({ ...copy, readAt: at(plusDays(today, -ago + 1), 8) })
          .execute()
    }
  }
}

type Paid = {
  /** How long ago it was paid, and decided. */
  ago: number
  decided?: { ago: number; because?: string }
  words: string
} & ({ km: number } | { kind: 'ticket' | 'parking'; cents: number })

// Of the cast one that was paid, one that came back to be mended, and one that waits.
const own: Paid[] = [
  { ago: 34, decided: { ago: 30 }, words: 'Sõit koos kohtusse ja tagasi', km: 42 },
  {
    ago: 12,
    decided: { ago: 9, because: 'Siin on bussipilet. Palun lisa parkimise kviitung.' },
    words: 'Parkimine haigla juures',
    kind: 'parking',
    cents: 350,
  },
  { ago: 3, words: 'Buss perearsti juurde', kind: 'ticket', cents: 420 },
]
const others: Paid[] = [
  { ago: 6, words: 'Sõit võrgustiku kohtumisele', km: 28 },
  { ago: 9, decided: { ago: 4 }, words: 'Buss koolitusele', kind: 'ticket', cents: 420 },
  { ago: 15, decided: { ago: 8 }, words: 'Buss esimesele kohtumisele', kind: 'ticket', cents: 420 },
  { ago: 5, words: 'Sõit koos politseisse', km: 17 },
]

async function seedExpenses(db: SeedDb, world: SeedWorld, working: SeededVolunteer[]): Promise<void> {
  const lou = working.find((one) => one.lou)
  for (const paid of lou ? own : []) await seedPaid(db, world, lou as SeededVolunteer, paid)
  for (const [index, one] of working.filter((each) => !each.lou).entries())
    if (index % 4 === 0) await seedPaid(db, world, one, others[(index / 4) % others.length] as Paid)
}

/** An invented ticket, as every picture is kept: drawn by our own program. */
const receipt = () => readFileSync(join(import.meta.dirname, '../data/kviitung.jpg')).toString('base64')

async function seedPaid(db: SeedDb, { staff, today }: SeedWorld, volunteer: SeededVolunteer, paid: Paid) {
  const id = randomUUID()
  const vault = await makeVault(db, { kind: 'expense', id })
  const seal = (column: string, text: string) => vault.seal({ table: 'expense', column, row: id }, text)
  const { ago, words, decided } = paid
  const because = decided?.because
  const support = await db
    .selectFrom('assignment')
    .select('id')
    .where('volunteerId', '=', volunteer.id)
    .where('status', '=', 'active')
    .orderBy('number')
    .executeTakeFirst()
  const sum =
    'km' in paid
      ? { kind: 'car', km: paid.km, centsPerKm: 30, cents: paid.km * 30 }
      : { kind: paid.kind, cents: paid.cents, receiptForm: 'jpg', receiptSealed: seal('receipt_sealed', receipt()) }
  await db
    .insertInto('expense')
    .values({
      ...{ id, volunteerId: volunteer.id, assignmentId: support?.id ?? null, ...sum },
      ...{ onDate: plusDays(today, -ago), wordsSealed: seal('words_sealed', words) },
      ...{ sentBy: volunteer.account as string, sentAt: at(plusDays(today, 1 - ago), 8) },
      ...(decided
        ? {
            ...{ decision: because ? 'returned' : 'approved', decidedBy: staff.coordinator },
            ...{
              decidedAt: at(plusDays(today, -decided.ago)),
              reasonSealed: because ? seal('reason_sealed', because) : null,
            },
          }
        : {}),
    })
    .execute()
}
