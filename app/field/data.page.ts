// At which addresses does a device fetch and send, and what is it answered?
import { rulesWords } from '../cases/contact/contact-words.ts'
import { markKept } from '../core/answer/kept-here.ts'
import type { Page } from '../core/page.tsx'
import { csrfToken } from '../core/session.server.ts'
import { formatHours, formatMoney } from '../i18n/format.ts'
import type { Key, T } from '../i18n/i18n.ts'
import { data } from './answers.ts'
import { isToken, makeDevice, openRules, standingOf } from './devices.server.ts'
import { sendOuting, sendReport, sendVisit } from './entries.server.ts'
import type { Refusal } from './entry.ts'
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

export const sendVisitPage = data(sendVisit, 'post', async ({ me, t, values }) =>
  inWords(t, await sendVisit.run(me, values)),
)

export const sendOutingPage = data(sendOuting, 'post', async ({ me, t, values }) =>
  inWords(t, await sendOuting.run(me, values)),
)

export const sendReportPage = data(sendReport, 'post', async ({ me, t, values }) =>
  inWords(t, await sendReport.run(me, values)),
)

function inWords(t: T, done: { taken: true; danger: boolean } | Refusal) {
  if ('taken' in done) return { taken: true, danger: done.danger }
  const { contacts = 0, minutesSum = 0, expenseCents = 0 } = done.again
  const figures = { count: contacts, hours: formatHours(minutesSum), money: formatMoney(expenseCents) }
  return { ...done, said: t(`field.refused.${done.refused}`, figures) }
}
