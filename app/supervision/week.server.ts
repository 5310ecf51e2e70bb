// When does each who guides hear, once a week and in numbers alone, how much waits for her?
import { sql } from 'kysely'
import { mondayOf, weekdayOf } from '../core/calendar/working-days.ts'
import { now } from '../core/clock.server.ts'
import { asPerson } from '../core/db.server.ts'
import type { Settings } from '../core/setting.ts'
import { settingsOn } from '../core/settings.server.ts'
import type { Person } from '../core/user.ts'
import { formatTime, isoDate } from '../i18n/format.ts'
import type { Job } from '../process/jobs.server.ts'

/** Whether this week's hour has come; where the process slept through it, it still has for the rest of the week. */
export function weekHasCome(
  at: Date,
  { weekLetterDay, weekLetterHour }: Pick<Settings, 'weekLetterDay' | 'weekLetterHour'>,
) {
  const day = weekdayOf(isoDate(at)) + 1
  const hour = Number(formatTime(at).split('.')[0])
  return day > weekLetterDay || (day === weekLetterDay && hour >= weekLetterHour)
}

/** Looked for every hour; the database writes the letters of a week once, whoever asks and however often. */
export const weekLetters: Job = { name: 'supervision.week', cron: '5 * * * *', run: write }

async function write(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    if (!weekHasCome(now(), await settingsOn(db))) return 0
    const { rows } = await sql<{
      written: number
    }>`select week_letters(${mondayOf(isoDate(now()))}::date) as written`.execute(db)
    return rows[0]?.written ?? 0
  })
}
