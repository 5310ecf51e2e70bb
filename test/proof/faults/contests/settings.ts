// Of those who set one setting at once, or decide on a looser one, who wins?
import {
  confirmSetting,
  refuseSetting,
  setSetting,
  withdrawSetting,
} from '../../../../app/access/settings/set.server.ts'
import { dayFromNow } from '../../../substitution.ts'
import { by, type Contest, count, why } from './contest.ts'

export const settingContests: Contest[] = [
  {
    kind: 'setting of one day',
    operations: ['setting.set'],
    stage: async (players, race) => {
      const [name, validFrom] = ['unusedMonths', dayFromNow(race + 1)]
      return {
        tries: players.kims.map((kim, at) => by(setSetting, kim, { name, value: `${at + 2}`, validFrom, note: why })),
        effects: () => count(players, 'setting where name = $1 and valid_from = $2', [name, validFrom]),
      }
    },
  },
  {
    kind: 'looser setting asked for',
    operations: ['setting.set'],
    stage: async (players) => {
      await players.cast.admin.query('delete from setting_asked')
      const looser = { name: 'revealsPerDay', validFrom: dayFromNow(0), note: why }
      return {
        tries: players.kims.map((kim, at) => by(setSetting, kim, { ...looser, value: `${20 + at}` })),
        effects: () => count(players, 'setting_asked where decision is null', []),
      }
    },
  },
  {
    kind: 'looser setting decided',
    operations: ['setting.confirm', 'setting.refuse', 'setting.withdraw'],
    stage: async (players, race) => {
      const { cast, olev } = players
      // Where it was confirmed the last time, the same would not be looser any more, and wait for nobody.
      await cast.admin.query(`delete from setting_asked; delete from setting where name = 'revealsPerDay'`)
      const validFrom = dayFromNow(race + 1)
      const { waits: id } = await setSetting.run(cast.kim, { name: 'revealsPerDay', value: '30', validFrom, note: why })
      return {
        tries: [
          by(confirmSetting, cast.ott, { id }),
          by(confirmSetting, olev, { id }),
          by(refuseSetting, cast.ott, { id, reason: why }),
          by(withdrawSetting, cast.kim, { id }),
        ],
        effects: () =>
          count(
            players,
            `setting_asked a where id = $1 and decided_at is not null and (decision = 'confirmed')::int =
             (select count(*) from setting s where s.name = 'revealsPerDay' and s.valid_from = $2)`,
            [id, validFrom],
          ),
      }
    },
  },
]
