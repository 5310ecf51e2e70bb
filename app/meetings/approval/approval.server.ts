// Who asks that the plan of a case be approved, who answers, and for whom does such a request wait?
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { CaseId } from '../../cases/case.ts'
import { aboutCase, caseHead, openHead } from '../../cases/case-file.server.ts'
import { keepers } from '../../cases/cases.server.ts'
import { leadsOf } from '../../cases/tasks.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { findVault, openVault } from '../../core/seal.server.ts'
import type { Person } from '../../core/user.ts'
import { mailAbout } from '../../process/mail.server.ts'
import { gapsOf } from '../plan/actions.server.ts'
import { AnswerPlan, planRefusal, planState, type Standing } from './approval.ts'

const place = (row: string) => ({ table: 'plan_approval', column: 'words_sealed', row })

/** How the plan stands, with the words of the last answer, for whoever holds the key of the case. */
export async function planStanding(db: Db, caseId: string) {
  const { rows } = await sql<Standing & { wordsSealed: Buffer | null }>`
    select s.*, asker.name as asker, answerer.name as answerer, p.words_sealed from plan_standing(${caseId}::uuid) s
      left join person asker on asker.id = s.asked_by left join person answerer on answerer.id = s.answered_by
      left join plan_approval p on p.id = s.id and p.case_id = ${caseId}`.execute(db)
  const [row] = rows
  if (!row) throw new NotFound()
  const { wordsSealed, ...standing } = row
  const vault = wordsSealed && row.id ? await findVault(db, caseId) : null
  const words = vault && wordsSealed && row.id ? vault.open(place(row.id), wordsSealed) : null
  return { ...standing, state: planState(standing), words }
}
export type PlanStanding = Awaited<ReturnType<typeof planStanding>>

const keeps = { roles: keepers, about: aboutCase }
const done = (head: { id: string; networkId: string }) => ({ head: { id: head.id, networkId: head.networkId } })

/** Once every risk and everybody in it has an answer. Who leads hears that something waits, and who chairs if the case was on an agenda. */
export const askForPlan = command('case.plan.ask', { ...keeps, input: CaseId }, async (db, { id }, me) => {
  const head = await openHead(db, me, id)
  if (!head.own) throw new NotFound()
  const gaps = (await gapsOf(db, head.id)).length > 0
  const refused = planRefusal((await planStanding(db, head.id)).state, { kind: 'ask', gaps })
  if (refused) throw new Conflict(refused)
  await db
    .insertInto('planApproval')
    .values({ networkId: head.networkId, caseId: head.id, id: randomUUID(), askedBy: me.id })
    .execute()
  const { rows } = await sql<{ chair: string | null }>`select case_chair(${head.id}::uuid) as chair`.execute(db)
  const hear = new Set([...(await leadsOf(db, head.networkId)), ...rows.flatMap(({ chair }) => chair ?? [])])
  for (const person of hear) if (person !== me.id) await mailAbout(db, head.id, person, 'new-task')
  return done(head)
})

export const openAnswerPlan = query('case.plan.answer.open', { ...keeps, input: CaseId }, async (db, { id }, me) => {
  const head = await caseHead(db, me, id)
  if (!head.own) throw new NotFound()
  return { head, standing: await planStanding(db, head.id) }
})

/** By somebody who has read the plan as it stands, in person; whoever asked hears of it. */
export const answerPlan = command(
  'case.plan.answer',
  { ...keeps, inPerson: true, input: AnswerPlan },
  async (db, { id, plan, answer, words }: z.output<typeof AnswerPlan>, me) => {
    const head = await openHead(db, me, id)
    if (!head.own) throw new NotFound()
    const now = await planStanding(db, head.id)
    const refused = planRefusal(now.state, { kind: 'answer', mine: now.mine, read: plan === now.plan })
    if (refused) throw new Conflict(refused)
    if (answer === 'returned' && !words) throw new Invalid({ words: { key: 'meetings.approval.wordsMissing' } })
    const row = now.id ?? ''
    const vault = await openVault(db, head.id)
    await db
      .updateTable('planApproval')
      .set({ answer, answeredBy: me.id, answeredAt: sql<Date>`now()` })
      .set(words ? { wordsSealed: vault.seal(place(row), words) } : {})
      .where('id', '=', row)
      .execute()
    if (now.askedBy && now.askedBy !== me.id) await mailAbout(db, head.id, now.askedBy, 'new-task')
    return done(head)
  },
)

export type PlanWaiting = { caseId: string; number: string; kind: 'answer' | 'returned'; at: Date; by: string }

/** Plans that I may answer, and mine that came back: for the first page. */
export async function plansWaiting(db: Db, me: Person): Promise<PlanWaiting[]> {
  const { rows } = await sql<PlanWaiting>`
    select p.case_id, c.number, case when p.answer is null then 'answer' else 'returned' end as kind, coalesce(p.answered_at, p.asked_at) as at,
      coalesce(by.name, '') as by
    from plan_approval p join case_file c on c.id = p.case_id and c.status = 'open'
      left join person by on by.id = coalesce(p.answered_by, p.asked_by)
    where (p.answer is null and plan_answers(p.case_id, p.asked_by))
      or (p.answer = 'returned' and p.asked_by = ${me.id}::uuid
        and not exists (select from plan_approval later where later.case_id = p.case_id and later.asked_at > p.asked_at))
    order by at limit 50`.execute(db)
  return rows
}
