// Who asks for a letter that lets her try in a new browser, and who gets one?
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
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

/** Sends each letter that was asked for to somebody's address, three an hour at most; returns how many. */
export async function sendLetters(system: Person): Promise<number> {
  return asPerson('write', system.claim, async (db) => {
    const { rows } = await sql<{ sent: number }>`select browser_letters() as sent`.execute(db)
    return rows[0]?.sent ?? 0
  })
}

export const browserLetters: Job = { name: 'browser-letters', cron: '* * * * *', run: sendLetters }
