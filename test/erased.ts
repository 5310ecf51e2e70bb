// How does a test write something of every kind about a case that the process closes, not the key of the case, and ask what is left of it?
import type { Client } from 'pg'
import { askToLift } from '../app/audit/walls/walls.server.ts'
import { askGlass, endGlass } from '../app/cases/break-glass/ask.server.ts'
import { answerGlass, listGlass, reviewGlass } from '../app/cases/break-glass/watch.server.ts'
import { revealValue } from '../app/cases/identity/reveal.server.ts'
import { saveDraft } from '../app/core/drafts.server.ts'
import { sealedColumns } from '../app/core/keys/sealed-columns.ts'
import { sealForProcess } from '../app/core/seal.server.ts'
import { endMeeting } from '../app/meetings/live/live.server.ts'
import { approveMinutes, writeMinutes } from '../app/meetings/minutes/minutes.server.ts'
import { sendMinutes } from '../app/reports/minutes/send.server.ts'
import { askErasure } from '../app/safekeeping/erasure/erasures.server.ts'
import type { Cast } from './cast.ts'
import { givenMeeting, ofMeeting } from './meeting.ts'

/** Where the process seals and no row is about one case alone, and why that is so; whoever adds a column decides. */
const others: Record<string, string> = {
  audit_event: 'the chain, which nobody may change (decision 12)',
  ...{ credential: 'of an account', own_code_kept: 'of an account', browser_letter: 'a link to an account' },
  mail_outbox: 'addresses and links to pages',
  ...{ once: 'what a form answered, for two days', saved_filter: 'what somebody narrows a list to' },
  ...{
    substitution_promise: 'of somebody who is away',
    meeting_event: 'why a day was moved, before anything is heard',
  },
  meeting_attendance: 'who was there or sent something, of no case',
}
/** How the rows of a case are found where they do not name it. */
const ofCase: Record<string, string> = {
  draft: `form like any (array(select '%' || id || '%' from (select $1::uuid as id union all select id from need where case_id = $1
    union all select id from break_glass where case_id = $1 union all select id from erasure where owner_id = $1) of))`,
  erasure: `kind = 'case' and owner_id = $1`,
  outgoing_file: 'id in (select file_id from outgoing_case where case_id = $1)',
  minutes: `meeting_id in (select meeting_id from agenda_item where case_id = $1) and version > 1`,
}
export const processColumns = sealedColumns.flatMap(({ kind, table, column }) =>
  kind === 'process' && !(table in others) ? [{ table, column, name: `${table}.${column}` }] : [],
)

/** Of which of these columns something about the case is left: what is empty opens with no key. */
export async function wordsLeft(client: Client, caseId: string): Promise<string[]> {
  const found: string[] = []
  for (const { table, column, name } of processColumns) {
    const of = ofCase[table] ?? 'case_id = $1'
    const { rowCount } = await client.query(`select from ${table} where ${of} and octet_length(${column}) > 0`, [
      caseId,
    ])
    if (rowCount) found.push(name)
  }
  return found
}

export const said = 'Näidis: sõnad, mis peavad kaduma'
export const recipient = { name: 'Näidis-Saaja', organisation: 'Näidisasutus', email: 'saaja@naidis.example' }
export type Written = Record<'meeting' | 'glass' | 'wall' | 'request', string>

/** All of it about one case of Lea, which stood alone on the agenda of its meeting; its erasure has been asked for. */
export async function writtenOf(cast: Cast, caseId: string): Promise<Written> {
  const { meeting } = await givenMeeting(cast, caseId, ofMeeting)
  await atMeeting(cast, meeting)
  const { rows } = await cast.admin.query('select number from case_file where id = $1', [caseId])
  const { number } = rows[0]
  const glass = await inEmergency(cast, number)
  const wall = await behindWall(cast, caseId)
  await aboutIt(cast, caseId)
  const { id: request } = await askErasure.run(cast.lea, { number, ground: 'wish', reason: said })
  for (const form of [`/cases/${caseId}/close`, `/break-glass/${glass}/judge`, `/erasures/${request}`])
    await saveDraft.run(cast.lea, { form, values: { words: said } })
  return { meeting, glass, wall, request }
}

/** Minutes in two versions, with the reason of the second, and a file of them that went out. */
async function atMeeting(cast: Cast, meeting: string): Promise<void> {
  await endMeeting.run(cast.lea, { id: meeting })
  for (const reason of [undefined, said]) {
    await writeMinutes.run(cast.lea, { id: meeting, ground: 'private_life', reason })
    await approveMinutes.run(cast.lea, { id: meeting })
  }
  await sendMinutes.run(cast.lea, { id: meeting, ...recipient, why: said, form: 'pdf' })
}

async function inEmergency(cast: Cast, number: string): Promise<string> {
  await askGlass.run(cast.max, { number, ground: 'police', words: said })
  const glass = (await listGlass.run(cast.max, {})).mine[0]?.id ?? ''
  await answerGlass.run(cast.kim, { id: glass, answer: 'yes' })
  await endGlass.run(cast.max, { id: glass })
  await reviewGlass.run(cast.aino, { id: glass, outcome: 'justified', words: said })
  return glass
}

async function behindWall(cast: Cast, caseId: string): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `insert into wall (person_id, network_id, case_id, number, source, fact)
     select $2, network_id, id, number, 'declared', gen_random_uuid() from case_file where id = $1 returning id`,
    [caseId, cast.peep.id],
  )
  const wall = rows[0]?.id ?? ''
  await askToLift.run(cast.aino, { id: wall, reason: said })
  return wall
}

/** A look, a transfer that was answered, something found in the log and judged, and a meeting from which somebody was expected back. */
async function aboutIt(cast: Cast, id: string): Promise<void> {
  const { rows } = await cast.admin.query(`select id from case_person where case_id = $1 and kind = 'victim'`, [id])
  await revealValue.run(cast.lea, { id, what: 'identity', item: rows[0].id, purpose: 'other', reason: said })
  await cast.admin.query('set session_replication_role = replica')
  const own = [id, sealForProcess('transfer', said), cast.lea.id]
  await cast.admin.query(
    `insert into case_transfer (network_id, case_id, to_network_id, reason, urgent, ground, ground_sealed, words_sealed, opened_by, state, because, answer_sealed, answered_by, answered_at)
     select network_id, id, $4, 'moved', false, 'law', '\\x01', '\\x01', $3, 'refused', 'other', $2, $3, now() from case_file where id = $1`,
    [...own, cast.networks.harju],
  )
  await cast.admin.query(
    `insert into watch_finding (rule, person_id, network_id, case_id, key, count, first_seq, last_seq, from_at, to_at, judgement, judged_by, judged_at, words_sealed)
     select 'hours', $4, network_id, id, 'words', 1, 1, 1, now(), now(), 'explained', $3, now(), $2 from case_file where id = $1`,
    [...own, cast.mall.id],
  )
  await cast.admin.query(
    `insert into outing (network_id, case_id, assignment_id, plan_id, number, volunteer_id, begins_at, until_at, reach_sealed, recorded_by)
     select network_id, id, gen_random_uuid(), gen_random_uuid(), number, $4, now(), now() + interval '1 hour', $2, $3 from case_file where id = $1`,
    [...own, cast.volunteer],
  )
  await cast.admin.query(
    `insert into outing (network_id, case_id, assignment_id, plan_id, number, volunteer_id, begins_at, until_at, ending, ended_at, heard_at, ended_by, note_sealed, recorded_by)
     select network_id, id, gen_random_uuid(), gen_random_uuid(), number, $4, now() - interval '1 hour', now(), 'safe', now(), now(), $3, $2, $3 from case_file where id = $1`,
    [...own, cast.volunteer],
  )
  await cast.admin.query('set session_replication_role = origin')
}
