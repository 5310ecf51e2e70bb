// How does the code look that is told by word of mouth, and how far is somebody on the way in?

/** `none`: not invited yet · `invited`: the link waits · `expired`: it waited too long · `ready`: comes in with keys of their own · `lost`: had such keys. */
export type AccountState = 'none' | 'invited' | 'expired' | 'ready' | 'lost'

/** What opened the account before and is over, in the order in which it is told. */
export const endings = ['passkeys', 'card', 'password', 'codes', 'sessions', 'browsers', 'calendar'] as const

/** How many of each ended when somebody came back by two people; nothing with a first key. */
export type Ended = Partial<Record<(typeof endings)[number], number>>

/** Letters and digits that are not taken for one another, neither by the eye nor by the ear. */
export const codeLetters = 'ABCDEFGHJKLMNPRSTUVXY2345679'
export const codeLength = 8

/** `k7tf 2mqx` as typed → `K7TF2MQX`. */
export const codeTyped = (typed: unknown): string =>
  typeof typed === 'string' ? typed.toUpperCase().replace(/[^A-Z0-9]/g, '') : ''

/** In two groups, so that it can be read out. */
export const codeShown = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`
