// Is somebody kept from a case, because she may know one of its people?
import type { Given } from './draw.ts'

/** Decision on blind links: a conflict was said, or something strongly alike was found that nobody has spoken of since. */
export function keptApart(
  { rights: { facts } }: Given,
  caseId: string | null | undefined,
  volunteer: string | null,
): boolean {
  const pairs = facts.rows('conflict_pair').filter((row) => row.case_id === caseId && row.volunteer_id === volunteer)
  return pairs.some(({ id }) => {
    const said = facts.rows('conflict_word').filter((row) => row.pair_id === id && row.kind !== 'asked')
    const last = said.toSorted((a, b) => ((a.recorded_at ?? '') < (b.recorded_at ?? '') ? -1 : 1)).at(-1)
    const found = facts.rows('conflict_link').filter((row) => row.pair_id === id && !row.gone_at)
    const strong = found.filter((row) => ['name', 'phone', 'address', 'car'].includes(row.class ?? ''))
    const open = strong.some((row) => !last || (row.found_at ?? '') > (last.recorded_at ?? ''))
    return last?.kind === 'conflict' || open
  })
}
