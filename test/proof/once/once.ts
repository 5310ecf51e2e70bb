// What comes of every form of the product that is sent many times, or again because its answer was lost?
import { type Random, randomFrom } from '../../../db/seed/random.ts'
import type { Actor } from '../matrix/actors.ts'
import { bodyOf } from '../matrix/bodies.ts'
import { expectedOf } from '../matrix/expectations.ts'
import type { Target } from '../matrix/matrix.ts'
import { type Place, placesOf } from '../matrix/places.ts'
import { rehearse } from '../matrix/rehearse.ts'
import type { Things } from '../matrix/world/thing.ts'
import type { Answer, Desk, Form } from './desk.ts'
import { difference, type Effects, effectsSince, momentOf } from './effects.ts'

/** `many`: at once · `left`: whoever sent it was gone before the answer · `lost`: it was kept, and the line to the database broke before anybody heard. */
const ways = ['many', 'left', 'lost'] as const
type Way = (typeof ways)[number]

export type OnceFigures = {
  groups: number
  sent: number
  addresses: Set<string>
  byWay: Record<Way, number>
  wrong: string[]
}
export const nothingSent = (): OnceFigures => ({
  ...{ groups: 0, sent: 0, addresses: new Set<string>(), wrong: [] },
  byWay: { many: 0, left: 0, lost: 0 },
})

/** A form that was sent once and had its effect: what came of it. */
export type Step = { address: string; who: string; form: Form; answer: Answer; effects: Effects }
type World = { targets: Target[]; actors: Actor[]; things: Things }

const mostTries = 5

/** Sends each form once, by the first of those who may whose words are taken – which a rehearsal tells. The `nth` time others begin, and other forms. */
export async function sendOnce(desk: Desk, { targets, actors, things }: World, nth: number): Promise<Step[]> {
  const steps: Step[] = []
  for (const target of turned(targets, nth * 37)) {
    const may = actors.flatMap((who) =>
      placesOf(target.address, target.method, things)
        .filter((place) => isTheirs(target, who, place))
        .map((place) => ({ who, place })),
    )
    for (const { who, place } of turned(may, nth * 3).slice(0, mostTries)) {
      const form = { path: place.path, cookie: who.cookie ?? '', body: String(bodyOf(target.page, who, things)) }
      if ((await rehearse(() => desk.send(form))).status !== 303) continue
      const before = await momentOf(desk.admin)
      const answer = await desk.send(form)
      if (answer.status !== 303 || !(await hasKey(desk, form))) break
      const effects = await effectsSince(desk.admin, before)
      steps.push({ address: target.address, who: who.name, form, answer, effects })
      break
    }
  }
  return steps
}

const isTheirs = (target: Target, who: Actor, place: Place) =>
  who.standing === 'live' && expectedOf({ ...target, who, place }) === 'may'

const turned = <V>(list: readonly V[], by: number): V[] => {
  const from = list.length > 0 ? by % list.length : 0
  return [...list.slice(from), ...list.slice(0, from)]
}

async function hasKey(desk: Desk, form: Form): Promise<boolean> {
  const key = new URLSearchParams(form.body).get('_once')
  const { rowCount } = await desk.admin.query('select 1 from once where key = $1', [key])
  return rowCount === 1
}

/** The same forms in the same order in a world that was the same, each many times; what comes of it must be what came of sending it once. */
export async function sendAgain(desk: Desk, steps: readonly Step[], figures: OnceFigures, seed: number): Promise<void> {
  const random = randomFrom(seed)
  for (const step of steps) {
    const way = ways[figures.groups % ways.length] ?? 'many'
    const before = await momentOf(desk.admin)
    const answers = await sendBy(way, desk, step.form, random)
    const effects = await effectsSince(desk.admin, before)
    figures.groups++
    figures.sent += answers.length
    figures.addresses.add(step.address)
    figures.byWay[way]++
    const fault = faultOf(way, step, answers) || difference(effects, step.effects)
    if (fault) figures.wrong.push(`${step.address} × ${step.who}, ${way}: ${fault}`)
  }
}

async function sendBy(way: Way, desk: Desk, form: Form, random: Random): Promise<Answer[]> {
  if (way === 'many') return Promise.all(Array.from({ length: random.whole(2, 10) }, () => desk.send(form)))
  if (way === 'left') {
    await desk.sendAndLeave(form, random.whole(0, 20))
    return [await desk.send(form), await desk.send(form)]
  }
  desk.line.loseNext = true
  const first = await desk.send(form)
  desk.line.loseNext = false
  return [first, await desk.send(form), await desk.send(form)]
}

const masked = (answer: Answer) =>
  JSON.stringify(answer).replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')

/** Whoever sent one of these has another session afterwards, or none: sent again it is told so, and nothing more is done. */
const leaves = ['/account/sessions/end', '/substitution/:id/begin', '/substitution/back', '/account/password']
const isOut = ({ status, headers }: Answer) => status === 303 && /^location: \/sign-in/m.test(headers)
/** Whoever ended at the desk what was lent to her sits at her own: sent again she is told that it was kept. */
const ends = '/substitution/:id/end'
const isBack = ({ status, headers }: Answer) =>
  status === 303 && /^set-cookie: said=core.form.sentBefore/m.test(headers)
const isElsewhere = (address: string, answer: Answer) =>
  (leaves.includes(address) && isOut(answer)) || (address === ends && isBack(answer))

/** All answers are the same to the byte, and the same as to one who sent it once, but for the numbers of what was made. */
function faultOf(way: Way, step: Step, answers: Answer[]): string {
  const [first, ...rest] = answers
  const heard = way === 'lost' ? rest : answers
  const told = heard.filter((answer) => !isElsewhere(step.address, answer))
  if (way === 'lost' && !isHonest(first, step.form)) return `answered ${first?.status} to what nobody could know`
  if (new Set(told.map((answer) => JSON.stringify(answer))).size > 1) return `answers differ: ${statuses(answers)}`
  if (told[0] && masked(told[0]) !== masked(step.answer)) return `${statuses(answers)}, not ${step.answer.status}`
  return ''
}

const statuses = (answers: Answer[]) => answers.map(({ status }) => status).join(' ')

/** It says that nobody knows, where help is to be had, and holds the same form again – unless that would repeat a secret. */
function isHonest(answer: Answer | undefined, form: Form): boolean {
  const key = new URLSearchParams(form.body).get('_once') ?? ''
  const again = answer?.body.includes(key) || answer?.body.includes('laadi see leht uuesti')
  return answer?.status === 503 && /retry-after: 30/.test(answer.headers) && /112/.test(answer.body) && again === true
}
