// How is it seen and written anew how she may be reached, and who has to look again at what they planned?
import { sql } from 'kysely'
import type { z } from 'zod'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { mustHaveRead } from '../../core/form/seen.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, type CaseHead, caseHead, oneCase, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { judgeContact, type Safe } from './judge-contact.ts'
import { isReached } from './plan.server.ts'
import { plansOf } from './plans.server.ts'
import { readSafe, writeSafe } from './read-safe.server.ts'
import { SaveSafeContact, safeContactOf, type Typed, wrongHours } from './safe-contact.ts'

/** The lead of the network, and the one who brought the case. */
async function mayWrite(db: Db, me: Person, head: CaseHead): Promise<boolean> {
  if (!head.writes) return false
  const { rows } = await sql<{ may: boolean }>`select network_id = any (auth_led()) or created_by = ${me.id} as may
    from case_file where id = ${head.id}`.execute(db)
  return rows[0]?.may ?? false
}

/** Who wrote it and when, the latest first. */
const versionsOf = (db: Db, caseId: string) =>
  db
    .selectFrom('safeContact')
    .leftJoin('person', 'person.id', 'safeContact.recordedBy')
    .select(['safeContact.id', 'recordedAt', 'person.name as who'])
    .where('caseId', '=', caseId)
    .where('part', '=', 'rules')
    .orderBy('recordedAt', 'desc')
    .execute()

/** What stands now, by its rules; people and rules are written together. */
async function versionNow(db: Db, caseId: string): Promise<string | null> {
  const row = await db
    .selectFrom('safeContact')
    .select('id')
    .where('caseId', '=', caseId)
    .where('part', '=', 'rules')
    .where('supersededAt', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

export const openContact = query(
  'case.contact',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    const safe = await readSafe(db, head.id)
    return {
      head,
      safe,
      versions: await versionsOf(db, head.id),
      plans: await plansOf(db, head.id, safe),
      mayWrite: await mayWrite(db, me, head),
      reaches: head.own && isReached(head),
      led: head.own && me.roles.includes('lead'),
    }
  },
)
export type OpenedContact = Awaited<ReturnType<typeof openContact.run>>

export const openSafeContact = query(
  'case.contact.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => {
    const head = await caseHead(db, me, id)
    if (!(await mayWrite(db, me, head))) throw new NotFound()
    return { head, safe: await readSafe(db, head.id), version: await versionNow(db, head.id) }
  },
)

/** Hours that are no hours are said at their fields. */
export function mustBeHours(typed: Typed): void {
  const wrong = wrongHours(typed)
  if (wrong.length > 0)
    throw new Invalid(Object.fromEntries(wrong.map((name) => [name, { key: 'cases.contact.wrongHours' }])))
}

/** What holds from now on; whoever plans a contact that no longer keeps to it hears that there is something to look at. */
export const saveSafeContact = command(
  'case.contact.save',
  { roles: keepers, input: SaveSafeContact, about: aboutCase, oneByOne: oneCase },
  async (db, { id, seen, ...typed }: z.output<typeof SaveSafeContact>, me) => {
    const head = await openHead(db, me, id)
    if (!(await mayWrite(db, me, head))) throw new NotFound()
    mustBeHours(typed)
    mustHaveRead(seen, await versionNow(db, head.id))
    const safe = safeContactOf(typed)
    await writeSafe(db, me, { networkId: head.networkId, caseId: head.id }, safe, await openVault(db, head.id))
    await tellPlanners(db, me, head.id, safe)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

async function tellPlanners(db: Db, me: Person, caseId: string, safe: Safe): Promise<void> {
  const coming = (await plansOf(db, caseId, safe)).filter(({ onDate }) => onDate === null || onDate >= today())
  const broken = coming.filter((plan) => plan.broken.length === 0 && judgeContact(plan, safe).length > 0)
  for (const person of new Set(broken.map((plan) => plan.recordedBy)))
    if (person !== me.id) await mailAbout(db, caseId, person, 'new-task')
}
