// How much does each of those whom I guide carry, what is it made of – and where would a covision do good?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { standings } from '../duty.server.ts'
import { guidedPeople } from '../sessions.server.ts'
import { type CountyLoad, type Load, type Part, pointsOf } from './wellbeing.ts'

type Row = Omit<Load, 'points'> & { volunteerId: string } & { [P in Part as `${P}Points`]: number }

/** Of those whom the person who asks guides, and of herself: the database tells of nobody else. Nothing of what they said of themselves is in it. */
export async function loadsNear(db: Db): Promise<Map<string, Load>> {
  const { rows } = await sql<Row>`select * from load_near()`.execute(db)
  return new Map(
    rows.map(({ volunteerId, minutes, supports, concerns, children, talkDays, ...counted }) => {
      const { hoursPoints, supportsPoints, concernsPoints, childrenPoints, talkPoints } = counted
      const points = {
        ...{ hours: hoursPoints, supports: supportsPoints, concerns: concernsPoints },
        ...{ children: childrenPoints, talk: talkPoints },
      }
      return [volunteerId, { minutes, supports, concerns, children, talkDays, points }]
    }),
  )
}

/** For the coordinator: shares in thirds, of groups in which nobody is told apart. */
export async function loadByCounty(db: Db): Promise<CountyLoad[]> {
  return (await sql<CountyLoad>`select * from load_by_county()`.execute(db)).rows
}

/** Everybody whom the person who asks guides, whoever carries most first, with how their supervision stands. */
export const listLoads = query(
  'supervision.load.list',
  {
    roles: ['supervisor'],
    input: z.object({}),
    about: (_: unknown, { people }: { people: unknown[] }) => ({ kind: 'volunteer', hits: people.length }),
  },
  async (db, _, me) => {
    const [people, known, loads] = [await guidedPeople(db, me), await standings(db), await loadsNear(db)]
    const lines = people.flatMap(({ id, name, code }) => {
      const [standing, load] = [known.get(id), loads.get(id)]
      return standing && load ? [{ id, name, code, standing, load }] : []
    })
    return { today: today(), people: lines.toSorted((a, b) => pointsOf(b.load) - pointsOf(a.load)) }
  },
)
export type Carrier = Awaited<ReturnType<typeof listLoads.run>>['people'][number]
