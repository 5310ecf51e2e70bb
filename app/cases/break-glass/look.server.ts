// What does somebody see who was let into a case, and how is that marked?
import { sql } from 'kysely'
import type { z } from 'zod'
import { mustBeFresh } from '../../access/fresh.ts'
import type { Db } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { caseHead, wholeCase } from '../case-file.server.ts'
import { openIdentity, openPlace, startLook } from '../identity/reveal.server.ts'
import { askers, ownGlass } from './ask.server.ts'
import { GlassId, type OwnGlass, RevealGlass, RevealGlassFor } from './glass.ts'

type Opened = { glass: OwnGlass; head: { id: string; networkId: string } }

// Every event of such a session stands in the log of the case under a name of its own, with the reason that was given for it.
const about = (_input: unknown, { glass, head }: Opened) => ({
  kind: 'glass',
  id: glass.id,
  caseId: head.id,
  networkId: head.networkId,
  reason: glass.wordsSealed,
})

/** From here on this transaction, and no other work, finds the case; NotFound where nothing is open to the one who asks. */
async function unlock(db: Db, id: string) {
  const glass = (await ownGlass(db)).find((one) => one.id === id)
  if (!glass?.caseId) throw new NotFound()
  await sql`set local app.glass = ${sql.lit(glass.id)}`.execute(db)
  return { glass, caseId: glass.caseId }
}

async function enter(db: Db, me: Person, id: string) {
  const { glass, caseId } = await unlock(db, id)
  return { glass, head: await caseHead(db, me, caseId) }
}

export const openGlass = query('glass.look', { roles: askers, input: GlassId, about }, async (db, { id }, me) => {
  const { glass, caseId } = await unlock(db, id)
  return { glass, ...(await wholeCase(db, me, caseId, 'all')) }
})
export type GlassCase = Awaited<ReturnType<typeof openGlass.run>>

/** What is about to be shown, without it. Places only where somebody's life is in danger: the database tells of no others. */
export const openRevealGlass = query(
  'glass.reveal.ask',
  { roles: askers, input: RevealGlass, about },
  async (db, { id, what, item }, me) => {
    const { glass, caseId } = await unlock(db, id)
    const { head, people, places } = await wholeCase(db, me, caseId, 'none')
    const found = (what === 'identity' ? people : places).find((one) => one.id === item)
    if (!found) throw new NotFound()
    return { glass, head, what, kind: found.kind, minutes: (await settingsOn(db)).revealMinutes }
  },
)

export const revealGlass = command(
  'glass.reveal',
  {
    roles: askers,
    input: RevealGlassFor,
    about: (input: z.output<typeof RevealGlassFor>, output: Opened) => ({
      ...about(input, output),
      kind: `case-${input.what}`,
      id: input.item,
    }),
  },
  async (db, { id, what, item, purpose }, me) => {
    mustBeFresh(me)
    const { glass, head } = await enter(db, me, id)
    const look = { caseId: head.id, networkId: head.networkId, what, item, purpose: `break-glass: ${purpose}` }
    const until = await startLook(db, me, look)
    const identity = what === 'identity' ? await openIdentity(db, head.id, item) : null
    const place = what === 'whereabouts' ? await openPlace(db, head.id, item) : null
    return { glass, head, until, identity, place }
  },
)
