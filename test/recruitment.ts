// Which applications does a test hand in, and how does a browser without an account send one?
import { randomUUID } from 'node:crypto'
import { handIn } from '../app/recruitment/apply/apply.server.ts'
import { Apply } from '../app/recruitment/apply/apply.ts'
import { takeApplication } from '../app/recruitment/pipeline/moves.server.ts'
import type { Cast } from './cast.ts'

/** What somebody types who wants to help. */
export const typed = {
  ...{ name: 'Näidis-Kandidaat Kask', email: 'kask@naidis.example', phone: '5550 7777', county: '0079' },
  ...{ firstLanguage: 'et', languages: 'ru', why: 'Näidis-põhjus: tahan olla kellegi kõrval.', availability: 'Õhtuti' },
  source: 'friend',
}

/** Hands one in and answers with its identifier. */
export async function givenApplication(cast: Cast, more: Partial<typeof typed> = {}, call: string | null = null) {
  const once = randomUUID()
  const address = `192.0.2.${once.slice(0, 8)}`
  const wait = await handIn(Apply.parse({ ...typed, ...more }), { once, locale: 'et', call, address })
  if (wait > 0) throw new Error('too many')
  const { rows } = await cast.admin.query<{ id: string }>('select id from application where once_key = $1', [once])
  return rows[0]?.id ?? ''
}

/** One that was taken in, with a first step that is due on that day. */
export async function givenCandidate(cast: Cast, more: Partial<typeof typed>, dueOn: string): Promise<string> {
  const id = await givenApplication(cast, more)
  await takeApplication.run(cast.kim, { id, step: 'call', dueOn, owner: cast.kim.id })
  return id
}
