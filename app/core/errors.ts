// In which deliberate ways may a request fail, and what does the person read then?
import type { Args, Key } from '../i18n/i18n.ts'

/** A sentence that can still be said in any language. */
export type Message = { key: Key; args?: Args }

/** The person's role may not try this: 403. */
export class Refused extends Error {
  readonly status = 403
  readonly said: Message | undefined
  constructor(said?: Message) {
    super('refused')
    this.said = said
  }
}

/** What you may not see does not exist: 404. */
export class NotFound extends Error {
  readonly status = 404
  constructor() {
    super('not found')
  }
}

/** Somebody else was faster, or the thing is no longer in a state that allows this: 409. */
export class Conflict extends Error {
  readonly status = 409
  readonly said: Message | undefined
  constructor(said?: Message) {
    super('conflict')
    this.said = said
  }
}

/** What was typed cannot be taken: 422, with a sentence per field (`''` = the whole form). */
export class Invalid extends Error {
  readonly status = 422
  readonly fields: Record<string, Message>
  constructor(fields: Record<string, Message>) {
    super('invalid')
    this.fields = fields
  }
}

/** The database cannot be reached just now: 503; nothing was saved, and the person is told so. */
export class Unavailable extends Error {
  readonly status = 503
  constructor(cause?: unknown) {
    super('unavailable', { cause })
  }
}
