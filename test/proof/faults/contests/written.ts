// Of those who write one thing of a case at once – who she is, where, how to reach her, what is to be done – whose words stand?

import { planContact, withdrawContact } from '../../../../app/cases/contact/plan.server.ts'
import { openSafeContact, saveSafeContact } from '../../../../app/cases/contact/safe.server.ts'
import { openDiversity, saveDiversity } from '../../../../app/cases/diversity/diversity.server.ts'
import { addPerpetrator } from '../../../../app/cases/identity/another.server.ts'
import { correctPerson } from '../../../../app/cases/identity/correct.server.ts'
import { addPlace, dropPlace, openBrief, saveBrief } from '../../../../app/cases/identity/places.server.ts'
import { dropFact, tellFact } from '../../../../app/cases/links/facts.server.ts'
import { saveAssessment } from '../../../../app/cases/risk/assess.server.ts'
import { instrumentNow } from '../../../../app/cases/risk/assessments.server.ts'
import { saveSafetyPlan } from '../../../../app/cases/safety/safety-plan.server.ts'
import { withdrawPerson } from '../../../../app/cases/withdraw/withdraw.server.ts'
import { asPerson } from '../../../../app/core/db.server.ts'
import { referCase } from '../../../cases.ts'
import { dayFromNow } from '../../../substitution.ts'
import { by, type Contest, count, given, type Players, twice, twin, why } from './contest.ts'

const oleg = { relation: 'Endise abikaasa vend', givenName: 'Oleg', familyName: 'Näidis-Kask' }
const standing = (table: string) => `${table} where case_id = $1 and superseded_at is null`
const bothOf = ({ cast }: Players) => [cast.lea, cast.mall]

export const writtenContests: Contest[] = [
  {
    kind: 'what the support person is told',
    operations: ['case.brief'],
    stage: async (players) => {
      const id = await referCase(players.cast.lea)
      const { version: seen } = await openBrief.run(players.cast.lea, { id })
      return {
        tries: bothOf(players).map((who) =>
          by(saveBrief, who, { id, seen, givenName: 'Anna', safetyNote: who.name, agreedTasks: '' }),
        ),
        effects: async () => (await count(players, 'case_brief where case_id = $1', [id])) - 1,
      }
    },
  },
  {
    kind: 'how she is reached',
    operations: ['case.contact.save'],
    stage: async (players) => {
      const id = await referCase(players.cast.lea)
      const { version: seen } = await openSafeContact.run(players.cast.lea, { id })
      return {
        // The lead at two desks: how she is reached is written by the lead and by whoever brought the case.
        tries: (await twice(players.cast, players.cast.lea)).map((who, at) =>
          by(saveSafeContact, who, { id, seen, call: 'safe', codeWord: `Näidis-sõna ${at}` }),
        ),
        // Each part of it has one row that stands.
        effects: () =>
          count(
            players,
            `(select part from ${standing('safe_contact')} group by part having count(*) > 1 union all select 'one') parts`,
            [id],
          ),
      }
    },
  },
  {
    kind: 'planned contact taken back',
    operations: ['case.contact.withdraw'],
    told: 'gone',
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      await planContact.run(cast.lea, {
        id,
        channel: 'call',
        day: dayFromNow(7),
        time: '10',
        because: `${why}, mis on küllalt pikk`,
      })
      const plan = await given(players, 'select id from contact_plan where case_id = $1', [id])
      return {
        tries: await twin(cast, withdrawContact, cast.lea, { id, plan }),
        effects: () => count(players, 'contact_plan where id = $1 and withdrawn_at is not null', [plan]),
      }
    },
  },
  {
    kind: 'what is asked of her if she wants',
    operations: ['case.diversity'],
    stage: async (players) => {
      const id = await referCase(players.cast.lea)
      const { id: seen } = (await openDiversity.run(players.cast.lea, { id })).now
      return {
        tries: bothOf(players).map((who, at) =>
          by(saveDiversity, who, { id, seen, origin: at ? 'roma' : 'other', disability: 'yes', lgbt: 'unsaid' }),
        ),
        effects: () => count(players, standing('case_diversity'), [id]),
      }
    },
  },
  {
    kind: 'safety plan',
    operations: ['case.safety.save'],
    stage: async (players) => {
      const id = await referCase(players.cast.lea)
      const plan = { id, danger: why, madeWith: 'womens_centre', reviewedOn: dayFromNow(0) }
      return {
        tries: bothOf(players).map((who) => by(saveSafetyPlan, who, { ...plan, keptAt: who.name })),
        effects: () => count(players, `${standing('safe_contact')} and part = 'plan'`, [id]),
      }
    },
  },
  {
    kind: 'somebody corrected, and taken out',
    operations: ['case.person.correct', 'case.person.withdraw'],
    told: 'gone',
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      await addPerpetrator.run(cast.lea, { id, ...oleg })
      const person = await given(
        players,
        `select id from case_person where case_id = $1 and kind = 'perpetrator' order by recorded_at desc limit 1`,
        [id],
      )
      const [lea, again] = await twice(cast, cast.lea)
      return {
        tries: [
          by(correctPerson, lea, { id, person, ...oleg, givenName: 'Olev', why }),
          by(correctPerson, cast.mall, { id, person, ...oleg, givenName: 'Oskar', why }),
          by(withdrawPerson, again, { id, person, why }),
        ],
        effects: () => count(players, 'case_person where id = $1 and superseded_at is not null', [person]),
      }
    },
  },
  {
    kind: 'place that is not true any more',
    operations: ['case.place.add', 'case.place.drop'],
    told: 'either',
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      await addPlace.run(cast.lea, { id, kind: 'address', value: 'Näidis tänav 1' })
      const place = await given(players, `select id from case_whereabouts where case_id = $1 and kind = 'address'`, [
        id,
      ])
      const [lea, again] = await twice(cast, cast.lea)
      return {
        tries: [
          by(dropPlace, lea, { id, place }),
          by(addPlace, again, { id, kind: 'address', value: 'Näidis tänav 2', replaces: place }),
          by(addPlace, cast.mall, { id, kind: 'address', value: 'Näidis tänav 3', replaces: place }),
        ],
        effects: async () =>
          (await count(players, 'case_whereabouts where id = $1 and superseded_at is not null', [place])) +
          Math.max(0, (await count(players, `${standing('case_whereabouts')} and kind = 'address'`, [id])) - 1),
      }
    },
  },
  {
    kind: 'draft of an assessment made final',
    operations: ['case.assess'],
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      const { questions } = await asPerson('read', cast.lea.claim, (db) => instrumentNow(db))
      const answers = Object.fromEntries(questions.map((one) => [`answers.${one.id}`, 'no']))
      const form = { id, madeOn: dayFromNow(0), withVictim: 'yes', ...answers }
      const { id: seen } = await saveAssessment.run(cast.mall, { ...form, save: 'draft', assessor: cast.lea.id })
      return {
        tries: await twin(cast, saveAssessment, cast.lea, { ...form, save: 'final', seen }),
        effects: () => count(players, `${standing('assessment')} and state = 'final'`, [id]),
      }
    },
  },
  {
    kind: 'fact about her people dropped',
    operations: ['case.link.drop'],
    told: 'gone',
    stage: async (players) => {
      const { cast } = players
      const id = await referCase(cast.lea)
      await tellFact.run(cast.lea, { id, about: 'other', kind: 'phone', value: '5550 4321' })
      const fact = await given(
        players,
        `select item_id from case_link_key where case_id = $1 and about = 'other' limit 1`,
        [id],
      )
      return {
        tries: await twin(cast, dropFact, cast.lea, { id, fact }),
        effects: async () => 1 - (await count(players, 'case_link_key where item_id = $1', [fact])),
      }
    },
  },
]
