// What if somebody else has written the same words while I was writing?
import { Conflict } from '../errors.ts'
import { id, optional } from './fields.ts'

/** The version of the words that whoever writes has read; left out where there were none yet. */
export const seen = () => optional(id('core.error.malformed'))

/** Words that the writer has not read are not written over: the form comes back with both (`KeptNow`). */
export function mustHaveRead(read: string | undefined, now: string | null): void {
  if ((read ?? null) !== now) throw new Conflict({ key: 'core.error.overtaken' })
}
