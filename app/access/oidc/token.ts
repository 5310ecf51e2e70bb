// Does a signed token say that somebody whom we may believe has just shown who she is, and if not, what is wrong with it?
import { createHash } from 'node:crypto'
import { readPersonalCode } from '../../core/form/personal-code.ts'

/** What can be wrong, in our own words; they go into the audit. */
export type Refusal =
  | 'cancelled'
  | 'away'
  | 'provider'
  | 'trip'
  | 'state'
  | 'spent'
  | 'answer'
  | 'code'
  | 'token'
  | 'key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'time'
  | 'nonce'
  | 'access'
  | 'fresh'
  | 'level'
  | 'method'
  | 'subject'
  | 'unknown'
  | 'again'
  | 'other'

/** A verified identity. The code goes no further than an index of it; the name is shown once, to its owner. */
export type Identity = { code: string; name: string }

export type Told = {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  accessToken: string
}
export type Expected = {
  clientId: string
  state: string
  acr: 'substantial' | 'high'
  /** Seconds since 1970: when the trip began, and now. */
  began: number
  now: number
  /** Whether the provider says of itself that its tokens tell when somebody authenticated. */
  tellsAuthTime: boolean
}

// Source: domain.md R36, TARA technical specification 4.1 and 4.3.1.
const levels: unknown[] = ['low', 'substantial', 'high']
const methods = ['idcard', 'mID', 'smartid', 'eIDAS']
/** Seconds by which two clocks may differ. */
export const skew = 30

/**
 * What the library leaves to its user, after it has checked signature, issuer, audience, times and nonce. Each check is one that a token
 * of a provider in order passes.
 */
export function readIdentity(told: Told, expected: Expected): Identity | { refused: Refusal } {
  const refused = refusalOf(told, expected)
  if (refused) return { refused }
  const code = codeOf(told.claims.sub)
  if (!code) return { refused: 'subject' }
  const about = (told.claims.profile_attributes ?? {}) as Record<string, unknown>
  // Born on another day than the code says: the two are of different people.
  if (about.date_of_birth !== undefined && about.date_of_birth !== code.birthDate) return { refused: 'subject' }
  const name = [about.given_name, about.family_name].filter((part) => typeof part === 'string').join(' ')
  return { code: code.code, name: name.slice(0, 200) }
}

function refusalOf({ header, claims, accessToken }: Told, expected: Expected): Refusal | null {
  if (typeof header.kid !== 'string') return 'key'
  // A token made for another use (`at+jwt`, `logout+jwt`) may carry the same claims and the same signature.
  if (header.typ !== undefined && header.typ !== 'JWT') return 'token'
  if (!isFor(claims, expected.clientId)) return 'audience'
  if (!isOfThisTrip(claims, expected)) return 'time'
  if (claims.state !== undefined && claims.state !== expected.state) return 'state'
  if (claims.at_hash !== undefined && !isHashOf(claims.at_hash, accessToken)) return 'access'
  if (!isFresh(claims.auth_time, expected)) return 'fresh'
  if (!levels.slice(levels.indexOf(expected.acr)).includes(claims.acr)) return 'level'
  return isKnownMethod(claims.amr) ? null : 'method'
}

function isFor({ aud, azp }: Told['claims'], clientId: string): boolean {
  const only = Array.isArray(aud) ? aud.length === 1 && aud[0] === clientId : aud === clientId
  return only && (azp === undefined || azp === clientId)
}

// Made after the trip began and not in the future: an older token was made for something else.
function isOfThisTrip({ iat }: Told['claims'], { began, now }: Expected): boolean {
  return typeof iat === 'number' && iat >= began - skew && iat <= now + skew
}

// On a shared computer the next one must not come in with what is left of the one before.
function isFresh(authTime: unknown, { began, now, tellsAuthTime }: Expected): boolean {
  if (authTime === undefined) return !tellsAuthTime
  return typeof authTime === 'number' && authTime >= began - skew && authTime <= now + skew
}

function isKnownMethod(amr: unknown): boolean {
  return Array.isArray(amr) && amr.length > 0 && amr.every((method) => methods.includes(method))
}

// Half of SHA-256, for RS256 and ES256 alike; TARA writes it in the alphabet of base64, the standard in that of addresses.
function isHashOf(hash: unknown, accessToken: string): boolean {
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16)
  return typeof hash === 'string' && hash.length <= 24 && Buffer.from(hash, 'base64').equals(half)
}

function codeOf(sub: unknown) {
  if (typeof sub !== 'string' || !/^EE\d{11}$/.test(sub)) return null
  const read = readPersonalCode(sub.slice(2))
  return 'fault' in read ? null : read
}
