// Which file does somebody get of the minutes of a meeting?
import { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import { NotFound } from '../../core/errors.ts'
import { query } from '../../core/operation.server.ts'
import type { File } from '../../core/page.tsx'
import type { Person } from '../../core/user.ts'
import { locales, type T } from '../../i18n/i18n.ts'
import { aboutMeeting, MeetingId } from '../../meetings/meetings.server.ts'
import { readMinutes } from '../../meetings/minutes/minutes.server.ts'
import { renderers } from '../document/renderers.ts'
import { writtenMinutes } from './minutes-document.ts'

const FileOf = MeetingId.extend({ kind: z.enum(['pdf', 'docx']), lang: z.enum(locales).catch('et') })

/** For those who promised silence at that meeting, after a fresh proof. */
export const minutesDocument = query(
  'meeting.minutes.document',
  { roles: ['lead', 'member'], input: FileOf, about: aboutMeeting, turn: 'export' },
  async (db, input, me) => {
    mustBeFresh(me)
    const opened = await readMinutes(db, me, input.id)
    if (!opened.newest) throw new NotFound()
    return { head: opened.head, opened, newest: opened.newest, kind: input.kind, locale: input.lang }
  },
)

/** Its name says the day and nothing else. */
export async function minutesFile(
  answer: Awaited<ReturnType<(typeof minutesDocument)['run']>>,
  t: T,
  _me: Person,
): Promise<File> {
  const { load, type } = renderers[answer.kind]
  const render = await load()
  const body = await render(writtenMinutes(answer.opened, answer.newest, t, answer.locale))
  return { body, type, name: `minutes-${answer.head.onDate}.${answer.kind}` }
}
