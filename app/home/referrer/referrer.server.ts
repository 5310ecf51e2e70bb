// What has somebody who brings cases and sees none begun, and what have they sent?
import { z } from 'zod'
import { listJourneys } from '../../cases/referral/answers.server.ts'
import { sentByMe } from '../../cases/referred/bring.server.ts'
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import type { Person } from '../../core/user.ts'

const facts = async (db: Db, me: Person) => ({ begun: await listJourneys(db, me), sent: await sentByMe(db) })
export type ReferrerFacts = Awaited<ReturnType<typeof facts>>

export const openReferrerHome = query('home.referrer', { roles: ['referrer'], input: z.object({}) }, (db, _input, me) =>
  facts(db, me),
)
