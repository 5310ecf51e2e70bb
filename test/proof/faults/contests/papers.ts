// Of those who make, sign or take back one paper at once, who wins?

import type { Question } from '../../../../app/cases/risk/instrument.ts'
import { addQuestionnaire, openQuestionnaire } from '../../../../app/cases/risk/questionnaire/questionnaire.server.ts'
import { fieldAt } from '../../../../app/cases/risk/questionnaire/questionnaire.ts'
import { today } from '../../../../app/core/clock.server.ts'
import { formatDate } from '../../../../app/i18n/format.ts'
import { locales } from '../../../../app/i18n/i18n.ts'
import { dropPaper, makePaper } from '../../../../app/papers/made/papers.server.ts'
import { signPaper } from '../../../../app/papers/signed/signed.server.ts'
import { openTemplate, writeTemplate } from '../../../../app/papers/template/templates.server.ts'
import { dayFromNow } from '../../../substitution.ts'
import { by, type Contest, count, type Players, twin, why } from './contest.ts'

const made = async ({ cast }: Players): Promise<string> =>
  (await makePaper.run(cast.kim, { id: cast.volunteer, template: 'goodwill', locale: 'et' })).paper
const signed = { signedOn: formatDate(today()) }

export const paperContests: Contest[] = [
  {
    kind: 'paper taken back',
    operations: ['paper.drop'],
    told: 'gone',
    stage: async (players) => {
      const paper = await made(players)
      return {
        tries: await twin(players.cast, dropPaper, players.cast.kim, { paper, reason: why }),
        effects: () => count(players, 'paper where id = $1 and superseded_at is not null', [paper]),
      }
    },
  },
  {
    kind: 'paper signed and taken back',
    operations: ['paper.drop', 'paper.sign'],
    told: 'gone',
    both: true,
    stage: async (players) => {
      const { cast, kims } = players
      const paper = await made(players)
      return {
        tries: [
          by(signPaper, cast.kim, { paper, ...signed }),
          by(signPaper, kims[1] ?? cast.kim, { paper, ...signed }),
          by(dropPaper, kims[2] ?? cast.kim, { paper, reason: why }),
        ],
        // What was taken back bears no signature that counts.
        effects: () =>
          count(
            players,
            `paper p where id = $1 and superseded_at is not null
             and not exists (select from paper_signed s where s.paper_id = p.id and s.superseded_at is null)`,
            [paper],
          ),
      }
    },
  },
  {
    kind: 'wording of a paper',
    operations: ['paper.template.write'],
    stage: async (players) => {
      const { versions } = await openTemplate.run(players.cast.kim, { template: 'pledge' })
      const [{ version, words }] = versions
      const next = { template: 'pledge', version, fromOn: dayFromNow(3), ...words }
      return {
        tries: await twin(players.cast, writeTemplate, players.cast.kim, next),
        effects: () => count(players, `paper_template where kind = 'pledge' and version = $1`, [version + 1]),
      }
    },
  },
  {
    kind: 'questionnaire of the risk',
    operations: ['instrument.add'],
    stage: async (players) => {
      const { cast } = players
      const form = await newVersion(players)
      const before = await count(players, 'instrument where true', [])
      return {
        tries: [cast.kim, cast.ott].map((who) => by(addQuestionnaire, who, form)),
        effects: async () => (await count(players, 'instrument where true', [])) - before,
      }
    },
  },
]

const asked = (questions: readonly Question[]) =>
  Object.fromEntries(
    questions.flatMap((one) => [
      ...locales.map((locale) => [fieldAt(locale, one.id), one[locale]]),
      ...(one.critical ? [[fieldAt('critical', one.id), 'yes']] : []),
    ]),
  )
const numbers = { highFrom: '12', mediumFrom: '8', escalationFrom: '2', note: why }
/** The next version, asking the same from a day on. */
async function newVersion({ cast }: Players) {
  const { newest } = await openQuestionnaire.run(cast.kim, {})
  return { seen: newest.id, name: newest.name, validFrom: dayFromNow(5), ...numbers, ...asked(newest.questions) }
}
