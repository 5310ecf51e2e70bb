// What is a rule about the things an address names, and how can somebody stand to them?
import type { Actor } from './actors.ts'

/** `may` is asked only where the role fits: has this person this one? */
export type Subject = {
  /** The beginning of the addresses that are about it; of several the longest one counts. */
  at: string
  /** Where sending is for others than looking. */
  method?: 'POST'
  things: string
  may: (who: Actor, facts: Record<string, unknown>) => boolean
  /** The names in the address, where they are not called as in `ids`. */
  names?: Record<string, string>
}

export const nationwide = (who: Actor) => who.role === 'coordinator' || who.role === 'auditor'
/** Beyond the wall there is nothing, for everybody but Mall, before whom there is none. */
export const stands = (who: Actor, facts: Record<string, unknown>) => facts.walled === true && who.who !== 'mall'
/** Of the network's cases a member has those to which she is invited. */
export const ofNetwork = (who: Actor, facts: Record<string, unknown>) =>
  who.network !== null && who.network === facts.network && !(who.role === 'member' && facts.uninvited === true)
export const guides = (who: Actor, facts: Record<string, unknown>) =>
  who.role === 'supervisor' && who.who === facts.supervisor
export const helps = (who: Actor, facts: Record<string, unknown>) =>
  who.role === 'volunteer' && who.who === facts.helper
export const own = (who: Actor, facts: Record<string, unknown>) => who.who === facts.person || who.desk === facts.person
export const between = (who: Actor, facts: Record<string, unknown>) => (facts.between as string[]).includes(who.who)
export const anybody = () => true

// Another administrator for everybody; for those who help also coordinator, manager, and whoever guides them. Never the one who asked.
export const couldBeSecond = (who: Actor, facts: Record<string, unknown>) =>
  who.role === 'admin' || (facts.helps === true && (who.role !== 'supervisor' || guides(who, facts)))
export const decides = (who: Actor, facts: Record<string, unknown>) => facts.by !== who.who && couldBeSecond(who, facts)
