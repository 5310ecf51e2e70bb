// Where somebody is written into a case while it is told whose code that is: does the case have its wall afterwards?
import { setOwnCode } from '../../../app/access/walls/own-codes.server.ts'
import { declarePerson } from '../../../app/access/walls/relations.server.ts'
import { refer } from '../../../app/cases/referral/refer.server.ts'
import { asPerson } from '../../../app/core/db.server.ts'
import { checkDigit } from '../../../app/core/form/personal-code.ts'
import { randomFrom } from '../../../db/seed/random.ts'
import { answerPages } from '../../cases.ts'
import type { Cast } from '../../cast.ts'

export type WallFigures = { races: number; wanting: string[]; doubled: string[] }

/** `races` times a case is referred while a member's own code, or that of somebody close to her, becomes known: one wall each. */
export async function proveWalls(cast: Cast, races: number, seed: number): Promise<WallFigures> {
  const random = randomFrom(seed)
  const figures: WallFigures = { races, wanting: [], doubled: [] }
  for (const name of ['codesPerDay', 'searchesPerHour'])
    await cast.admin.query(
      `insert into setting (name, valid_from, value, note) values ($1, '2020-01-01', '200', 'x')`,
      [name],
    )
  for (let race = 0; race < races; race++) {
    const code = invented(race)
    const journey = await answerPages(cast.lea, { victim: { nationalId: code, birthYear: '', sex: 'F' } })
    const tell = race % 2 === 0 ? ownCode : relation
    const wait = random.whole(0, 40)
    const [{ id }] = await Promise.all([
      refer.run(cast.lea, { journey }),
      new Promise((done) => setTimeout(done, wait)).then(() => tell(cast, code)),
    ])
    const walls = await wallsOf(cast, id)
    if (walls < 1) figures.wanting.push(`${race}, ${wait} ms`)
    if (walls > 1) figures.doubled.push(`${race}, ${wait} ms`)
    await cast.admin.query('update declared_relation set removed_at = now()')
  }
  return figures
}

/** A code of nobody, another one for each race: women born in one month of 1985. */
function invented(race: number): string {
  const ten = `48501${String(1 + (race % 28)).padStart(2, '0')}${String(Math.floor(race / 28)).padStart(3, '0')}`
  return `${ten}${checkDigit(ten)}`
}

const ownCode = (cast: Cast, code: string) =>
  asPerson('write', cast.mall.claim, (db) => setOwnCode(db, cast.mall.id, code))
const relation = (cast: Cast, code: string) =>
  declarePerson.run(cast.mall, { personalCode: code, kind: 'sibling', label: 'Näidis' })

async function wallsOf(cast: Cast, caseId: string): Promise<number> {
  const { rows } = await cast.admin.query<{ n: number }>(
    'select count(*)::int as n from wall where case_id = $1 and person_id = $2',
    [caseId, cast.mall.id],
  )
  return rows[0]?.n ?? 0
}
