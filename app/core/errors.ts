// In which deliberate ways may a request fail, and what does the person read then?
import { randomUUID } from 'node:crypto'
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

/** Enough for now: 429, with the seconds until it may be tried again. */
export class TooMany extends Error {
  readonly status = 429
  readonly said: Message
  readonly seconds: number
  constructor(said: Message, seconds: number) {
    super('too many')
    this.said = said
    this.seconds = seconds
  }
}

/** It stands still for everybody until somebody has looked into it: 429 as well, but nothing that whoever asked has done too often. */
export class StandsStill extends TooMany {}

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

/** The line broke while the database was keeping it: whether it was saved nobody can tell, but the same form sent again has its effect once. */
export class Unclear extends Unavailable {}

/** The key was destroyed together with what it opened: 410. Told only to those who could have read it. */
export class Erased extends Error {
  readonly status = 410
  constructor() {
    super('erased')
  }
}

/** What is sealed and where; `owner` is null for what the process itself sealed. */
export type SealedPlace = { table: string; column: string; row: string; owner: { kind: string; id: string } | null }

/**
 * A sealed value does not open: it was altered or moved, or the key it was closed under is not here. Nothing of it is shown; the
 * operation writes an alarm into the log: 409, because what is stored, not what was asked, is wrong.
 */
export class Unopenable extends Error {
  readonly status = 409
  /** The number under which page, log and audit know it. */
  readonly incident = randomUUID().slice(0, 8)
  readonly place: SealedPlace
  constructor(place: SealedPlace) {
    super('a sealed value does not open')
    this.place = place
  }
}
