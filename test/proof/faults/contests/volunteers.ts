// Of those who keep one support person's record at once, who wins?

import { today } from '../../../../app/core/clock.server.ts'
import { openMaterialForm, writeMaterial } from '../../../../app/materials/materials.server.ts'
import { endAway, tellAway } from '../../../../app/support/away/away.server.ts'
import { addTie, addVolunteer, makeAccount } from '../../../../app/volunteers/keeping.server.ts'
import { fieldsOf } from '../../../../app/volunteers/message/message.ts'
import { writeMessageTemplate } from '../../../../app/volunteers/message/templates.server.ts'
import { changeStatus, correctEvidence, withdrawEvidence } from '../../../../app/volunteers/papers/papers.server.ts'
import { withdrawTie } from '../../../../app/volunteers/profile/ties.server.ts'
import { dayFromNow } from '../../../substitution.ts'
import { givenVolunteer, paper } from '../../../volunteers.ts'
import { by, type Contest, count, given, type Players, twin, why } from './contest.ts'

const words = ['et', 'en', 'ru'].flatMap((locale) => [
  [`${locale}Title`, 'Näidis-pealkiri'],
  [`${locale}Body`, 'Näidis-tekst, mis on küllalt pikk.'],
])
const two = ({ kims }: Players) => kims.slice(0, 2)

export const volunteerContests: Contest[] = [
  {
    kind: 'the same person taken into the register',
    operations: ['volunteer.add'],
    told: 'field',
    stage: async (players) => {
      const name = `Näidis-Uus ${await given(players, 'select substr(md5(random()::text), 1, 12)', [])}`
      const typed = {
        name,
        phone: '+372 5550 9999',
        county: '0045',
        firstLanguage: 'et',
        languages: [],
        remote: 'no',
        car: 'unknown',
        children: 'undecided',
      }
      return {
        tries: two(players).map((kim) =>
          by(addVolunteer, kim, { ...typed, areaCounties: [], areaMunicipalities: [], personalCode: '' }),
        ),
        effects: () => count(players, 'volunteer where name = $1', [name]),
      }
    },
  },
  {
    kind: 'account of a support person',
    operations: ['volunteer.account'],
    told: 'field',
    stage: async (players) => {
      const id = await givenVolunteer(players.cast, {})
      const email = `${id}@naidis.example`
      return {
        tries: two(players).map((kim) => by(makeAccount, kim, { id, email, locale: 'et' })),
        effects: () =>
          count(
            players,
            `confirmation c join volunteer v on v.person_id = c.person_id where v.id = $1 and c.decision is null`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'where somebody stands',
    operations: ['volunteer.status'],
    told: 'field',
    stage: async (players) => {
      const id = await givenVolunteer(players.cast, {})
      const change = { id, status: 'ended', fromOn: today(), reason: why }
      return {
        tries: two(players).map((kim) => by(changeStatus, kim, change)),
        effects: () => count(players, `volunteer_status where volunteer_id = $1 and status = 'ended'`, [id]),
      }
    },
  },
  {
    kind: 'paper put right or taken out',
    operations: ['volunteer.evidence.correct', 'volunteer.evidence.withdraw'],
    told: 'gone',
    stage: async (players) => {
      const { cast, kims } = players
      const id = await givenVolunteer(cast, { evidence: [paper('pledge', '2026-01-05')] })
      const evidence = await given(players, 'select id from volunteer_evidence where volunteer_id = $1', [id])
      const right = { id, evidence, kind: 'pledge', passed: 'yes', validFrom: '06.01.2026', reason: why }
      return {
        tries: [
          by(correctEvidence, cast.kim, right),
          by(correctEvidence, kims[1] ?? cast.kim, right),
          by(withdrawEvidence, kims[2] ?? cast.kim, { id, evidence, reason: why }),
        ],
        effects: async () =>
          (await count(players, 'volunteer_evidence where id = $1 and superseded_at is not null', [evidence])) +
          Math.max(
            0,
            (await count(players, 'volunteer_evidence where volunteer_id = $1 and superseded_at is null', [id])) - 1,
          ),
      }
    },
  },
  {
    kind: 'tie told',
    operations: ['volunteer.tie'],
    told: 'field',
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from volunteer_tie')
      const tie = { id: cast.volunteer, municipality: '0511', reason: why }
      return {
        tries: [by(addTie, cast.kim, tie), by(addTie, cast.lou, tie)],
        effects: () =>
          count(players, 'volunteer_tie where volunteer_id = $1 and withdrawn_at is null', [cast.volunteer]),
      }
    },
  },
  {
    kind: 'tie taken back',
    operations: ['volunteer.tie.withdraw'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from volunteer_tie')
      await addTie.run(cast.lou, { id: cast.volunteer, municipality: '0511', reason: why })
      const tie = await given(players, 'select id from volunteer_tie', [])
      return {
        tries: [by(withdrawTie, cast.kim, { tie, why }), by(withdrawTie, cast.lou, { tie, why })],
        effects: () => count(players, 'volunteer_tie where id = $1 and withdrawn_at is not null', [tie]),
      }
    },
  },
  {
    kind: 'time away told',
    operations: ['volunteer.away.tell'],
    told: 'field',
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from volunteer_away')
      const away = { id: cast.volunteer, fromOn: dayFromNow(10), toOn: dayFromNow(20) }
      return {
        tries: [by(tellAway, cast.kim, away), by(tellAway, cast.lou, away)],
        effects: () => count(players, 'volunteer_away where volunteer_id = $1', [cast.volunteer]),
      }
    },
  },
  {
    kind: 'back before it was over',
    operations: ['volunteer.away.end'],
    stage: async (players) => {
      const { cast } = players
      await cast.admin.query('delete from volunteer_away')
      await tellAway.run(cast.lou, { id: cast.volunteer, fromOn: dayFromNow(10), toOn: dayFromNow(20) })
      const away = await given(players, 'select id from volunteer_away', [])
      return {
        tries: [by(endAway, cast.kim, { away }), by(endAway, cast.lou, { away })],
        effects: () => count(players, 'volunteer_away where id = $1 and ended_at is not null', [away]),
      }
    },
  },
  {
    kind: 'wording of a message',
    operations: ['volunteer.message.template.write'],
    stage: async (players) => {
      const template = await given(players, 'select gen_random_uuid()', [])
      const next = { template, version: '0', name: 'Näidis', ...Object.fromEntries(words) }
      return {
        tries: await twin(players.cast, writeMessageTemplate, players.cast.kim, next),
        effects: () => count(players, 'message_template where template = $1', [template]),
      }
    },
  },
  {
    kind: 'words for a situation',
    operations: ['material.write'],
    stage: async (players) => {
      const { cast } = players
      const { shown } = await openMaterialForm.run(cast.kim, { situation: 'self' })
      const next = { situation: 'self', version: `${shown.version}`, changed: why, ...fieldsOf(shown.words) }
      return {
        tries: await twin(cast, writeMaterial, cast.kim, next),
        effects: () => count(players, 'material where situation = $1 and version = $2', ['self', shown.version + 1]),
      }
    },
  },
]
