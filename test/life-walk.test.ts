// Does any order of steps through the real operations – consent, offers, the agenda of two meetings, transfers, people added by mistake, closing – bring the database where no rule lets it?
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveConsent, withdrawConsent } from '../app/cases/basis/basis.server.ts'
import { openCase } from '../app/cases/case-file.server.ts'
import { closeCase, gapsOf, reopenCase } from '../app/cases/closing/closing.server.ts'
import { addChild, addPerpetrator } from '../app/cases/identity/another.server.ts'
import { closeNeed, offerSupport } from '../app/cases/need/needs.server.ts'
import { explainNotOffered } from '../app/cases/need/not-offered.server.ts'
import { finishTask } from '../app/cases/tasks.server.ts'
import { acceptTransfer, refuseTransfer, revokeTransfer } from '../app/cases/transfer/answer.server.ts'
import { sendTransfer } from '../app/cases/transfer/send.server.ts'
import { withdrawPerson } from '../app/cases/withdraw/withdraw.server.ts'
import { addDays } from '../app/core/calendar/working-days.ts'
import { today } from '../app/core/clock.server.ts'
import { asPerson } from '../app/core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../app/core/errors.ts'
import type { Person } from '../app/core/user.ts'
import { addItem, closeAgenda, removeItem } from '../app/meetings/agenda/arrange.server.ts'
import { callMeeting } from '../app/meetings/calendar/calendar.server.ts'
import { pledgeSilence } from '../app/meetings/live/attendance.server.ts'
import { beginMeeting, decideItem, endMeeting } from '../app/meetings/live/live.server.ts'
import { type Random, randomFrom } from '../db/seed/random.ts'
import { type Cast, openCast } from './cast.ts'
import { ending, givenBare, notOffered } from './closing.ts'
import { seed } from './draws.ts'
import { asked } from './transfer.ts'

const [cases, rounds, atOnce] = [60, 12, 4]
let cast: Cast
let meetings: string[]
let admin: Pool
beforeAll(async () => {
  cast = await openCast()
  // Several walks look at a time.
  admin = new Pool({ connectionString: cast.urls.adminUrl, max: atOnce })
  const call = (days: number) =>
    callMeeting.run(cast.lea, { network: cast.networks.ida, mode: 'sitting', onDate: addDays(today(), days) })
  meetings = [(await call(0)).id, (await call(35)).id]
})
afterAll(async () => {
  await admin.end()
  await cast.close()
})

type Now = Awaited<ReturnType<typeof stateOf>>
async function stateOf(id: string) {
  const { rows } = await admin.query<{
    network: string
    status: string
    basis: string
    need: string | null
    transfer: string | null
    to: string | null
  }>(
    `select c.network_id as network, c.status, c.legal_basis as basis, (select id from need where case_id = c.id and status = 'open') as need,
       t.id as transfer, t.to_network_id as "to" from case_file c left join case_transfer t on t.case_id = c.id and t.state = 'open' where c.id = $1`,
    [id],
  )
  const [now] = rows
  if (!now) throw new Error('no such case')
  const lead = now.network === cast.networks.ida ? cast.lea : cast.max
  return { ...now, lead, other: lead === cast.lea ? cast.max : cast.lea }
}

const nothing = () => crypto.randomUUID()
const offer = { answer: 'accepted', language: 'ru', wantedSex: 'F', months: '8' }
const meetingOf = (random: Random) => meetings[random.chance(0.7) ? 0 : 1]

/** What somebody may do at any moment; what leads on comes more often than what ends it early. */
const deeds: Record<string, [weight: number, run: (id: string, now: Now, random: Random) => Promise<unknown>]> = {
  offer: [3, (id, { lead }) => offerSupport.run(lead, { id, ...offer, offeredOn: today(), fromOn: today() })],
  explain: [3, (id, { lead }) => explainNotOffered.run(lead, { id, why: notOffered })],
  dropNeed: [3, (id, { lead, need }) => closeNeed.run(lead, { id, need: need ?? nothing(), reason: 'mistake' })],
  close: [4, (id, { lead }) => closeCase.run(lead, { id, ...ending })],
  reopen: [4, (id, { lead }) => reopenCase.run(lead, { id, why: 'Näidis' })],
  withdraw: [
    1,
    (id, { lead }, random) =>
      withdrawConsent.run(lead, {
        id,
        on: today(),
        way: 'spoken',
        goesOn: random.chance(0.5) ? 'ends' : 'network',
        why: 'Näidis',
      }),
  ],
  consent: [3, (id, { lead }) => giveConsent.run(lead, { id, on: today(), way: 'spoken' })],
  tell: [
    1,
    async (id, { lead }) => {
      const { head } = await openCase.run(lead, { id })
      return finishTask.run(lead, {
        id,
        task: head.tasks.find(({ kind }) => kind === 'tell-recipients')?.id ?? nothing(),
      })
    },
  ],
  ask: [
    3,
    (id, { lead, other }) =>
      sendTransfer.run(lead, { id, to: other === cast.max ? cast.networks.harju : cast.networks.ida, ...asked }),
  ],
  accept: [3, (_, { other, transfer }) => acceptTransfer.run(other, { id: transfer ?? nothing() })],
  refuse: [
    2,
    (_, { other, transfer }) =>
      refuseTransfer.run(other, { id: transfer ?? nothing(), because: 'capacity', words: 'Näidis' }),
  ],
  revoke: [
    2,
    (_, { lead, transfer }) =>
      revokeTransfer.run(lead, { id: transfer ?? nothing(), because: 'other', words: 'Näidis' }),
  ],
  // Answered by whoever may not: the one who asked accepts, the one who was asked takes it back.
  wrongAccept: [1, (_, { lead, transfer }) => acceptTransfer.run(lead, { id: transfer ?? nothing() })],
  wrongRevoke: [
    1,
    (_, { other, transfer }) => revokeTransfer.run(other, { id: transfer ?? nothing(), because: 'other' }),
  ],
  addChild: [2, (id, { lead }) => addChild.run(lead, { id, birthYear: '2018' })],
  addAnother: [2, (id, { lead }) => addPerpetrator.run(lead, { id, relation: 'Näidis-vend', givenName: 'Näidis' })],
  takeOut: [
    3,
    async (id, { lead }, random) => {
      const { people } = await openCase.run(lead, { id })
      const some = people.filter(({ kind }) => kind === 'child' || kind === 'perpetrator')
      const person = some.length > 0 ? random.pick(some).id : nothing()
      return withdrawPerson.run(lead, { id, person, why: 'Näidis: sisestati eksituse tõttu' })
    },
  ],
  toAgenda: [4, (id, { lead }, random) => addItem.run(lead, { id: meetingOf(random), case: id, reason: 'Näidis' })],
  offAgenda: [2, (id, { lead }, random) => removeItem.run(lead, { id: meetingOf(random), case: id, reason: 'Näidis' })],
  decide: [
    3,
    (id, { lead }, random) =>
      decideItem.run(lead, { id: meetingOf(random), case: id, outcome: 'planned', words: 'Näidis', reason: 'Näidis' }),
  ],
}
const drawn = Object.entries(deeds).flatMap(([name, [weight]]) => Array.from({ length: weight }, () => name))

const said = (error: unknown) =>
  error instanceof Conflict || error instanceof Invalid || error instanceof NotFound || error instanceof Refused

/** One step of one case: what the rules refuse is refused with a word, never with a fault; what they let through was theirs to let through. */
async function step(id: string, random: Random, done: Map<string, number>): Promise<void> {
  const before = await stateOf(id)
  const name = random.pick(drawn)
  const gaps =
    name === 'close' && before.status === 'open'
      ? await asPerson('read', before.lead.claim, (db) => gapsOf(db, id))
      : []
  const did = await (deeds[name]?.[1](id, before, random) ?? Promise.resolve()).then(
    () => true,
    (error: unknown) => {
      if (said(error)) return false
      throw error
    },
  )
  if (!did) return
  done.set(name, (done.get(name) ?? 0) + 1)
  const at = { name, before: { ...before, lead: before.lead.name, other: before.other.name } }
  const after = await stateOf(id)
  const rule = (holds: boolean) => expect({ ...at, holds }).toEqual({ ...at, holds: true })
  if (name === 'close') rule(before.status === 'open' && gaps.length === 0)
  // What is closed is not written, but for what is still owed of it; an agenda may do without it.
  if (before.status === 'closed') rule(['reopen', 'withdraw', 'tell', 'offAgenda'].includes(name))
  if (name === 'offer') rule(before.basis !== 'none')
  if (name === 'accept') rule(before.status === 'open' && before.basis !== 'none' && after.network === before.to)
  if (name !== 'accept') rule(after.network === before.network)
  if (name.startsWith('wrong')) rule(false)
  if (['accept', 'refuse', 'revoke'].includes(name)) rule(before.transfer !== null && after.transfer === null)
}

/** What must never stand in the tables, each in one question: rows are faults. */
const never: Record<string, string> = {
  'a closed case with somebody still looked for, helping, or asked about elsewhere': `
    select c.id from case_file c where c.status = 'closed' and (exists (select from need n where n.case_id = c.id and n.status in ('open', 'proposed', 'covered'))
      or exists (select from assignment a where a.case_id = c.id and a.status in ('proposed', 'active')) or exists (select from case_transfer t where t.case_id = c.id and t.state = 'open'))`,
  'something shared on no ground': `
    select c.id from case_file c where c.legal_basis = 'none' and (exists (select from need n where n.case_id = c.id and n.status in ('open', 'proposed', 'covered'))
      or exists (select from case_transfer t where t.case_id = c.id and t.state = 'open'))`,
  'two questions to other networks at once': `select case_id from case_transfer where state = 'open' group by 1 having count(*) > 1`,
  'a case that is not where its last transfer took it': `
    select c.id from case_file c where c.network_id <> coalesce((select t.to_network_id from case_transfer t where t.case_id = c.id and t.state = 'accepted'
      order by t.answered_at desc limit 1), $1)`,
  'children counted who are not there': `
    select c.id from case_file c where c.child_count <> (select count(*) from case_person p where p.case_id = c.id and p.kind = 'child' and p.superseded_at is null)`,
  'a case without anybody from whom the danger comes': `
    select c.id from case_file c where not exists (select from case_person p where p.case_id = c.id and p.kind = 'perpetrator' and p.superseded_at is null)`,
  'a case that ended without a reason, or twice at a time': `
    select c.id from case_file c where (select count(*) from case_closing e where e.case_id = c.id and e.reopened_at is null) <> (c.status = 'closed')::int`,
  'on an agenda after its end, or after the cut-off without being called late': `
    select i.id from agenda_item i join meeting m on m.id = i.meeting_id
    where (m.ended_at is not null and i.added_at > m.ended_at) or (m.closed_at is not null and i.added_at > m.closed_at and i.added_by is not null and not i.late)`,
  'put on or left off an agenda without a reason': `
    select id from agenda_item where (kind = 'added' and reason_sealed is null) or (removed_at is not null and removal_sealed is null and not withdrawn)`,
  'twice on one agenda': `select case_id from agenda_item where removed_at is null group by meeting_id, case_id having count(*) > 1`,
  'decided before the meeting began, or outside of one': `
    select i.id from agenda_item i join meeting m on m.id = i.meeting_id where i.outcome is not null and (m.begun_at is null or i.removed_at is not null)`,
}

async function lookForFaults(round: number): Promise<void> {
  for (const [what, question] of Object.entries(never)) {
    const { rows } = await admin.query(question, question.includes('$1') ? [cast.networks.ida] : [])
    expect({ round, what, rows }).toEqual({ round, what, rows: [] })
  }
}

// The first meeting goes its way while the walks go on; the second one is planned all the time.
const happens: Record<number, () => Promise<unknown>> = {
  4: () => closeAgenda.run(cast.lea, { id: meetings[0] }),
  6: async () => {
    await beginMeeting.run(cast.lea, { id: meetings[0] })
    for (const who of [cast.lea, cast.mall] satisfies Person[])
      await pledgeSilence.run(who, { id: meetings[0], silent: 'yes' })
  },
  10: () => endMeeting.run(cast.lea, { id: meetings[0] }),
}

test(`${cases} walks of ${rounds} steps through the operations: what the rules forbid is nowhere in the database after any round`, async () => {
  const random = randomFrom(seed)
  const done = new Map<string, number>()
  const ids: string[] = []
  for (let at = 0; at < cases; at++) ids.push(await givenBare(cast, today()))
  for (let round = 0; round < rounds; round++) {
    await happens[round]?.()
    // Each walk draws for itself, so that what it draws does not hang on which of them is faster.
    const waiting = ids.map((id) => [id, randomFrom(random.whole(1, 1_000_000_000))] as const)
    const line = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await step(next[0], next[1], done)
    }
    await Promise.all(Array.from({ length: atOnce }, line))
    await lookForFaults(round)
  }
  // Of promises about what never happened nothing would be proven.
  const rare = Object.keys(deeds).filter((name) => !/^(wrong|tell)/.test(name) && !done.has(name))
  expect({ seed, rare, done: Object.fromEntries(done) }).toMatchObject({ rare: [] })
}, 180_000)
