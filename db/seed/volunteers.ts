// Which volunteers does the synthetic Estonia have, and which of their papers are in order?
import { randomUUID } from 'node:crypto'
import { searchName } from '../../app/i18n/search-name.ts'
import type { Staff } from './people.ts'
import { at, plusDays, type Random } from './random.ts'
import type { SeedDb } from './seed.ts'

export type SeededVolunteer = {
  id: string
  county: string
  languages: string[]
  sex: 'F' | 'M'
  status: string
  supervisor: string
  /** The login of everyone who was ever active. */
  account: string | null
  /** The volunteer of the cast. */
  lou: boolean
}

const women = [
  'Kadri',
  'Piret',
  'Laura',
  'Olga',
  'Jelena',
  'Triin',
  'Maarja',
  'Helle',
  'Svetlana',
  'Õnne',
  'Kätlin',
  'Irina',
  'Liis',
  'Merle',
  'Galina',
  'Ülle',
]
const men = ['Kalle', 'Mart', 'Aleksandr', 'Priit', 'Rein', 'Igor']
const families = [
  'Kask',
  'Tamm',
  'Sepp',
  'Mägi',
  'Ilves',
  'Rebane',
  'Õunapuu',
  'Jõgi',
  'Žukova',
  'Petrova',
  'Smirnova',
  'Koppel',
  'Pärn',
  'Kuusk',
]
const works = ['õpetaja', 'psühholoog', 'jurist', 'sotsiaaltöötaja', 'õde', 'pensionär', 'terapeut', null]
// Roughly as people live: more in Harju, Ida-Viru and Tartu.
const counties = [
  '0037',
  '0037',
  '0037',
  '0037',
  '0045',
  '0045',
  '0045',
  '0079',
  '0079',
  '0068',
  '0060',
  '0071',
  '0064',
  '0084',
  '0087',
  '0081',
  '0050',
  '0052',
  '0056',
  '0074',
  '0039',
]

/** 64 volunteers, as many as the country had; the first is Lou of the cast. */
export async function seedVolunteers(
  db: SeedDb,
  staff: Staff,
  random: Random,
  today: string,
): Promise<SeededVolunteer[]> {
  const places = await db.selectFrom('municipality').select(['code', 'countyCode']).execute()
  const made: SeededVolunteer[] = []
  for (let index = 0; index < 64; index++) {
    const lou = index === 0
    const sex: 'F' | 'M' = lou || random.chance(0.8) ? 'F' : 'M'
    const county = lou ? '0045' : (counties[index % counties.length] as string)
    const russian = lou || random.chance(county === '0045' ? 0.8 : 0.35)
    const languages = [
      'et',
      ...(russian ? ['ru'] : []),
      ...(random.chance(0.4) ? ['en'] : []),
      ...(random.chance(0.05) ? ['uk'] : []),
    ]
    const given = random.pick(sex === 'F' ? women : men)
    const name = lou ? 'Lou Näidis-Lepik' : `${given} Näidis-${random.pick(families)}`
    const municipality = random.pick(places.filter((place) => place.countyCode === county))
    const status = lou
      ? 'active'
      : random.pick([
          'active',
          'active',
          'active',
          'active',
          'active',
          'active',
          'paused',
          'training',
          'candidate',
          'ended',
        ])
    const supervisor = staff.supervisors[index % staff.supervisors.length] as string
    const id = randomUUID()
    const mail = `tugiisik${index + 1}`
    const account = lou
      ? staff.volunteerAccount
      : ['active', 'paused'].includes(status)
        ? await staff.person(name, mail, 'volunteer')
        : null
    await db
      .insertInto('volunteer')
      .values({
        id,
        personId: account,
        name,
        searchName: searchName(name),
        email: lou ? 'lou@naidis.example' : `${mail}@naidis.example`,
        phone: `+3725550${String(1000 + index)}`,
        birthYear: random.whole(1955, 2000),
        sex,
        occupation: random.pick(works),
        countyCode: county,
        municipalityCode: lou ? '0251' : municipality.code,
        languages,
        hasCar: random.chance(0.6),
        childContact: lou || random.chance(0.6),
        maxCases: random.chance(0.3) ? 1 : 2,
        supervisorId: supervisor,
        createdBy: staff.coordinator,
      })
      .execute()
    await seedPapers(db, { id, status, perfect: lou }, staff, random, today)
    made.push({ id, county, languages, sex, status, supervisor, account, lou })
  }
  return made
}

async function seedPapers(
  db: SeedDb,
  volunteer: { id: string; status: string; perfect: boolean },
  staff: Staff,
  random: Random,
  today: string,
) {
  const joined = plusDays(today, -random.whole(400, 1500))
  const began = { volunteerId: volunteer.id, recordedBy: staff.coordinator }
  await db
    .insertInto('volunteerStatus')
    .values({ ...began, status: 'candidate', fromOn: joined, recordedAt: at(joined) })
    .execute()
  if (volunteer.status !== 'candidate') {
    const changed =
      volunteer.status === 'paused' || volunteer.status === 'ended'
        ? plusDays(today, -random.whole(10, 120))
        : plusDays(joined, 60)
    const untilOn = volunteer.status === 'paused' ? plusDays(today, random.whole(15, 90)) : null
    if (volunteer.status !== 'training') {
      const active = plusDays(joined, 60)
      await db
        .insertInto('volunteerStatus')
        .values({ ...began, status: 'active', fromOn: active, recordedAt: at(active) })
        .execute()
    }
    if (volunteer.status !== 'active') {
      await db
        .insertInto('volunteerStatus')
        .values({ ...began, status: volunteer.status, fromOn: changed, untilOn, recordedAt: at(changed) })
        .execute()
    }
  }
  if (volunteer.status === 'candidate') return
  const paper = async (kind: 'training' | 'contract' | 'pledge' | 'background', from: string, to: string | null) => {
    const row = {
      volunteerId: volunteer.id,
      kind,
      validFrom: from,
      validTo: to,
      passed: true,
      checkedBy: kind === 'background' ? 'Kim Näidis-Koort' : null,
    }
    await db
      .insertInto('volunteerEvidence')
      .values({ ...row, recordedBy: staff.coordinator, recordedAt: at(from) })
      .execute()
  }
  await paper('training', plusDays(joined, 40), null)
  if (volunteer.status === 'training') return
  await paper('contract', plusDays(joined, 50), plusDays(today, volunteer.perfect ? 600 : random.whole(-20, 700)))
  if (volunteer.perfect || random.chance(0.95)) await paper('pledge', plusDays(joined, 50), null)
  // Checked again every twelve months; some checks lapse within weeks, a few have lapsed.
  const checked = plusDays(today, -(volunteer.perfect ? 100 : random.whole(20, 375)))
  await paper('background', checked, plusDays(checked, 365))
}
