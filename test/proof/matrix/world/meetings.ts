// Which meetings and agendas are there in the world of the matrix, and whose is each?
import { today } from '../../../../app/core/clock.server.ts'
import { addItem, closeAgenda } from '../../../../app/meetings/agenda/arrange.server.ts'
import { callMeeting } from '../../../../app/meetings/calendar/calendar.server.ts'
import { inviteToMeeting } from '../../../../app/meetings/calendar/change.server.ts'
import { pledgeSilence } from '../../../../app/meetings/live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting } from '../../../../app/meetings/live/live.server.ts'
import { writeMinutes } from '../../../../app/meetings/minutes/minutes.server.ts'
import { addAction } from '../../../../app/meetings/plan/plan.server.ts'
import { answerResearch } from '../../../../app/meetings/research/research.server.ts'
import type { Cast } from '../../../cast.ts'
import { dayFromNow } from '../../../substitution.ts'
import type { CaseThing } from './cases.ts'
import type { Thing, Things } from './thing.ts'

/** One that was announced and one that is only planned in Ida-Viru, and one of Harju; a case on each agenda, and others that will come. */
export async function meetingsOf(cast: Cast, cases: CaseThing[]): Promise<Things> {
  const of = (name: string) => cases.find((thing) => thing.name === name)?.ids.id ?? ''
  const [meetings, agenda, coming]: [Thing[], Thing[], Thing[]] = [[], [], []]
  for (const [name, network, lead, days, invited, on] of [
    ['announced', 'ida', cast.lea, 30, true, 'own'],
    ['planned', 'ida', cast.lea, 60, false, 'walled'],
    ['of others', 'harju', cast.max, 40, true, 'foreign'],
  ] as const) {
    const called = { network: cast.networks[network], mode: 'sitting', onDate: dayFromNow(days), startsAt: '10.00' }
    const { id } = await callMeeting.run(lead, called)
    const reason = `Kanaar-agenda-${name}`
    await addItem.run(lead, { id, case: of(on), reason })
    if (invited) await inviteToMeeting.run(lead, { id })
    const person = network === 'ida' ? cast.mall.id : cast.max.id
    meetings.push({ name, ids: { id, person }, facts: { network, invited } })
    const walled = on === 'walled'
    agenda.push({ name, ids: { id, case: of(on) }, words: { reason }, facts: { network, walled } })
    if (network === 'harju') coming.push({ name, ids: { id, case: of('askedForeign') }, facts: { network } })
  }
  const seats = [
    { name: 'own', ids: { network: cast.networks.ida, person: cast.mall.id }, facts: { network: 'ida' } },
    { name: 'foreign', ids: { network: cast.networks.harju, person: cast.max.id }, facts: { network: 'harju' } },
  ]
  // Two agencies, so that what one of them told is not the other's own.
  await cast.admin.query(`update person_role set agency = 'politsei' where person_id = $1`, [cast.mall.id])
  const heard = await heardOf(cast, of('own'), of('asked'))
  await leaveOff(cast, cases)
  meetings.push(...heard.map(({ name, ids, facts }) => ({ name, ids, facts })))
  const spoken = heard.filter(({ name }) => name !== 'unwritten')
  const ofOthers = meetings.filter(({ name }) => name === 'of others')
  const those = (wanted: string) => [...meetings.filter(({ name }) => name === wanted), ...ofOthers]
  const more = { attended: those('sitting'), unwritten: those('unwritten') }
  return { meetings, agenda, coming, seats, ...more, heard: spoken, actions: await actionsOf(cast, of) }
}

// What gathers by itself was gathered; these the lead has left off again, each time.
async function leaveOff(cast: Cast, cases: CaseThing[]): Promise<void> {
  for (const { ids } of cases.filter(({ uninvited }) => uninvited))
    await cast.admin.query(
      `update agenda_item set removed_by = $2, removed_at = now(), removal_sealed = '\\x01', outcome = null, heard_by = null, heard_at = null where case_id = $1`,
      [ids.id, cast.lea.id],
    )
}

// One that is over, with its minutes, one of which nobody has written any yet, and one that is being held; Lea has promised silence at each, Mall at none.
async function heardOf(cast: Cast, own: string, next: string): Promise<Thing[]> {
  const begun = async () => {
    const { id } = await callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: today() })
    await closeAgenda.run(cast.lea, { id })
    await beginMeeting.run(cast.lea, { id })
    await pledgeSilence.run(cast.lea, { id, silent: 'yes' })
    return id
  }
  const held = await begun()
  const words = { research: 'Kanaar-research', relevance: 'Kanaar-relevance', decision: 'Kanaar-decision' }
  const told = { known: 'something', words: words.research, relevance: words.relevance, toldTo: ['victim_support'] }
  await answerResearch.run(cast.lea, { id: held, case: own, ...told })
  const decided = { outcome: 'planned', words: words.decision, reason: 'Näidis: oht püsib' }
  await decideItem.run(cast.lea, { id: held, case: own, ...decided })
  await endMeeting.run(cast.lea, { id: held })
  await writeMinutes.run(cast.lea, { id: held, ground: 'internal' })
  // It was some days ago, which the table itself would not believe.
  const ago = (id: string, days: number) =>
    cast.admin.query(
      `set session_replication_role = replica; update meeting set on_date = on_date - ${days}, cut_off_on = cut_off_on - ${days} where id = '${id}'; set session_replication_role = origin`,
    )
  await ago(held, 7)
  const unwritten = await begun()
  await endMeeting.run(cast.lea, { id: unwritten })
  await ago(unwritten, 5)
  const facts = { network: 'ida', invited: true }
  return [
    { name: 'held', ids: { id: held, case: own, person: cast.mall.id }, words, facts: { ...facts, phase: 'held' } },
    { name: 'unwritten', ids: { id: unwritten, case: next, person: cast.mall.id }, facts: { ...facts, phase: 'held' } },
    {
      name: 'sitting',
      ids: { id: await begun(), case: next, person: cast.mall.id },
      facts: { ...facts, phase: 'sitting' },
    },
  ]
}

// One in each network.
async function actionsOf(cast: Cast, of: (name: string) => string): Promise<Thing[]> {
  const actions: Thing[] = []
  for (const [name, network, lead, owner] of [
    ['own', 'ida', cast.lea, cast.mall],
    ['foreign', 'harju', cast.max, cast.max],
  ] as const) {
    const id = of(name)
    const words = { what: `Kanaar-action-${name}`, result: `Kanaar-result-${name}` }
    const { action } = await addAction.run(lead, {
      id,
      owner: owner.id,
      dueOn: dayFromNow(20),
      contact: 'none',
      ...words,
    })
    actions.push({ name, ids: { id, action }, words, facts: { network } })
  }
  return actions
}
