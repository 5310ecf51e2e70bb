// Of those who decide about one application, call or referee at once, who wins?

import { today } from '../../../../app/core/clock.server.ts'
import { addCampaign } from '../../../../app/recruitment/campaign/campaigns.server.ts'
import { changeCampaign, endCampaign } from '../../../../app/recruitment/campaign/change.server.ts'
import { openGuide, writeGuide } from '../../../../app/recruitment/interview/interviews.server.ts'
import {
  joinKnown,
  moveApplicant,
  refuseApplicant,
  takeApplication,
} from '../../../../app/recruitment/pipeline/moves.server.ts'
import { revokeReference, sendAgain } from '../../../../app/recruitment/reference/references.server.ts'
import { endTarget, setTarget } from '../../../../app/recruitment/target/targets.server.ts'
import { givenApplication, givenCandidate } from '../../../recruitment.ts'
import { askedReferee } from '../../../reference.ts'
import { dayFromNow } from '../../../substitution.ts'
import { by, type Contest, count, given, type Players, twin, why } from './contest.ts'

const step = ({ cast }: Players) => ({ step: 'call', dueOn: dayFromNow(3), owner: cast.kim.id })
const no = { reason: 'place', remark: why }
/** Somebody of whom nobody has heard before. */
const unknown = async (players: Players) => {
  const one = await given(players, 'select substr(md5(random()::text), 1, 12)', [])
  return {
    name: `Näidis-${one}`,
    email: `${one}@naidis.example`,
    phone: `5${String(parseInt(one, 16) % 1e7).padStart(7, '0')}`,
  }
}
const call = { name: 'Näidis-kutse', source: 'web', fromOn: today(), untilOn: dayFromNow(30) }

export const recruitmentContests: Contest[] = [
  {
    kind: 'application taken in or refused',
    operations: ['recruitment.refuse', 'recruitment.take'],
    told: 'gone',
    stage: async (players) => {
      const { cast, kims } = players
      const id = await givenApplication(cast, await unknown(players))
      return {
        tries: [
          by(takeApplication, cast.kim, { id, ...step(players) }),
          by(takeApplication, kims[1] ?? cast.kim, { id, ...step(players) }),
          by(refuseApplicant, kims[2] ?? cast.kim, { id, ...no }),
        ],
        effects: () =>
          count(
            players,
            `application a where id = $1 and (outcome = 'taken') = exists (select from volunteer v where v.id = a.id) and outcome is not null`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'application of somebody known',
    operations: ['recruitment.join', 'recruitment.refuse'],
    stage: async (players) => {
      const { cast, kims } = players
      const who = await unknown(players)
      await givenCandidate(cast, who, today())
      const id = await givenApplication(cast, who)
      return {
        tries: [
          by(joinKnown, cast.kim, { id }),
          by(joinKnown, kims[1] ?? cast.kim, { id }),
          by(refuseApplicant, kims[2] ?? cast.kim, { id, ...no }),
        ],
        effects: () => count(players, 'application where id = $1 and outcome is not null', [id]),
      }
    },
  },
  {
    kind: 'candidate moved on',
    operations: ['recruitment.move', 'recruitment.refuse'],
    told: 'field',
    both: true,
    stage: async (players) => {
      const { cast, kims } = players
      const id = await givenCandidate(cast, await unknown(players), today())
      return {
        tries: [
          by(moveApplicant, cast.kim, { id, status: 'interview', ...step(players) }),
          by(moveApplicant, kims[1] ?? cast.kim, { id, status: 'interview', ...step(players) }),
          by(refuseApplicant, kims[2] ?? cast.kim, { id, ...no }),
        ],
        // Never twice at one stage, and refused is the end.
        effects: () =>
          count(
            players,
            `volunteer v where id = $1 and status = 'ended' and (select count(*) from volunteer_status s where s.volunteer_id = v.id and s.status = 'interview') <= 1`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'referee asked no more',
    operations: ['recruitment.reference.again', 'recruitment.reference.revoke'],
    told: 'gone',
    both: true,
    stage: async (players) => {
      const { cast, kims } = players
      const id = await givenCandidate(cast, await unknown(players), today())
      const { reference } = await askedReferee(cast, id)
      return {
        tries: [
          by(revokeReference, cast.kim, { id, reference }),
          by(revokeReference, kims[1] ?? cast.kim, { id, reference }),
          by(sendAgain, kims[2] ?? cast.kim, { id, reference }),
        ],
        effects: () => count(players, 'reference_request where id = $1 and revoked_at is not null', [reference]),
      }
    },
  },
  {
    kind: 'call made',
    operations: ['recruitment.campaign.add'],
    told: 'field',
    stage: async (players) => {
      const code = `kutse-${await given(players, 'select substr(md5(random()::text), 1, 8)', [])}`
      return {
        tries: await twin(players.cast, addCampaign, players.cast.kim, { ...call, code }),
        effects: () => count(players, 'campaign where code = $1', [code]),
      }
    },
  },
  {
    kind: 'call changed',
    operations: ['recruitment.campaign.change'],
    stage: async (players) => {
      const { id } = await givenCall(players)
      return {
        tries: await twin(players.cast, changeCampaign, players.cast.kim, { id, version: 1, ...call, name: why }),
        effects: () => count(players, 'campaign where id = $1 and version = 2', [id]),
      }
    },
  },
  {
    kind: 'call ended',
    operations: ['recruitment.campaign.change', 'recruitment.campaign.end'],
    both: true,
    stage: async (players) => {
      const { cast, kims } = players
      const { id } = await givenCall(players)
      return {
        tries: [
          by(endCampaign, cast.kim, { id }),
          by(endCampaign, kims[1] ?? cast.kim, { id }),
          by(changeCampaign, kims[2] ?? cast.kim, { id, version: 1, ...call }),
        ],
        effects: () => count(players, 'campaign where id = $1 and ended_at is not null', [id]),
      }
    },
  },
  {
    kind: 'target ended',
    operations: ['recruitment.target.end'],
    stage: async (players) => {
      const sought = { kind: 'recruit', people: '2', languages: ['ru'], counties: ['0045'], byOn: dayFromNow(90) }
      const { id } = await setTarget.run(players.cast.kim, sought)
      return {
        tries: await twin(players.cast, endTarget, players.cast.kim, { id, why: 'reached' }),
        effects: () => count(players, 'recruiting_target where id = $1 and ended_at is not null', [id]),
      }
    },
  },
  {
    kind: 'questions of a talk',
    operations: ['recruitment.guide.write'],
    stage: async (players) => {
      const [{ version }] = await openGuide.run(players.cast.kim, {})
      const typed = { version, et: 'Üks?', en: 'One?', ru: 'Один?' }
      return {
        tries: await twin(players.cast, writeGuide, players.cast.kim, typed),
        effects: () => count(players, 'interview_guide where version = $1', [version + 1]),
      }
    },
  },
]

const givenCall = async (players: Players) =>
  addCampaign.run(players.cast.kim, {
    ...call,
    code: `kutse-${await given(players, 'select substr(md5(random()::text), 1, 8)', [])}`,
  })
