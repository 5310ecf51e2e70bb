// Which earlier cases may be the same person's, and what has the lead said about them?
import { sql } from 'kysely'
import { today } from '../../core/clock.server.ts'
import type { Db } from '../../core/db.server.ts'
import { Invalid, NotFound } from '../../core/errors.ts'
import { command, query } from '../../core/operation.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead, openHead } from '../case-file.server.ts'
import { knownBefore } from './known.server.ts'
import { isSameVictim, JudgeRepeat, type RepeatFacts, repeatOf } from './repeat.ts'

type Word = Pick<RepeatFacts, 'earlierOn' | 'incidentOn' | 'pair' | 'crime'> & {
  number: string
  recordedBy: string | null
  recordedAt: Date
}

async function lastWord(db: Db, caseId: string): Promise<Word | null> {
  const { rows } = await sql<Word>`
    select e.referred_on as earlier_on, e.number, r.incident_on, r.pair, r.crime, p.name as recorded_by, r.recorded_at
    from case_repeat r join case_file e on e.id = r.earlier_case_id left join person p on p.id = r.recorded_by
    where r.case_id = ${caseId} and r.pair is not null and r.crime is not null order by r.recorded_at desc limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}

const lead = { roles: ['lead'] as const, about: aboutCase }

export const openRepeat = query('case.repeat', { ...lead, input: CaseId }, async (db, { id }, me) => {
  const head = await caseHead(db, me, id)
  const { repeatMonths: months } = await settingsOn(db)
  const word = await lastWord(db, head.id)
  return { head, months, known: await knownBefore(db, head.id), word, repeat: word && repeatOf({ ...word, months }) }
})

/** What the lead says about one of the cases that were found; both definitions follow from it. */
export const judgeRepeat = command('case.repeat.judge', { ...lead, input: JudgeRepeat }, async (db, input, me) => {
  const head = await openHead(db, me, input.id)
  if (input.incidentOn > today()) throw new Invalid({ incidentOn: { key: 'cases.error.future' } })
  if (!(await knownBefore(db, head.id)).some((one) => one.id === input.earlier && isSameVictim(one)))
    throw new NotFound()
  await db
    .insertInto('caseRepeat')
    .values({
      ...{ networkId: head.networkId, caseId: head.id, earlierCaseId: input.earlier, recordedBy: me.id },
      ...{ incidentOn: input.incidentOn, pair: input.pair, crime: input.crime },
    })
    .execute()
  return { head: { id: head.id, networkId: head.networkId } }
})
