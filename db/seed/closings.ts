// Which cases of the synthetic Estonia have ended, and how was she when somebody asked again?
import { randomUUID } from 'node:crypto'
import type { SeededAssignment, SeedWorld } from './cases.ts'
import { at, plusDays } from './random.ts'
import type { SeedDb } from './seed.ts'

const words = [
  'Kannatanu elab uues kodus, lähenemiskeeld kehtib. Edaspidi pöördub naiste tugikeskusse.',
  'Kohtuasi lõppes, toimepanija osaleb vägivallast loobumise teenusel.',
  'Kannatanu tuleb ise toime. Kriisitelefoni number on tal olemas.',
]

/** Two of three cases whose support ended long enough ago are closed; what came due since was asked. */
export async function seedClosings(db: SeedDb, world: SeedWorld, assignments: SeededAssignment[]): Promise<void> {
  for (const { of, endOn } of assignments) {
    const closedOn = endOn && plusDays(endOn, 14)
    if (!closedOn || closedOn >= world.today || !world.random.chance(0.66)) continue
    const id = randomUUID()
    const { networkId, id: caseId, lead, vault } = of
    const place = { table: 'case_closing', column: 'words_sealed', row: id }
    await db
      .insertInto('caseClosing')
      .values({
        ...{ networkId, caseId, id, closedOn, closedBy: lead, closedAt: at(closedOn) },
        reason: 'goal_reached',
        outcome: world.random.pick(['safer', 'safer', 'safer', 'unchanged', 'unknown']),
        wordsSealed: vault.seal(place, world.random.pick(words)),
      })
      .execute()
    await seedFollowUps(db, world, of)
  }
}

async function seedFollowUps(db: SeedDb, { random, today }: SeedWorld, of: SeededAssignment['of']): Promise<void> {
  const due = await db
    .selectFrom('caseTask')
    .select(['id', 'dueOn'])
    .where('caseId', '=', of.id)
    .where('kind', '=', 'follow-up')
    .where('dueOn', '<', plusDays(today, -7))
    .execute()
  for (const task of due) {
    await db
      .insertInto('caseFollowUp')
      .values({
        ...{ networkId: of.networkId, caseId: of.id, taskId: task.id, onDate: task.dueOn, recordedBy: of.lead },
        ...{ incidents: 'none', risk: 'lower', recordedAt: at(task.dueOn) },
        state: random.pick(['better', 'better', 'same', 'not_reached']),
      })
      .execute()
    await db
      .updateTable('caseTask')
      .set({ doneAt: at(task.dueOn), doneBy: of.lead })
      .where('id', '=', task.id)
      .execute()
  }
}
