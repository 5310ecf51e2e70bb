// What helps in which situation, in which version, and in which of them is this support person today?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../core/clock.server.ts'
import type { Db } from '../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../core/errors.ts'
import { command, query } from '../core/operation.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { locales } from '../i18n/i18n.ts'
import { faultsOf, type Words, wordsOf } from '../volunteers/message/message.ts'
import {
  type Bearing,
  type Material,
  OneMaterial,
  type Situation,
  situations,
  situationsOf,
  WriteMaterial,
} from './material.ts'

const readers = ['volunteer', 'supervisor', 'coordinator', 'trainer', 'manager'] as const

async function versionsOf(db: Db, situation: Situation): Promise<Material[]> {
  const rows = await db
    .selectFrom('material')
    .select(['situation', 'version', 'words', 'changed', 'createdAt'])
    .where('situation', '=', situation)
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, situation, words: row.words as Words }))
}

/** The newest version of each, in the order of `situations`. */
async function newest(db: Db): Promise<Material[]> {
  const rows = await db
    .selectFrom('material')
    .distinctOn('situation')
    .select(['situation', 'version', 'words', 'changed', 'createdAt'])
    .orderBy('situation')
    .orderBy('version', 'desc')
    .execute()
  return situations.flatMap((situation) =>
    rows.filter((row) => row.situation === situation).map((row) => ({ ...row, situation, words: row.words as Words })),
  )
}

/** The situations this person is in as a support person; none for everybody else. */
export async function situationsNow(db: Db, me: Person): Promise<Situation[]> {
  if (!me.roles.includes('volunteer')) return []
  const { situationDays, quietDays } = await settingsOn(db)
  const { rows: supports } = await sql<Bearing>`
    select a.start_on, coalesce(a.end_on, (a.start_on + make_interval(months => n.months))::date) as ends_on,
      (select max(v.on_date) from visit v where v.assignment_id = a.id and v.superseded_at is null) as last,
      (select r.days from contact_rhythm r where r.assignment_id = a.id order by r.set_at desc limit 1) as agreed
    from assignment a join need n on n.id = a.need_id where a.volunteer_id = auth_volunteer() and a.status = 'active'`.execute(
    db,
  )
  const { rows } = await sql<{ asked: number; dangerOn: string | null }>`
    select (select count(*) from assignment a where a.volunteer_id = auth_volunteer() and a.status = 'proposed')::int as asked,
      (select max(c.raised_at at time zone 'Europe/Tallinn')::date from concern c where c.volunteer_id = auth_volunteer() and c.kind = 'danger') as danger_on`.execute(
    db,
  )
  const { asked = 0, dangerOn = null } = rows[0] ?? {}
  return situationsOf({ today: today(), asked, dangerOn, supports }, situationDays, quietDays)
}

/** For a support person's first page: the texts for the situations she is in. */
export async function materialsNow(db: Db, me: Person): Promise<Material[]> {
  const now = await situationsNow(db, me)
  return now.length === 0 ? [] : (await newest(db)).filter(({ situation }) => now.includes(situation))
}

type Found = { materials: Material[]; now: Situation[] }

export const listMaterials = query(
  'material.list',
  {
    roles: readers,
    input: z.object({}),
    about: (_, found: Found) => ({ kind: 'material', hits: found.materials.length }),
  },
  async (db, _, me) => ({ materials: await newest(db), now: await situationsNow(db, me) }),
)

async function opened(db: Db, situation: Situation, version?: number) {
  const versions = await versionsOf(db, situation)
  const shown = versions.find((one) => version === undefined || one.version === version)
  if (!shown) throw new NotFound()
  return { shown, versions }
}

export const openMaterial = query(
  'material.open',
  { roles: readers, input: OneMaterial, about: ({ situation }) => ({ kind: 'material', id: situation }) },
  (db, { situation, version }) => opened(db, situation, version),
)

export const openMaterialForm = query(
  'material.form',
  { roles: ['coordinator'], input: OneMaterial.pick({ situation: true }) },
  (db, { situation }) => opened(db, situation),
)

/** The next version, whole in three languages; the ones before stay to be read. */
export const writeMaterial = command(
  'material.write',
  { roles: ['coordinator'], input: WriteMaterial, about: ({ situation }) => ({ kind: 'material', id: situation }) },
  async (db, input, me) => {
    const { situation, version, changed } = input
    const faults = faultsOf(input, { needed: locales, filled: false })
    if (Object.keys(faults).length > 0) throw new Invalid(faults)
    if ((await versionsOf(db, situation))[0]?.version !== version) throw new Conflict()
    const words = JSON.stringify(wordsOf(input, locales))
    const next = { situation, version: version + 1, words, changed, createdBy: me.id }
    await db.insertInto('material').values(next).execute()
  },
)
