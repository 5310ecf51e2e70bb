// How does a case that was known only as a number in the old workbook become a row, without naming anybody?
import { randomUUID } from 'node:crypto'
import type { Db } from '../core/db.server.ts'
import { Invalid } from '../core/errors.ts'
import { makeVault } from '../core/seal.server.ts'
import type { Person } from '../core/user.ts'
import { instrumentNow } from './risk/assessments.server.ts'
import { type Ground, riskOf } from './risk/risk.ts'

/** `score` is the count of the old assessment and `ground` what was called high risk then; `null` = the workbook did not say. */
export type ImportedCase = {
  number: string
  networkId: string
  countyCode: string
  municipalityCode: string | null
  language: string
  childCount: number
  referredOn: string
  score: number | null
  ground: Ground | null
}

/**
 * Brings a case in: its row, its key, and what the workbook knew of the risk. A number that is known already changes
 * nothing and gives the case that bears it (`made: false`). For the coordinator.
 */
export async function insertImportedCase(
  db: Db,
  me: Person,
  facts: ImportedCase,
): Promise<{ caseId: string; networkId: string; made: boolean }> {
  const known = await db
    .selectFrom('caseFile')
    .select(['id', 'networkId'])
    .where('number', '=', facts.number)
    .executeTakeFirst()
  if (known) return { caseId: known.id, networkId: known.networkId, made: false }
  const caseId = randomUUID()
  const { score, ground, ...row } = facts
  await db
    .insertInto('caseFile')
    .values({ ...row, id: caseId, source: 'unknown', legalBasis: 'imported', createdBy: me.id })
    .execute()
  await makeVault(db, { kind: 'case', id: caseId, networkId: facts.networkId })
  if (score !== null || ground !== null) await insertSummary(db, me, { ...facts, caseId })
  return { caseId, networkId: facts.networkId, made: true }
}

/** No answers and no reason: a count and a ground, marked as imported, so that figures by ground stay whole. */
async function insertSummary(db: Db, me: Person, facts: ImportedCase & { caseId: string }): Promise<void> {
  const instrument = await instrumentNow(db)
  if (facts.score !== null && facts.score > instrument.questions.length) {
    throw new Invalid({ score: { key: 'core.error.range', args: { min: 0, max: instrument.questions.length } } })
  }
  const of = (ground: Ground) => facts.ground === ground
  const { level, ...by } = riskOf(
    {
      yesCount: of('count') ? Math.max(facts.score ?? 0, instrument.highFrom) : (facts.score ?? 0),
      judgedHigh: of('judgement'),
      callouts: of('escalation') ? instrument.escalationFrom : null,
      criticalYes: of('critical') ? 1 : 0,
      repeat: of('repeat'),
    },
    instrument,
  )
  await db
    .insertInto('assessment')
    .values({
      networkId: facts.networkId,
      caseId: facts.caseId,
      id: randomUUID(),
      instrumentId: instrument.id,
      madeOn: facts.referredOn,
      assessorId: me.id,
      preparedBy: me.id,
      withVictim: false,
      yesCount: facts.score ?? 0,
      ...by,
      level,
      state: 'imported',
    })
    .execute()
}
