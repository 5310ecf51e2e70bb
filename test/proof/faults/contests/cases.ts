// Of those who decide about one case at once, who wins?
import { giveConsent, useLaw, withdrawConsent } from '../../../../app/cases/basis/basis.server.ts'
import { closeCase, reopenCase } from '../../../../app/cases/closing/closing.server.ts'
import { liftFlags } from '../../../../app/cases/closing/flags.server.ts'
import { saveFollowUp } from '../../../../app/cases/closing/follow-up.server.ts'
import { closeNeed, offerSupport } from '../../../../app/cases/need/needs.server.ts'
import { explainNotOffered } from '../../../../app/cases/need/not-offered.server.ts'
import { answerReferral } from '../../../../app/cases/referred/referred.server.ts'
import { finishTask, tellChildProtection } from '../../../../app/cases/tasks.server.ts'
import { acceptTransfer, refuseTransfer, revokeTransfer } from '../../../../app/cases/transfer/answer.server.ts'
import { sendTransfer } from '../../../../app/cases/transfer/send.server.ts'
import { today } from '../../../../app/core/clock.server.ts'
import { formatDate } from '../../../../app/i18n/format.ts'
import { referCase } from '../../../cases.ts'
import { ending, givenBare, givenClosed, givenDone } from '../../../closing.ts'
import { openNeed } from '../../../need.ts'
import { bring } from '../../../referrals.ts'
import { asked, givenAsked, givenReady } from '../../../transfer.ts'
import { by, type Contest, count, given, twice, twin, why } from './contest.ts'

const wanted = { offeredOn: formatDate(today()), language: 'ru', wantedSex: 'any', fromOn: '01.12.2099', months: '8' }
const untold = { children: { childCount: '1', birthYears: '2018', told: 'no', notToldWhy: why } }
const task = (id: string, kind: string) =>
  ['select id from case_task where case_id = $1 and kind = $2 and done_at is null', [id, kind]] as const

export const casesContests: Contest[] = [
  {
    kind: 'closing of a case',
    operations: ['case.close'],
    stage: async (players) => {
      const id = await givenDone(players.cast, today())
      const leas = await twice(players.cast, players.cast.lea)
      return {
        tries: leas.map((lea, at) => by(closeCase, lea, { id, ...ending, words: `Näidis-kokkuvõte: ${at}` })),
        effects: () => count(players, 'case_closing where case_id = $1', [id]),
      }
    },
  },
  {
    kind: 'reopening of a case',
    operations: ['case.reopen'],
    stage: async (players) => {
      const id = await givenClosed(players.cast, today())
      return {
        tries: await twin(players.cast, reopenCase, players.cast.lea, { id, why: `${why}, mis on küllalt pikk` }),
        effects: () => count(players, 'case_closing where case_id = $1 and reopened_at is not null', [id]),
      }
    },
  },
  {
    kind: 'how it is after the closing',
    operations: ['case.follow-up'],
    stage: async (players) => {
      const id = await givenClosed(players.cast, today())
      const due = await given(players, ...task(id, 'follow-up'))
      const heard = { id, task: due, on: today(), state: 'same', incidents: 'none', risk: 'same' }
      return {
        tries: await twin(players.cast, saveFollowUp, players.cast.lea, heard),
        effects: () => count(players, 'case_follow_up where case_id = $1', [id]),
      }
    },
  },
  {
    kind: 'flag lifted',
    operations: ['case.flag.lift'],
    stage: async (players) => {
      const id = await givenClosed(players.cast, today())
      await players.cast.admin.query('update case_closing set closed_on = closed_on - 400 where case_id = $1', [id])
      return {
        tries: await twin(players.cast, liftFlags, players.cast.lea, { case: [id] }),
        effects: () => count(players, 'marac_flag_lift where case_id = $1', [id]),
      }
    },
  },
  {
    kind: 'transfer to another network',
    operations: ['transfer.accept', 'transfer.refuse', 'transfer.revoke'],
    stage: async (players) => {
      const { cast } = players
      const { transfer: id } = await givenAsked(cast)
      return {
        tries: [
          by(acceptTransfer, cast.max, { id }),
          by(refuseTransfer, cast.max, { id, because: 'capacity', words: why }),
          by(revokeTransfer, cast.lea, { id, because: 'mistake' }),
        ],
        // The case is where its answer says.
        effects: () =>
          count(
            players,
            `case_transfer t join case_file c on c.id = t.case_id where t.id = $1 and t.answered_at is not null
            and c.network_id = case t.state when 'accepted' then $2::uuid else $3::uuid end`,
            [id, cast.networks.harju, cast.networks.ida],
          ),
      }
    },
  },
  {
    kind: 'transfer asked for',
    operations: ['transfer.send'],
    stage: async (players) => {
      const id = await givenReady(players.cast)
      const to = players.cast.networks.harju
      return {
        tries: await twin(players.cast, sendTransfer, players.cast.lea, { id, to, ...asked }),
        effects: () => count(players, 'case_transfer where case_id = $1', [id]),
      }
    },
  },
  {
    kind: 'task done',
    operations: ['case.task.finish'],
    stage: async (players) => {
      const id = await givenReady(players.cast)
      await withdrawConsent.run(players.cast.lea, { id, on: today(), way: 'spoken', goesOn: 'ends' })
      const due = await given(players, ...task(id, 'tell-recipients'))
      return {
        tries: await twin(players.cast, finishTask, players.cast.lea, { id, task: due }),
        effects: () => count(players, 'case_task where id = $1 and done_at is not null', [due]),
      }
    },
  },
  {
    kind: 'child protection told',
    operations: ['case.children.told'],
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea, untold)
      return {
        tries: [cast.lea, cast.mall].map((who, at) =>
          by(tellChildProtection, who, { id, on: today(), whom: `Näidislinn ${at}` }),
        ),
        effects: () => count(players, 'case_file where id = $1 and children_told_on is not null', [id]),
      }
    },
  },
  {
    kind: 'support offered',
    operations: ['case.need.offer'],
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      return {
        tries: [
          by(offerSupport, cast.lea, { id, answer: 'accepted', ...wanted }),
          by(offerSupport, cast.mall, { id, answer: 'accepted', ...wanted }),
        ],
        effects: () => count(players, 'need where case_id = $1', [id]),
      }
    },
  },
  {
    kind: 'need closed',
    operations: ['case.need.close'],
    stage: async (players) => {
      const { cast } = players
      const need = await openNeed(cast)
      return {
        tries: await twin(cast, closeNeed, cast.lea, { id: need.caseId, need: need.id, reason: 'victim_wish' }),
        effects: () => count(players, `need_event where need_id = $1 and kind = 'closed'`, [need.id]),
      }
    },
  },
  {
    kind: 'why nobody was offered',
    operations: ['case.need.not'],
    stage: async (players) => {
      const { cast } = players
      const id = await givenBare(cast, today())
      return {
        tries: [cast.lea, cast.mall].map((who) => by(explainNotOffered, who, { id, why: `${why}: ${who.name}` })),
        effects: () => count(players, 'case_file where id = $1 and not_offered_at is not null', [id]),
      }
    },
  },
  {
    kind: 'consent taken back',
    operations: ['case.basis.withdraw'],
    stage: async (players) => {
      const { cast } = players
      const id = await givenReady(cast)
      return {
        tries: await twin(cast, withdrawConsent, cast.lea, { id, on: today(), way: 'spoken', goesOn: 'ends' }),
        effects: () => count(players, `case_task where case_id = $1 and kind = 'tell-recipients'`, [id]),
      }
    },
  },
  {
    kind: 'ground of a case',
    operations: ['case.basis.consent', 'case.basis.law', 'case.basis.withdraw'],
    // Without a ground it is not there for the other agencies.
    told: 'gone',
    both: true,
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query(
        `insert into setting (name, valid_from, value, note) values ('lawBasisText', '2020-01-01', '"Näidis-seadus § 1"', 'Näidis') on conflict do nothing`,
      )
      const id = await givenReady(cast)
      const [lea, again] = await twice(cast, cast.lea)
      return {
        tries: [
          by(giveConsent, cast.mall, { id, on: today(), way: 'spoken' }),
          by(useLaw, lea, { id, why }),
          by(withdrawConsent, again, { id, on: today(), way: 'spoken', goesOn: 'ends' }),
        ],
        // The row says what was said last.
        effects: () =>
          count(
            players,
            `case_file c where id = $1 and legal_basis = (select case when b.kind = 'withdrawn' then 'none' else b.kind end
             from case_basis b where b.case_id = c.id order by recorded_at desc limit 1)`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'referral answered',
    operations: ['case.referred.answer'],
    // Somebody may think better of it; whoever brought it hears each answer that is new.
    both: true,
    stage: async (players) => {
      const { cast } = players
      const { id } = await bring(cast)
      await cast.admin.query('delete from mail_outbox')
      return {
        tries: await twin(cast, answerReferral, cast.lea, { id, how: 'taken' }),
        effects: () =>
          count(players, `mail_outbox where kind = 'referral-answered' and person_id = $1`, [cast.piret.id]),
      }
    },
  },
]
