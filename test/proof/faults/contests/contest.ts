// What is a contest: one thing that several decide at once, and of whom one is heard?
import type { Person } from '../../../../app/core/user.ts'
import { type Cast, signIn } from '../../../cast.ts'

type Runs = { name: string; run: (me: Person, raw: unknown) => Promise<unknown> }
/** What one of them sends, and by which operation. */
export type Try = (() => Promise<unknown>) & { operation: string }
export const by = (operation: Runs, who: Person, input: unknown): Try =>
  Object.assign(() => operation.run(who, input), { operation: operation.name })

/** What is sent at once, and how many effects there are afterwards: exactly one is right. */
export type Staged = { tries: Try[]; effects: () => Promise<number> }
/** The cast, a second administrator, and Kim at three desks at once. */
export type Players = { cast: Cast; olev: Person; kims: Person[] }
export type Contest = {
  kind: string
  /** The operations that meet in it, by their names in the log. */
  operations: string[]
  /** For whom it is over it is not there any more, or there is nothing left to choose: then that is what they are told. */
  told?: 'gone' | 'field' | 'either'
  /** One after the other both may be heard; what is kept is still one thing, and it is what was said last. */
  both?: true
  stage: (players: Players, race: number) => Promise<Staged>
}

export async function count(
  { cast }: Pick<Players, 'cast'>,
  from: string,
  values: readonly unknown[],
): Promise<number> {
  const { rows } = await cast.admin.query<{ n: number }>(`select count(*)::int as n from ${from}`, [...values])
  return rows[0]?.n ?? 0
}

export const why = 'Näidis-põhjus'

/** Somebody at two desks, as two people of one office are. */
export async function twice(cast: Cast, who: Person): Promise<[Person, Person]> {
  return [who, (await signIn(cast.admin, who.id)).person]
}

/** The same sent from two desks. */
export async function twin(cast: Cast, operation: Runs, who: Person, input: unknown): Promise<Try[]> {
  return (await twice(cast, who)).map((desk) => by(operation, desk, input))
}

/** One value that the arranging of a race asks the database for. */
export async function given(
  { cast }: Pick<Players, 'cast'>,
  statement: string,
  values: readonly unknown[],
): Promise<string> {
  const { rows } = await cast.admin.query(statement, [...values])
  return String(Object.values(rows[0] ?? {})[0] ?? '')
}
