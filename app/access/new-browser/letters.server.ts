// Who asks for a letter that lets her try in a new browser, and who gets one?
import { createHash, randomBytes } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { asPerson, knock } from '../../core/db.server.ts'
import { sealForProcess } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import type { Job } from '../../process/jobs.server.ts'

/** A link as the database keeps it. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Keeps the wish, whoever's the address is: so the answer, and the time it takes, tell nothing. The process looks later. */
export async function askLetter(address: string): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  await knock('door_browser_ask', [address, tokenHash(token), sealForProcess('mail', `/sign-in/browser/${token}`)])
}

const call = (system: Person, work: RawBuilder<{ count: number }>): Promise<number> =>
  asPerson('write', system.claim, async (db) => (await work.execute(db)).rows[0]?.count ?? 0)

/** Clears away what is nobody's, a part at a time, and sends a letter for each other wish, while no more than three links of one person hold; returns how many. */
export async function sendLetters(system: Person, part = 5000): Promise<number> {
  for (let gone = part; gone === part; ) gone = await call(system, sql`select browser_letters_clear(${part}) as count`)
  return call(system, sql`select browser_letters() as count`)
}

export const browserLetters: Job = { name: 'browser-letters', cron: '* * * * *', run: (system) => sendLetters(system) }
