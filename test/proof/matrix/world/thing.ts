// What can an address name, and whose is it?
import type { Cast } from '../../../cast.ts'

/** Something an address can name: whose it is is said in `facts`, what it is called in the address in `ids`. */
export type Thing = {
  name: string
  ids: Record<string, string>
  words?: Record<string, string>
  facts: Record<string, unknown>
}
export type Things = Record<string, Thing[]>

/** The one value that a statement gives. */
export const one = async (cast: Cast, text: string, values: unknown[] = []) =>
  String(Object.values((await cast.admin.query<Record<string, string>>(text, values)).rows[0] ?? {})[0])
