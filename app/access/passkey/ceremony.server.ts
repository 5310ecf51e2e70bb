// Is this really the key that was registered, answering our question on our own page, with its owner before it?
import { generateKeyPairSync } from 'node:crypto'
import type { Context } from 'hono'
import type { z } from 'zod'
import { knock } from '../../core/db.server.ts'
import { isSealed } from '../../core/keys/row-seal.server.ts'
import type { Env } from '../../core/page.tsx'
import { blindIndex } from '../../core/seal.server.ts'
import { addressOf } from '../../core/turn/address.ts'
import type { Person, Role } from '../../core/user.ts'
import { attemptOf, noteFailure, noteUnsealed, tryDoor } from '../door.server.ts'
import { askKey, type Question, takeQuestion } from './challenge.server.ts'
import { Made, readAnswer, Shown } from './passkey.ts'

// Loaded when the first key is asked for; it is a tenth of the program's memory.
const webauthn = () => import('@simplewebauthn/server')

type Kept = { credential_id: Buffer; transports: string[] }
type Found = {
  id: string
  person_id: string
  email: string
  public_key: Buffer
  seal: Buffer | null
  roles: Role[]
}

// The name under which a key keeps us is the host that the operator configured, never one that a request brought.
const rpOf = (c: Context<Env>) => ({ rpID: new URL(c.get('frame').origin).hostname, origin: c.get('frame').origin })

/** What a key knows its owner by: nothing that says who it is. */
const handleOf = (personId: string) => new Uint8Array(blindIndex('passkey-owner', personId))

const keysOf = (who: string | null, email: string | null) => knock<Kept>('door_passkeys', [who, email])

/** Who makes a key: somebody who is signed in, in this session; or who holds an invitation, with this one. */
export type Maker = { id: string; name: string; email: string } & Pick<Question, 'use' | 'session'>

export const makerIn = (me: Person, email: string): Maker => {
  const { id, name, sessionId: session } = me
  return { id, name, email, use: 'register', session }
}

/** The question for a new key; those that the person has already answer that they are there. */
export async function creationOptions(c: Context<Env>, { id, name, email, use, session }: Maker) {
  const { rpID } = rpOf(c)
  const kept = await keysOf(id, null)
  return (await webauthn()).generateRegistrationOptions({
    rpName: 'Tugivõrk',
    rpID,
    userName: email,
    userDisplayName: name,
    userID: handleOf(id),
    challenge: askKey(c, { use, session, email: null }),
    excludeCredentials: kept.map((key) => ({
      id: key.credential_id.toString('base64url'),
      transports: key.transports,
    })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
}

/** The question for a key at the door, either for whichever there is or for those of an address – of which every address seems to have as many. */
export async function signInOptions(c: Context<Env>, email: string | null) {
  const kept = await keysOf(null, email)
  // All are made each time, so that it takes as long; and they stand in no order that would tell which are real.
  const decoys = Array.from({ length: seeming }, (_, at) => decoyOf(email ?? '', at))
  const real = kept.map((key) => key.credential_id)
  const ids = [...real, ...decoys.slice(real.length)].toSorted(Buffer.compare)
  return (await webauthn()).generateAuthenticationOptions({
    rpID: rpOf(c).rpID,
    challenge: askKey(c, { use: 'sign-in', session: null, email }),
    allowCredentials: email === null ? [] : ids.map((id) => ({ id: id.toString('base64url') })),
    userVerification: 'required',
  })
}

/** How many keys every address seems to have; nobody keeps more at hand. */
const seeming = 5

// Always the same for an address, of a length that keys have, and only we could tell.
function decoyOf(email: string, at: number): Buffer {
  const parts = ['a', 'b', 'c'].map((part) => blindIndex(`passkey-decoy-${part}`, `${at}/${email.toLowerCase()}`))
  const length = [16, 20, 32, 48][(parts[0]?.[0] ?? 0) % 4] ?? 32
  return Buffer.concat(parts).subarray(0, length)
}

/** The question for one of my own keys. */
export async function proofOptions(c: Context<Env>, me: Person) {
  const kept = await keysOf(me.id, null)
  return (await webauthn()).generateAuthenticationOptions({
    rpID: rpOf(c).rpID,
    challenge: askKey(c, { use: 'prove', session: me.sessionId, email: null }),
    allowCredentials: kept.map((key) => ({ id: key.credential_id.toString('base64url'), transports: key.transports })),
    userVerification: 'required',
  })
}

export const hasKeys = async (me: Person): Promise<boolean> => (await keysOf(me.id, null)).length > 0

/** What is kept of a key; its name beside it. */
export type NewKey = {
  credentialId: string
  publicKey: string
  counter: number
  transports: string[]
  backedUp: boolean
}

/** A key that was just made by the person who was asked to, ready to be kept; null (and written down) where it is not to be believed. */
export async function newKey(
  c: Context<Env>,
  maker: Omit<Maker, 'name' | 'email'>,
  sent: unknown,
): Promise<NewKey | null> {
  const answer = readAnswer(Made, sent)
  const question = await takeQuestion(c, maker)
  const { rpID, origin } = rpOf(c)
  const done =
    answer && question
      ? await (await webauthn())
          .verifyRegistrationResponse({
            response: answer,
            expectedChallenge: question.challenge,
            expectedOrigin: origin,
            expectedRPID: rpID,
            requireUserVerification: true,
          })
          .catch(() => null)
      : null
  if (!answer || !done?.verified) {
    await noteFailure('access.passkeyFailed', maker.id)
    return null
  }
  const { credential, credentialBackedUp } = done.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: answer.response.transports ?? [],
    backedUp: credentialBackedUp,
  }
}

export type Recognised = { wait: number } | { known: { id: string; roles: Role[]; key: string } } | { known: null }

/**
 * Whose key answered. `me` is who must have been asked, or nobody at the door. An answer cannot be guessed, so it is looked at first: a good
 * one waits for nothing that others did. One that is not to be believed counts, and is written down; what is wrong with it is not told.
 */
export async function recognise(c: Context<Env>, me: Person | null, sent: unknown): Promise<Recognised> {
  const answer = readAnswer(Shown, sent)
  const found = answer ? await sealedKey(Buffer.from(answer.id, 'base64url')) : null
  const question = await takeQuestion(c, { use: me ? 'prove' : 'sign-in', session: me?.sessionId ?? null })
  // Of a key that nobody has the same is asked as of one that is somebody's.
  const ours = question && (!found || (isFor(found, question, me) && found.roles.length > 0))
  const shown = answer && ours ? await verified(c, answer, found ?? nobodys, question) : null
  if (shown && found) {
    const counted = [found.id, shown.newCounter, shown.credentialBackedUp]
    const [used] = await knock<{ door_passkey_used: boolean }>('door_passkey_used', counted)
    if (used?.door_passkey_used) return { known: { id: found.person_id, roles: found.roles, key: found.id } }
    await noteFailure('access.passkeyCloned', found.person_id)
  }
  const wait = await tryDoor(attemptOf('passkey', me?.id ?? found?.person_id ?? answer?.id ?? '', addressOf(c)))
  if (wait > 0) return { wait }
  if (!shown) await noteFailure('access.passkeyFailed', me?.id ?? found?.person_id ?? null)
  return { known: null }
}

// A key that somebody has written into the table, or moved to another person, is nobody's.
async function sealedKey(credential: Buffer): Promise<Found | null> {
  const [found] = await knock<Found>('door_passkey', [credential])
  if (!found) return null
  const { id, person_id: personId, public_key: key, seal } = found
  if (isSealed('passkey', { personId, parts: [credential, key], seal })) return found
  await noteUnsealed('passkey', id, personId)
  return null
}

// A public key (P-256, as keys send theirs) whose private half nobody keeps.
const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const coordinates = [x, y].map((part) => Buffer.from(part, 'base64url').toString('hex'))
const nobodys: Pick<Found, 'person_id' | 'public_key'> = {
  person_id: '',
  public_key: Buffer.from(`a5010203262001215820${coordinates[0]}225820${coordinates[1]}`, 'hex'),
}

const isFor = (found: Found, question: Question, me: Person | null) =>
  (me === null || found.person_id === me.id) && (question.email === null || question.email === found.email)

async function verified(c: Context<Env>, answer: z.output<typeof Shown>, of: typeof nobodys, asked: Question) {
  const handle = answer.response.userHandle
  if (handle !== undefined && handle !== Buffer.from(handleOf(of.person_id)).toString('base64url')) return null
  const { rpID, origin } = rpOf(c)
  const done = await (await webauthn())
    .verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: asked.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      // Its counter is compared where it is kept: of two answers at once only one may count.
      credential: { id: answer.id, publicKey: new Uint8Array(of.public_key), counter: 0 },
      requireUserVerification: true,
    })
    .catch(() => null)
  return done?.verified ? done.authenticationInfo : null
}
