// Which ways of making the authorization weaker are tried?
import type { Client } from 'pg'
import { answerMutants, invitationMutants, wallMutants } from './functions.ts'
import { policyMutants } from './policies.ts'
import { rightMutants } from './rights.ts'
import { schemaOf } from './schema.ts'
import { unseen } from './unseen.ts'

export type Mutant = {
  /** In words: what was made weaker. */
  name: string
  /** The statements that make it so. */
  sql: string
  /** The table or the function that it is about. */
  about: string
  /** The tables that may show it, the nearest first. */
  tables: string[]
  /** It forgets how far, when or what, not by what right. */
  bounds?: boolean
  /** By what it can show. */
  shows: readonly ('looks' | 'writes' | 'rights')[]
}

/** Every way once: where two say the same, the first. What nobody could notice is left out. */
export async function allMutants(owner: Client, withUnseen = false): Promise<Mutant[]> {
  const schema = await schemaOf(owner)
  const all = [
    ...policyMutants(schema),
    ...wallMutants(schema),
    ...answerMutants(schema),
    ...invitationMutants(schema),
    ...rightMutants(schema),
  ]
  const once = new Map(all.toReversed().map((mutant) => [mutant.sql.replace(/\s+/g, ' '), mutant])).values()
  return [...once].toReversed().filter(({ name }) => withUnseen || !unseen.some(({ names }) => names.test(name)))
}
