// Who helps in this case, who helped before, and what was wished for?
import type { Db } from '../../core/db.server.ts'
import { query } from '../../core/operation.server.ts'
import { CaseId } from '../case.ts'
import { aboutCase, caseHead } from '../case-file.server.ts'
import { readers } from '../cases.server.ts'
import { pairsToAnswer } from '../links/links.server.ts'
import { notOfferedOf } from './not-offered.server.ts'

/** The needs of the case with their history, and the assignments by the volunteers' codes. */
export const openSupport = query(
  'case.support',
  { roles: readers, input: CaseId, about: aboutCase },
  async (db, input, me) => {
    const head = await caseHead(db, me, input.id)
    const leads = head.own && me.roles.includes('lead')
    const links = leads ? (await pairsToAnswer(db)).filter((pair) => pair.caseId === head.id) : []
    const notOffered = head.own ? await notOfferedOf(db, head.id) : null
    const [needs, assignments] = [await needsOf(db, head.id), await assignmentsOf(db, head.id)]
    return { head, leads, links, notOffered, needs, assignments }
  },
)

async function needsOf(db: Db, caseId: string) {
  const needs = await db
    .selectFrom('need')
    .select(['id', 'number', 'status', 'language', 'wantedSex', 'fromOn', 'months', 'avoidLocal', 'childCount', 'note'])
    .select(['hours', 'tasks'])
    .where('caseId', '=', caseId)
    .orderBy('createdAt', 'desc')
    .execute()
  const events = await db
    .selectFrom('needEvent')
    .select(['needId', 'kind', 'onDate', 'reason'])
    .where('caseId', '=', caseId)
    .orderBy('recordedAt')
    .execute()
  return needs.map((need) => ({ ...need, events: events.filter((event) => event.needId === need.id) }))
}

async function assignmentsOf(db: Db, caseId: string) {
  return db
    .selectFrom('assignment')
    .innerJoin('volunteer', 'volunteer.id', 'assignment.volunteerId')
    .leftJoin('person as supervisor', 'supervisor.id', 'assignment.supervisorId')
    .select(['assignment.id', 'volunteer.code', 'supervisor.name as supervisor', 'assignment.status'])
    .select(['assignment.startOn', 'assignment.endOn'])
    .where('assignment.caseId', '=', caseId)
    .where('assignment.status', 'in', ['proposed', 'active', 'ended'])
    .orderBy('assignment.createdAt', 'desc')
    .execute()
}
