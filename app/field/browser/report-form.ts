// How is a month's report written where there is no network, on the figures that she has before her?

import { entriesOf, keepEntry, tryAgain } from '../kept/outbox.ts'
import type { Month } from '../kept/sync.ts'
import type { App } from './app.ts'
import { dayOf, saidMonth } from './days.ts'
import { find, onSend, put, refill, sayAt, screenOf, show, valuesOf } from './dom.ts'
import { sumsOf, sumsWords } from './home.ts'

export function answerReport(app: App, after: () => unknown): void {
  onSend(app.root, 'report', (form, pressed) => save(app, valuesOf(form), pressed, after))
}

/** One that waits here is written on, and not written a second time. */
export async function showReport(app: App, month: Month): Promise<void> {
  const { keep, root } = app
  if (!keep) return
  const mine = ++app.asked
  const entries = await entriesOf(keep)
  // It may have been locked while this was read.
  if (app.keep !== keep || mine !== app.asked) return
  const of = entries.find(({ kind, values }) => kind === 'report' && values.month === month.month) ?? null
  app.reporting = { month, of }
  const screen = screenOf(root, 'report')
  put(screen, 'name', saidMonth(month.month, app.words.locale))
  put(screen, 'sums', sumsWords(app, sumsOf(month, entries)))
  put(screen, 'wrong', '')
  const known = { summary: month.summary ?? '', supervisionNeed: month.need }
  refill(find<HTMLFormElement>(screen, 'form'), of ? { ...known, ...of.values } : known)
  show(root, 'report')
}

const lastDay = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

async function save(app: App, values: Record<string, string>, pressed: string, after: () => unknown): Promise<void> {
  const { keep, words } = app
  if (!keep || !app.reporting) return
  const { month, of } = app.reporting
  const step = pressed === 'submit' ? 'submit' : 'save'
  const early = step === 'submit' && dayOf(Date.now()) < lastDay(month.month)
  const wrong = early ? words.monthRuns : step === 'submit' && !values.summary?.trim() ? words.summary : ''
  const form = find<HTMLFormElement>(screenOf(app.root, 'report'), 'form')
  put(form, 'wrong', '')
  if (wrong) return sayAt(form, early ? 'step' : 'summary', wrong)
  const { contacts, minutes: minutesSum, expenseCents } = sumsOf(month, await entriesOf(keep))
  const { summary, supervisionNeed } = values
  const said = { month: month.month, summary, supervisionNeed, step, contacts, minutesSum, expenseCents }
  if (of) await tryAgain(keep, of, said)
  else
    await keepEntry(keep, {
      ...{ id: crypto.randomUUID(), kind: 'report', madeAt: Date.now(), refused: null },
      values: { ...said, version: month.version },
    })
  app.reporting = null
  form.reset()
  after()
}
