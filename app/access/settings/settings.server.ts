// What is known of one setting: what holds now, what held before, what will hold?
import { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import { NotFound } from '../../core/errors.ts'
import { query } from '../../core/operation.server.ts'
import { isWatch, type SettingName, Settings, settingNames } from '../../core/setting.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { waitingSettings } from './set.server.ts'

export const listSettings = query(
  'setting.list',
  {
    roles: ['coordinator', 'admin', 'manager', 'auditor'],
    input: z.object({}),
    about: () => ({ kind: 'setting', hits: settingNames.length }),
  },
  async (db, _input, me) => {
    const inForce = await settingsOn(db)
    const history = await db
      .selectFrom('setting')
      .leftJoin('person', 'person.id', 'setting.setBy')
      .select(['setting.name', 'validFrom', 'value', 'note', 'person.name as setBy', 'setAt'])
      .orderBy('validFrom', 'desc')
      .execute()
    return { inForce, history, waiting: await waitingSettings(db, me) }
  },
)

export type SettingLine = { value: unknown; validFrom: string; note: string; setBy: string | null; setAt: Date }

export const openSetting = query(
  'setting.open',
  {
    roles: ['coordinator', 'admin', 'manager', 'auditor'],
    input: z.object({ name: z.enum(settingNames as [SettingName, ...SettingName[]]) }),
    about: (input) => ({ kind: 'setting', id: input.name }),
  },
  async (db, { name }, me) => {
    if (isWatch(name) && !me.roles.includes('auditor')) throw new NotFound()
    const lines: SettingLine[] = await db
      .selectFrom('setting')
      .leftJoin('person', 'person.id', 'setting.setBy')
      .select(['value', 'validFrom', 'note', 'person.name as setBy', 'setAt'])
      .where('setting.name', '=', name)
      .orderBy('validFrom', 'desc')
      .execute()
    const inForce = (await settingsOn(db))[name]
    const since = lines.find((line) => line.validFrom <= today())?.validFrom ?? null
    const waiting = await waitingSettings(db, me, name)
    return { name, lines, inForce, since, waiting, standard: Settings.parse({})[name] }
  },
)
