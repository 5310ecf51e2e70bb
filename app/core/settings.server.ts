// What is in force on a given day, and who set it?
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from './clock.server.ts'
import type { Db } from './db.server.ts'
import { Conflict, Invalid } from './errors.ts'
import { date, text } from './form/fields.ts'
import { command, query } from './operation.server.ts'
import { isCounted, isWatch, Settings, settingNames } from './setting.ts'
import type { Person } from './user.ts'

/** The settings in force on `day` (default today): the latest line not after it, otherwise the default. */
export async function settingsOn(db: Db, day: string = today()): Promise<Settings> {
  const rows = await db
    .selectFrom('setting')
    .distinctOn('name')
    .select(['name', 'value'])
    .where('validFrom', '<=', day)
    .orderBy('name')
    .orderBy('validFrom', 'desc')
    .execute()
  return Settings.parse(Object.fromEntries(rows.map((row) => [row.name, row.value])))
}

export const listSettings = query(
  'setting.list',
  {
    roles: ['coordinator', 'admin', 'manager', 'auditor'],
    input: z.object({}),
    about: () => ({ kind: 'setting', hits: settingNames.length }),
  },
  async (db) => {
    const inForce = await settingsOn(db)
    const history = await db
      .selectFrom('setting')
      .leftJoin('person', 'person.id', 'setting.setBy')
      .select(['setting.name', 'validFrom', 'value', 'note', 'person.name as setBy', 'setAt'])
      .orderBy('validFrom', 'desc')
      .execute()
    return { inForce, history }
  },
)

/** By what the log is gone through is set by whoever answers for it alone; everything else by those who run the service. */
export const maySet = ({ roles }: Pick<Person, 'roles'>, name: string): boolean =>
  isWatch(name) ? roles.includes('auditor') : roles.includes('coordinator') || roles.includes('admin')

export const SetSetting = z.object({
  name: z.enum(settingNames as [string, ...string[]]),
  value: text({ label: 'core.setting.value', max: 500 }),
  validFrom: date({ label: 'core.setting.validFrom' }),
  note: text({ label: 'core.setting.source', hint: 'core.setting.sourceHint', max: 500 }),
})

export const setSetting = command(
  'setting.set',
  {
    roles: ['coordinator', 'admin', 'auditor'],
    inPerson: true,
    input: SetSetting,
    about: (input) => ({ kind: 'setting', id: input.name }),
  },
  async (db, input, me) => {
    const name = input.name as keyof Settings
    if (!maySet(me, name)) throw new Conflict({ key: 'core.setting.notYours' })
    const typed = isCounted(name) ? Number(input.value.replace(',', '.')) : input.value
    const value = Settings.shape[name].safeParse(typed)
    if (!value.success) throw new Invalid({ value: { key: 'core.setting.outOfRange', args: { value: input.value } } })
    if (input.validFrom < today()) throw new Invalid({ validFrom: { key: 'core.setting.past' } })
    await sql`insert into setting (name, valid_from, value, note, set_by)
      values (${name}, ${input.validFrom}, ${JSON.stringify(value.data)}::jsonb, ${input.note}, ${me.id})`.execute(db)
    return { name }
  },
)
