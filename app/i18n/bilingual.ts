// How is something said to the person at the terminal, whose language nobody has asked yet?
import { type Args, type Key, translator } from './i18n.ts'

/** The sentence in Estonian and, on the next line, in English. */
export function bilingual(key: Key, args?: Args): string {
  return `${translator('et')(key, args)}\n${translator('en')(key, args)}`
}

/** An error before there is anybody signed in: its message is bilingual, and it can still be said in one language. */
export class Told extends Error {
  readonly said: { key: Key; args?: Args }
  constructor(key: Key, args?: Args, options?: ErrorOptions) {
    super(bilingual(key, args), options)
    this.said = { key, args }
  }
}
