// Which cases are there in the world of the matrix, and which words of theirs stand nowhere else?
import { randomUUID } from 'node:crypto'
import { sealPicture } from '../../../../app/cases/basis/proof.server.ts'
import { planContact } from '../../../../app/cases/contact/plan.server.ts'
import { addPlace } from '../../../../app/cases/identity/places.server.ts'
import { saveAssessment } from '../../../../app/cases/risk/assess.server.ts'
import { instrumentNow } from '../../../../app/cases/risk/assessments.server.ts'
import { today } from '../../../../app/core/clock.server.ts'
import { asPerson } from '../../../../app/core/db.server.ts'
import { openVault } from '../../../../app/core/seal.server.ts'
import type { Person } from '../../../../app/core/user.ts'
import { answerConcern } from '../../../../app/support/concern/concerns.server.ts'
import { planNext } from '../../../../app/support/next/next.server.ts'
import { logVisit } from '../../../../app/support/visit/visits.server.ts'
import { type Changes, referCase } from '../../../cases.ts'
import type { Cast } from '../../../cast.ts'
import { searchedFor } from '../../../outing.ts'
import { dayFromNow } from '../../../substitution.ts'
import { usualVisit } from '../../../support.ts'
import type { Others } from '../actors.ts'
import type { Things } from './thing.ts'

type CaseFacts = {
  network: 'ida' | 'harju'
  /** Who helps in it, who guides the helper, and how far that has come. */
  helper: 'lou' | 'vera'
  supervisor: 'sirje' | 'siim'
  support: 'active' | 'ended' | 'proposed'
  /** Before it stands a wall for everybody but Mall. */
  walled: boolean
  /** It stands on no agenda, and nothing in it is anybody's but the lead's: Mall is not invited yet. */
  uninvited?: boolean
}
export type CaseThing = CaseFacts & { name: string; ids: Record<string, string>; words: Record<string, string> }

// Where her word says other hours, there is a reason.
const tenOClock = { time: '10', because: 'Näidis-põhjus, mis on küllalt pikk' }

const of = (given: Partial<CaseFacts> = {}): CaseFacts => ({
  ...{ network: 'ida', helper: 'lou', supervisor: 'sirje', support: 'active', walled: false },
  ...given,
})
const harju = { network: 'harju', helper: 'vera', supervisor: 'siim' } as const

/** Every relation somebody can have to a case is there once for each stage of the help in it. */
const caseFacts: Record<string, CaseFacts> = {
  own: of(),
  foreign: of(harju),
  walled: of({ walled: true }),
  ended: of({ support: 'ended', uninvited: true }),
  asked: of({ support: 'proposed' }),
  askedForeign: of({ ...harju, support: 'proposed' }),
  askedWalled: of({ support: 'proposed', walled: true }),
}

/** A personal code that counts right; nobody has it: such serial numbers are not given out. */
function codeOf(serial: number): string {
  const ten = `6000101${String(700 + serial).padStart(3, '0')}`
  const sum = (from: number) =>
    [...ten].reduce((total, digit, at) => total + Number(digit) * (((at + from) % 9) + 1), 0)
  const first = sum(0) % 11
  const check = first < 10 ? first : sum(2) % 11
  return `${ten}${check < 10 ? check : 0}`
}

export async function openCases(cast: Cast, others: Others): Promise<CaseThing[]> {
  const made: CaseThing[] = []
  for (const [name, facts] of Object.entries(caseFacts))
    made.push(await openOne(cast, others, name, facts, made.length))
  return made
}

async function openOne(cast: Cast, others: Others, name: string, facts: CaseFacts, at: number): Promise<CaseThing> {
  const lead = facts.network === 'ida' ? cast.lea : cast.max
  const words = wordsOf(name, at, facts)
  const id = await referCase(lead, typedOf(words))
  await addPlace.run(lead, { id, kind: 'address', value: words.address })
  await assess(lead, id, words.judgement ?? '')
  await planContact.run(lead, { id, channel: 'call', day: dayFromNow(3), ...tenOClock })
  const ids = { id, ...(await needsOf(cast, others, id, facts)) }
  if (facts.support !== 'proposed') Object.assign(ids, await help(cast, others, ids, facts, words))
  const pictured = await givePicture(cast, lead, id)
  // As after a case that was closed.
  await cast.admin.query(
    `insert into case_task (network_id, case_id, kind, due_on) select network_id, id, 'follow-up', current_date from case_file where id = $1`,
    [id],
  )
  const { rows } = await cast.admin.query(
    `select number, (select id from case_person where case_id = c.id and kind = 'victim') as item, (select id from case_person where case_id = c.id and kind = 'victim') as person,
       (select id from case_person where case_id = c.id and kind = 'perpetrator') as other, (select id from case_whereabouts where case_id = c.id and kind = 'address') as address,
       (select id from case_person where case_id = c.id and kind = 'adult') as adult, (select id from case_whereabouts where case_id = c.id and kind = 'adult_contact') as "adultContact",
       (select id from case_task where case_id = c.id and done_at is null and kind <> 'follow-up' limit 1) as task,
       (select id from case_task where case_id = c.id and kind = 'follow-up') as "followUp",
       (select id from contact_plan where case_id = c.id and assignment_id is null) as "contactPlan",
       (select id from case_basis where case_id = c.id and picture_sealed is null limit 1) as word,
       coalesce((select id from contact_plan where case_id = c.id and assignment_id is not null and channel = 'call'), gen_random_uuid()) as "nextPlan",
       (select id from case_whereabouts where case_id = c.id and kind = 'safe_contact') as place, (select id from assessment where case_id = c.id limit 1) as assessment
     from case_file c where id = $1`,
    [id],
  )
  const { number, ...more } = rows[0] as Record<string, string>
  return { name, ...facts, ids: { ...ids, ...more, pictured }, words: { ...words, number: number ?? '' } }
}

/** Her word once more, with a picture of what proves it. */
async function givePicture(cast: Cast, lead: Person, caseId: string): Promise<string> {
  const word = randomUUID()
  const vault = await asPerson('write', lead.claim, (db) => openVault(db, caseId))
  await cast.admin.query(
    `insert into case_basis (network_id, case_id, id, kind, on_date, way, recorded_by, picture_sealed)
     select network_id, case_id, $2, kind, on_date, way, recorded_by, $3 from case_basis where case_id = $1 order by recorded_at limit 1`,
    [caseId, word, sealPicture(vault, word, Buffer.from('x'))],
  )
  return word
}

function wordsOf(name: string, at: number, { support }: CaseFacts): Record<string, string> {
  const written = support === 'proposed' ? '' : ' note answer reach'
  const kinds = `given family relation otherGiven otherFamily way answers codeWord feared mayTell mayNotTell kin threat kinName kinWay address safety tasks why told judgement${written}`
  const own = kinds.split(' ').map((kind) => [kind, `Kanaar-${kind}-${name}`])
  return { ...Object.fromEntries(own), code: codeOf(at * 2), otherCode: codeOf(at * 2 + 1) }
}

function typedOf(word: Record<string, string>): Changes {
  const say = (name: string) => word[name] ?? ''
  return {
    victim: {
      givenName: say('given'),
      familyName: say('family'),
      nationalId: say('code'),
      birthYear: '2000',
      sex: 'F',
    },
    perpetrator: {
      relation: say('relation'),
      givenName: say('otherGiven'),
      familyName: say('otherFamily'),
      nationalId: say('otherCode'),
    },
    children: { childCount: '1', birthYears: '2014', told: 'yes', toldOn: '01.11.2026', toldWhom: say('told') },
    others: {
      anyAdult: 'yes',
      ...{ relation: say('kin'), atRisk: say('threat'), givenName: say('kinName'), contact: say('kinWay') },
    },
    contact: { way: say('way'), call: 'safe', in_person: 'safe', mayAnswer: say('answers'), codeWord: say('codeWord') },
    hours: { workdays: '0–24', sat: '0–24', sun: '0–24' },
    fear: { feared: say('feared'), tellSupport: '', mayTell: say('mayTell'), mayNotTell: say('mayNotTell') },
    brief: { safetyNote: say('safety'), agreedTasks: say('tasks') },
    reason: { why: say('why') },
  }
}

async function assess(lead: Person, id: string, judgementReason: string) {
  const { questions } = await asPerson('read', lead.claim, (db) => instrumentNow(db))
  const answers = Object.fromEntries(questions.map((question) => [`answers.${question.id}`, 'no']))
  const day = today().split('-').reverse().join('.')
  const judged = { judgedHigh: 'yes', judgementReason, madeOn: day, withVictim: 'yes', save: 'final' }
  await saveAssessment.run(lead, { id, ...judged, ...answers })
}

// A need that was answered (or is being asked), and one that is still open.
async function needsOf(cast: Cast, others: Others, id: string, facts: CaseFacts): Promise<Record<string, string>> {
  const [covered, need, assignment] = [randomUUID(), randomUUID(), randomUUID()]
  const volunteer = facts.helper === 'lou' ? cast.volunteer : await volunteerOf(cast, others.vera.id)
  const supervisor = facts.supervisor === 'sirje' ? cast.sirje.id : others.siim.id
  const asked = facts.support === 'proposed'
  const add = `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, status, created_by)
    select network_id, id, $2, number, county_code, 'et', $4::date, 8, $3, $5 from case_file where id = $1`
  await cast.admin.query(add, [id, covered, asked ? 'proposed' : 'covered', dayFromNow(-60), cast.kim.id])
  await cast.admin.query(add, [id, need, 'open', dayFromNow(5), cast.kim.id])
  await cast.admin.query(
    `insert into assignment (network_id, case_id, id, need_id, number, volunteer_id, supervisor_id, chosen_by_solver, load_before, status, start_on, created_by)
     select network_id, id, $2, $3, number, $4, $5, true, 0, $6, $7::date, $8 from case_file where id = $1`,
    [
      ...[id, assignment, covered, volunteer, supervisor, asked ? 'proposed' : 'active'],
      ...[asked ? null : dayFromNow(-60), cast.kim.id],
    ],
  )
  return { covered, need, assignment, volunteer }
}

const volunteerOf = async (cast: Cast, person: string) =>
  (await cast.admin.query('select id from volunteer where person_id = $1', [person])).rows[0].id as string

// A visit with a worry that was answered; where the help has ended it ends after that.
async function help(
  cast: Cast,
  others: Others,
  ids: Record<string, string>,
  facts: CaseFacts,
  words: Record<string, string>,
): Promise<Record<string, string>> {
  const helper = facts.helper === 'lou' ? cast.lou : others.vera
  const lead = facts.network === 'ida' ? cast.lea : cast.max
  const visited = { ...usualVisit, assignment: ids.assignment, day: today(), note: words.note, danger: 'yes' }
  const { id: visit, concernId } = await logVisit.run(helper, visited)
  await planNext.run(helper, { id: ids.assignment, channel: 'call', day: dayFromNow(3), ...tenOClock })
  const outing = await searchedFor(cast, helper, ids.assignment ?? '', words.reach ?? '')
  // And one of the month that is reported.
  await logVisit.run(helper, { ...visited, day: dayFromNow(-30), danger: undefined })
  await answerConcern.run(lead, { id: concernId, answer: words.answer })
  if (facts.support === 'ended')
    await cast.admin.query(`update assignment set status = 'ended', end_on = current_date where id = $1`, [
      ids.assignment,
    ])
  return { visit, concern: concernId ?? '', outing }
}

/** Mall alone may see what she saw before; for everybody else of the world there is nothing any more. */
export async function raiseWalls(cast: Cast, cases: CaseThing[], people: string[]): Promise<void> {
  for (const { ids } of cases.filter(({ walled }) => walled))
    await cast.admin.query(
      `insert into wall (person_id, network_id, case_id, number, source, fact, set_at)
       select p, c.network_id, c.id, c.number, 'own-code', gen_random_uuid(), now() - interval '1 minute' from unnest($2::uuid[]) p, case_file c where c.id = $1`,
      [ids.id, people],
    )
}

export function thingsOfCases(cases: CaseThing[]): Things {
  const things = cases.map(({ name, ids, words: said, ...facts }) => ({ name, ids, words: said, facts }))
  // What is sealed of a case, one by one.
  const items = things.flatMap(({ name, ids, facts }) =>
    (['item', 'other', 'adult', 'address', 'place', 'adultContact'] as const).map((item) => ({
      name: `${item} of ${name}`,
      ids: {
        ...ids,
        item: ids[item] ?? '',
        what: ['item', 'other', 'adult'].includes(item) ? 'identity' : 'whereabouts',
      },
      facts,
    })),
  )
  return { cases: things, helped: things.filter(({ ids }) => ids.visit), items }
}
