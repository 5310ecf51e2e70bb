// How is another adult who is in danger added to a case that is there, or taken out of it again?
import { sql } from 'kysely'
import type { z } from 'zod'
import { Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { PersonPlace } from '../identity/correct.ts'
import { judgeAdult } from '../referral/judge.ts'
import { aroundOf } from '../referral/referral.server.ts'
import { AddAdult, WithdrawAdult } from './adult.ts'
import { adultsOf, insertAdult } from './insert-adult.server.ts'

export const openAddAdult = query(
  'case.adult.open',
  { roles: keepers, input: CaseId, about: aboutCase },
  async (db, { id }, me) => ({ head: await caseHead(db, me, id) }),
)

/** Whoever it is about does not find the case from then on (0018_walls.sql). */
export const addAdult = command(
  'case.adult.add',
  { roles: keepers, input: AddAdult, about: aboutCase },
  async (db, { id, ...adult }: z.output<typeof AddAdult>, me) => {
    const head = await openHead(db, me, id)
    const problems = judgeAdult(adult, await aroundOf(db))
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    const base = { networkId: head.networkId, caseId: head.id }
    await insertAdult({ db, me, base, vault: await openVault(db, head.id) }, adult)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

export const openWithdrawAdult = query(
  'case.adult.withdraw.open',
  { roles: keepers, input: PersonPlace, about: aboutCase },
  async (db, { id, person }, me) => {
    const head = await caseHead(db, me, id)
    const adult = (await adultsOf(db, head.id)).find((one) => one.id === person && !one.place)
    if (!adult) throw new NotFound()
    return { head, nth: adult.nth }
  },
)

/** The row stays, set aside with the reason, and so does what the core group answered; how they can be reached is closed with it. */
export const withdrawAdult = command(
  'case.adult.withdraw',
  { roles: keepers, input: WithdrawAdult, about: aboutCase },
  async (db, { id, person, why }, me) => {
    const head = await openHead(db, me, id)
    const vault = await openVault(db, head.id)
    const sealed = vault.seal({ table: 'case_person', column: 'withdrawn_sealed', row: person }, why)
    const { rows } = await sql<{ done: boolean }>`
      select withdraw_adult(${head.id}::uuid, ${person}::uuid, ${sealed}::bytea) as done`.execute(db)
    if (!rows[0]?.done) throw new NotFound()
    return { head: { id: head.id, networkId: head.networkId } }
  },
)
