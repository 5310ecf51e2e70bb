// At which addresses does a device fetch and send, and what is it answered?
import type { Context } from 'hono'
import { rulesWords } from '../cases/contact/contact-words.ts'
import { untilEven } from '../core/answer/even.server.ts'
import { markKept } from '../core/answer/kept-here.ts'
import { Refused, Unavailable } from '../core/errors.ts'
import { log } from '../core/log.server.ts'
import type { Operation } from '../core/operation.server.ts'
import { type Env, named, type Page, signedIn } from '../core/page.tsx'
import { csrfToken, whoBears } from '../core/session.server.ts'
import type { Person } from '../core/user.ts'
import { formatHours, formatMoney } from '../i18n/format.ts'
import { type Key, type T, translator } from '../i18n/i18n.ts'
import { data, refusalOf } from './answers.ts'
import { isToken, makeDevice, openRules, standingOf } from './devices.server.ts'
import { openSending, sendOuting, sendReport, sendVisit } from './entries.server.ts'
import { type Refusal, type SentEntry, SentTogether } from './entry.ts'
import { openCard, openState } from './state.server.ts'

export const rulesPage = data(openRules, 'get', async ({ me }) => ({
  csrf: csrfToken(me),
  ...(await openRules.run(me, {})),
}))

export const newDevicePage = data(makeDevice, 'post', async ({ c, me, values }) => {
  const made = await makeDevice.run(me, values)
  markKept(c, true)
  return made
})

/** The device's own question, also where nobody has signed in: may I keep what I have? It shows its token and nothing else. */
export const standsPage: Page = {
  operations: [],
  post: async (c) => {
    const { token, emptied } = c.get('values')
    // Whoever lost half of the question on the way must not take the answer for an order to forget.
    if (!isToken(token)) return c.json({}, 422)
    const supports = await standingOf(token, emptied === true)
    markKept(c, supports !== null)
    return c.json({ stands: supports !== null, supports: supports ?? [] })
  },
}

export const statePage = data(openState, 'get', async ({ me, values }) => ({
  csrf: csrfToken(me),
  ...(await openState.run(me, values)),
}))

export const cardPage = data(openCard, 'get', async ({ me, t, values }) => {
  const { of, language, tasks, safetyNote, rules } = await openCard.run(me, values)
  const { id, number, startOn } = of
  return {
    ...{ id, number, startOn, tasks, safetyNote },
    language: language ? t(`cases.language.${language}` as Key) : null,
    contact: rules ? rulesWords(t, rules) : t('cases.safe.unknown'),
  }
})

type Answers = { results: { entry: string; status: number; body: object }[]; over?: true }

/** Several at once, one after the other: what becomes of one is nothing to the others, and each has an answer of its own. */
export const sendEntriesPage: Page = {
  operations: [sendVisit, sendOuting, sendReport, openSending].map((one) => one as unknown as Operation),
  post: async (c) => {
    const [me, params] = [signedIn(c), c.req.param()]
    await openSending.run(me, params).catch(named(params))
    const sent = SentTogether.safeParse(c.get('values'))
    if (!sent.success) return c.json({}, 422)
    const answers = await answersTo(c, me, sent.data.entries)
    if (answers.results.some(({ status }) => status === 404)) await untilEven(c.get('began'))
    return c.json(answers)
  },
}

const takers = { visit: sendVisit, outing: sendOuting, report: sendReport }

// A device waits for fifteen seconds. What there was no time for has no answer, and is asked again.
const patience = 8_000

async function answersTo(c: Context<Env>, me: Person, entries: readonly SentEntry[]): Promise<Answers> {
  const [t, { device = '' }, began] = [translator(c.get('locale')), c.req.param(), performance.now()]
  const results: Answers['results'] = []
  for (const { kind, ...values } of entries) {
    if (performance.now() - began > patience) break
    const input = { ...values, device }
    try {
      const taking = takers[kind].run(me, input)
      results.push({ entry: values.entry, status: 200, body: inWords(t, await taking.catch(named({ device }))) })
    } catch (error) {
      const told = refusalOf(t, error)
      const hers = told?.status === 409 || told?.status === 422
      // Whoever has signed out meanwhile finds nothing either: that is no word about what she wrote.
      if (!hers && !(await whoBears(me.claim))) return { results, over: true }
      if (error instanceof Refused || error instanceof Unavailable) throw error
      if (told) results.push({ entry: values.entry, ...told })
      else log('field-entry-failed', { error })
    }
  }
  return { results }
}

function inWords(t: T, done: { taken: true; danger: boolean } | Refusal) {
  if ('taken' in done) return { taken: true, danger: done.danger }
  const { contacts = 0, minutesSum = 0, expenseCents = 0 } = done.again
  const figures = { count: contacts, hours: formatHours(minutesSum), money: formatMoney(expenseCents) }
  return { ...done, said: t(`field.refused.${done.refused}`, figures) }
}
