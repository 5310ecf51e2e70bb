// What is half written and kept on the device: how does its owner see it, go on with it, and throw it away?

import { exchange, get, type Keep } from '../kept/keep.ts'
import type { App } from './app.ts'
import { dayOf, saidDay } from './days.ts'
import { fill, pattern, put } from './dom.ts'
import { type Draft, dayMeant, stackOf, type Typed, withFirst, without } from './half-written.ts'

/** The one name under which all of it is kept. */
export const half = 'draft'

/** What was half written last; one that an older page has kept says less. */
export async function halfWritten(keep: Keep): Promise<Draft | null> {
  const draft = await get<Partial<Draft> & { values: Typed }>(keep, half)
  return draft && { of: null, on: dayOf(Date.now()), before: null, ...draft }
}

const keepHalf = (keep: Keep, draft: Draft | null): Promise<void> =>
  exchange(keep, draft ? { put: [[half, draft]] } : { drop: [half] })

export const lengthWords = ({ words }: App, { way = '', minutes, ownMinutes }: Typed): string => {
  const count = minutes === 'own' ? ownMinutes : minutes
  return [words.ways[way]?.toLowerCase(), count && fill(words.minutes, { count })].filter(Boolean).join(', ')
}

export function whenWords(app: App, { values, on }: Draft): string {
  const day = dayMeant(values, on)
  return [day && saidDay(day), lengthWords(app, values)].filter(Boolean).join(', ')
}

/** All that is in it, and of her own words only how many letters: somebody may look over her shoulder. */
function whatWords(app: App, draft: Draft): string {
  const { words } = app
  const { note = '', expense = '', danger } = draft.values
  const count = [...note.trim()].length
  const parts = [
    whenWords(app, draft),
    count > 0 && fill(words.half.note, { count }),
    expense.trim() && `${expense.trim()} €`,
    danger && words.danger,
  ]
  return parts.filter(Boolean).join(', ')
}

/** What the next press loses. Of an entry that came back only what was changed in it. */
export const sureWords = (app: App, draft: Draft): string =>
  fill(draft.of ? app.words.half.sureChanges : app.words.half.sure, { what: whatWords(app, draft) })

type Steps = { open: () => unknown; thrown: () => unknown }

/** A card for each of them, the newest first. */
export const halfCards = (app: App, draft: Draft | null, steps: Steps): HTMLElement[] =>
  stackOf(draft).map((one, nth) => cardOf(app, one, nth, steps))

function cardOf(app: App, draft: Draft, nth: number, { open, thrown }: Steps): HTMLElement {
  const one = pattern(app.root, 'half')
  const mark = `${half}/${nth}`
  const sure = () => put(one, 'sure', app.discarding === mark ? sureWords(app, draft) : '')
  put(one, 'what', whatWords(app, draft))
  sure()
  const change = async (how: typeof without) => {
    const { keep } = app
    if (keep) await keepHalf(keep, how(await halfWritten(keep), nth))
  }
  one.querySelector('[data-do="go-on"]')?.addEventListener('click', async () => {
    if (nth > 0) await change(withFirst)
    open()
  })
  one.querySelector('[data-do="throw"]')?.addEventListener('click', async () => {
    if (app.discarding !== mark) {
      app.discarding = mark
      return sure()
    }
    app.discarding = null
    await change(without)
    thrown()
  })
  return one
}
