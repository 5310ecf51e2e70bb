// Which networks does the synthetic Estonia have, and who works in it?
import { randomUUID } from 'node:crypto'
import type { Role } from '../../app/core/user.ts'
import type { SeedDb } from './seed.ts'

export type Network = { id: string; name: string; county: string; municipalities: string[]; lead: string }
export type MakePerson = ReturnType<typeof personMaker>
export type Staff = {
  person: MakePerson
  coordinator: string
  manager: string
  supervisors: string[]
  volunteerAccount: string
  networks: Network[]
}

// 18 core groups: one a county, three in Harju, two in Ida-Viru. Which counties have several is unconfirmed.
const groups: readonly [name: string, county: string, municipalities: string[]][] = [
  ['Ida-Viru', '0045', []],
  ['Tallinn', '0037', ['0784']],
  ['Ida-Harju', '0037', ['0141', '0245', '0338', '0353', '0424', '0446', '0651', '0653', '0890']],
  ['Lääne-Harju', '0037', []],
  ['Hiiu', '0039', []],
  ['Narva', '0045', ['0511', '0515', '0736']],
  ['Jõgeva', '0050', []],
  ['Järva', '0052', []],
  ['Lääne', '0056', []],
  ['Lääne-Viru', '0060', []],
  ['Põlva', '0064', []],
  ['Pärnu', '0068', []],
  ['Rapla', '0071', []],
  ['Saare', '0074', []],
  ['Tartu', '0079', []],
  ['Valga', '0081', []],
  ['Viljandi', '0084', []],
  ['Võru', '0087', []],
]

// Two networks are those of the cast; the others have a lead whom nobody signs in as.
const cast: Record<
  string,
  { lead: readonly [name: string, mail: string]; member: readonly [name: string, mail: string, agency: string] }
> = {
  'Ida-Viru': { lead: ['Lea Näidis-Lind', 'lea'], member: ['Mall Näidis-Maasik', 'mall', 'politsei'] },
  Tallinn: { lead: ['Max Näidis-Mets', 'max'], member: ['Nele Näidis-Nurm', 'nele', 'naiste tugikeskus'] },
}

/** Networks with their leads, some core-group members, and the people nationwide: the cast that the demo offers. */
export async function seedPeople(db: SeedDb, today: string): Promise<Staff> {
  const person = personMaker(db, today)
  const coordinator = await person('Kim Näidis-Koort', 'kim', 'coordinator')
  const manager = await person('Peep Näidis-Pärn', 'peep', 'manager')
  const volunteerAccount = await person('Lou Näidis-Lepik', 'lou', 'volunteer')
  const supervisors = []
  for (const [name, mail] of [
    ['Sirje Näidis-Saar', 'sirje'],
    ['Endel Näidis-Eller', 'endel'],
    ['Piia Näidis-Pihl', 'piia'],
    ['Urve Näidis-Uibo', 'urve'],
  ] as const) {
    supervisors.push(await person(name, mail, 'supervisor'))
  }
  await person('Aino Näidis-Aas', 'aino', 'auditor')
  await person('Ott Näidis-Orav', 'ott', 'admin')
  await person('Tiia Näidis-Tamm', 'tiia', 'trainer')
  await person('Jaan Näidis-Jõgi', 'jaan', 'steering')
  await person('Piret Näidis-Paju', 'piret', 'referrer', undefined, 'Näidis-haigla')
  const networks = await seedNetworks(db, person)
  return { person, coordinator, manager, supervisors, volunteerAccount, networks }
}

async function seedNetworks(db: SeedDb, person: MakePerson): Promise<Network[]> {
  const places = await db.selectFrom('municipality').select(['code', 'countyCode']).execute()
  const networks: Network[] = []
  for (const [index, [name, county, wanted]] of groups.entries()) {
    const municipalities = wanted.filter((code) =>
      places.some((place) => place.code === code && place.countyCode === county),
    )
    const id = randomUUID()
    await db
      .insertInto('network')
      .values({ id, name, startedOn: index < 3 ? '2016-09-01' : '2019-01-01' })
      .execute()
    const areas = municipalities.length ? municipalities : [null]
    const rows = areas.map((municipalityCode) => ({ networkId: id, countyCode: county, municipalityCode }))
    await db.insertInto('networkArea').values(rows).execute()
    const known = cast[name]
    const [called, mail] = known?.lead ?? [`${name} Näidis-Juht`, `juht${index + 1}`]
    const lead = await person(called, mail, 'lead', id, 'ohvriabi')
    if (known) await person(known.member[0], known.member[1], 'member', id, known.member[2])
    networks.push({ id, name, county, municipalities, lead })
  }
  return networks
}

function personMaker(db: SeedDb, today: string) {
  // The cast stands first where people are shown in the order in which they came.
  let came = Date.parse('2020-01-01')
  return async (name: string, mail: string, role: Role, networkId?: string, agency?: string): Promise<string> => {
    const id = randomUUID()
    came += 1000
    const trained = role === 'lead' ? '2022-03-15' : null
    await db
      .insertInto('person')
      .values({
        id,
        email: `${mail}@naidis.example`,
        name,
        maracTrainedOn: trained,
        createdAt: new Date(came),
      })
      .execute()
    await db
      .insertInto('personRole')
      .values({
        personId: id,
        role,
        networkId: networkId ?? null,
        agency: agency ?? null,
        validFrom: '2020-01-01',
        validTo: `${Number(today.slice(0, 4)) + 3}-12-31`,
      })
      .execute()
    return id
  }
}
