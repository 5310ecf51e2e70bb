// What is a contest: one thing that several decide at once, and of whom one is heard?
import type { Person } from '../../../app/core/user.ts'
import type { Cast } from '../../cast.ts'

/** What is sent at once, and how many effects there are afterwards: exactly one is right. */
export type Staged = { tries: (() => Promise<unknown>)[]; effects: () => Promise<number> }
/** The cast, a second administrator, and Kim at three desks at once. */
export type Players = { cast: Cast; olev: Person; kims: Person[] }
export type Contest = {
  kind: string
  /** The operations that meet in it, by their names in the log. */
  operations: string[]
  /** For whom it is over it is not there any more: then that is what they are told. */
  gone?: true
  stage: (players: Players, race: number) => Promise<Staged>
}

export async function count({ cast }: Players, from: string, values: unknown[]): Promise<number> {
  const { rows } = await cast.admin.query<{ n: number }>(`select count(*)::int as n from ${from}`, values)
  return rows[0]?.n ?? 0
}

export const why = 'Näidis-põhjus'
