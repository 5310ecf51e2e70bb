// How is another adult who is in danger added to a case that is there?
import type { z } from 'zod'
import { Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { judgeAdult } from '../referral/judge.ts'
import { aroundOf } from '../referral/referral.server.ts'
import { AddAdult } from './adult.ts'
import { insertAdult } from './insert-adult.server.ts'

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
