// How does another child, or another who used violence, come into a case that is there?
import type { z } from 'zod'
import { Conflict, Invalid } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { openVault } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, openHead } from '../case-file.server.ts'
import { keepers } from '../cases.server.ts'
import { judgePerpetrator, readBirthYears } from '../referral/judge.ts'
import { insertPerson } from '../referral/people.server.ts'
import { aroundOf } from '../referral/referral.server.ts'
import { addTask } from '../tasks.server.ts'
import { dueBeforeHolidays } from '../tasks.ts'
import { AddChild, AddPerpetrator, mostChildren } from './another.ts'

const keeps = { roles: keepers, about: aboutCase }

export const openAnother = query('case.another.open', { ...keeps, input: CaseId }, async (db, { id }, me) => ({
  head: await caseHead(db, me, id),
}))

/** Findable and walled off like the first; the plan has a line more that waits for its answer. */
export const addPerpetrator = command(
  'case.perpetrator.add',
  { ...keeps, input: AddPerpetrator },
  async (db, { id, ...perpetrator }: z.output<typeof AddPerpetrator>, me) => {
    const head = await openHead(db, me, id)
    const problems = judgePerpetrator(perpetrator, await aroundOf(db))
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    const base = { networkId: head.networkId, caseId: head.id }
    await insertPerson({ db, me, base, vault: await openVault(db, head.id) }, 'perpetrator', perpetrator)
    return { head: { id: head.id, networkId: head.networkId } }
  },
)

/** Of this child too child protection has to be told (R7). */
export const addChild = command(
  'case.child.add',
  { ...keeps, input: AddChild },
  async (db, { id, birthYear }: z.output<typeof AddChild>, me) => {
    const head = await openHead(db, me, id)
    const { today, adultAge } = await aroundOf(db)
    if (birthYear !== undefined && !readBirthYears(String(birthYear), today, adultAge))
      throw new Invalid({ birthYear: { key: 'cases.error.birthYears' } })
    const base = { networkId: head.networkId, caseId: head.id }
    const counted = await db
      .updateTable('caseFile')
      .set((row) => ({ childCount: row('childCount', '+', 1), version: row('version', '+', 1) }))
      .where('id', '=', head.id)
      .where('childCount', '<', mostChildren)
      .executeTakeFirst()
    if (Number(counted.numUpdatedRows) === 0) throw new Conflict({ key: 'cases.child.tooMany' })
    await insertPerson({ db, me, base, vault: await openVault(db, head.id) }, 'child', { birthYear })
    if (!head.tasks.some(({ kind }) => kind === 'tell-child-protection'))
      await addTask(
        db,
        base,
        'tell-child-protection',
        dueBeforeHolidays(today, (await settingsOn(db)).tellVictimSupportDays),
      )
    return { head: { id: head.id, networkId: head.networkId } }
  },
)
