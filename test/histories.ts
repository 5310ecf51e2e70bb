// How does a test get many needs with every kind of past, written down in time or much later?
import { randomUUID } from 'node:crypto'
import { addDays } from '../app/core/calendar/working-days.ts'
import type { Random } from '../db/seed/random.ts'
import type { Cast } from './cast.ts'

type Word = { kind: string; on: string; late: number }

/** From offered to closed, with or without a support person, over `days` from `first`; each word written down on its day or up to ninety days later. */
function pastOf(random: Random, first: string, days: number): { words: Word[]; help: Word[] } {
  let on = addDays(first, random.whole(0, days))
  const then = () => {
    on = addDays(on, random.whole(0, 90))
    return on
  }
  let late = 0
  // What is written down later is never written down before what came before it.
  const word = (kind: string, day: string): Word => {
    late = Math.max(late, random.chance(0.2) ? random.whole(1, 90) : 0)
    return { kind, on: day, late }
  }
  const words = [word('offered', on)]
  const help: Word[] = []
  if (random.chance(0.15)) return { words: [...words, word('declined', then())], help }
  words.push(word('opened', then()))
  if (random.chance(0.7)) {
    help.push(word('proposed', then()), word('accepted', then()))
    if (random.chance(0.7)) help.push(word('ended', then()))
  } else if (random.chance(0.5)) {
    words.push(word('closed', then()))
    if (random.chance(0.3)) words.push(word('reopened', then()))
  }
  return { words, help }
}

/** So many needs of Ida-Viru, each of a case of its own, with Lou where somebody helped. */
export async function putHistories(
  cast: Cast,
  random: Random,
  count: number,
  first: string,
  days: number,
): Promise<void> {
  for (let at = 0; at < count; at++) {
    const [caseId, need, assignment] = [randomUUID(), randomUUID(), randomUUID()]
    const number = `M-2019-${String(100 + at)}`
    const base = [cast.networks.ida, caseId]
    const { words, help } = pastOf(random, first, days)
    await cast.admin.query(
      `insert into case_file (network_id, id, number, county_code, language, source, referred_on, legal_basis, created_by)
       values ($1, $2, $3, '0045', 'et', 'police', $4, 'imported', $5)`,
      [...base, number, first, cast.lea.id],
    )
    await cast.admin.query(
      `insert into need (network_id, case_id, id, number, county_code, language, from_on, months, created_by)
       values ($1, $2, $3, $4, $5, 'et', $6, 6, $7)`,
      [...base, need, number, random.pick(['0045', '0037']), first, cast.lea.id],
    )
    const at10 = (word: Word) => [word.on, `${addDays(word.on, word.late)} 10:00`]
    for (const word of words)
      await cast.admin.query(
        `insert into need_event (network_id, case_id, need_id, kind, on_date, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $6, $5, $7)`,
        [...base, need, word.kind, cast.lea.id, ...at10(word)],
      )
    if (help.length > 0)
      await cast.admin.query(
        `insert into assignment (network_id, case_id, id, need_id, number, volunteer_id, chosen_by_solver, load_before, created_by)
         values ($1, $2, $3, $4, $5, $6, true, 0, $7)`,
        [...base, assignment, need, number, cast.volunteer, cast.kim.id],
      )
    for (const word of help)
      await cast.admin.query(
        `insert into assignment_event (network_id, case_id, assignment_id, kind, on_date, no_conflict_declared, reason_code, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $6, $4 = 'accepted', case $4 when 'ended' then $8 end, $5, $7)`,
        [...base, assignment, word.kind, cast.kim.id, ...at10(word), random.pick(['goal_reached', 'handover'])],
      )
  }
}
