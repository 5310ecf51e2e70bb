// How does a key answer that the test holds in its own hand – truly, or in each way in which it could lie?
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

type Options = { challenge: string }
/** What is not as it should be. `verified`: finger, face or PIN were asked for. `spoil` changes the signature. */
export type Lie = {
  challenge?: string
  origin?: string
  rpId?: string
  type?: string
  verified?: boolean
  present?: boolean
  counter?: number
  spoil?: boolean
  id?: string
  userHandle?: string
  crossOrigin?: boolean
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString('base64url')

/** A key of its own for each call; it counts its uses like one of metal. */
export function newAuthenticator(page: { origin: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const state = { counter: 0 }
  const clientData = (type: string, { challenge }: Options, lie: Lie) =>
    JSON.stringify({
      type: lie.type ?? type,
      challenge: lie.challenge ?? challenge,
      origin: lie.origin ?? page.origin,
      crossOrigin: lie.crossOrigin ?? false,
      ...(lie.crossOrigin ? { topOrigin: 'https://evil.example' } : {}),
    })
  const head = (lie: Lie, attested: boolean) => {
    const flags = (lie.present === false ? 0 : 1) | (lie.verified === false ? 0 : 4) | (attested ? 64 : 0)
    const rest = Buffer.alloc(5)
    rest.writeUInt8(flags, 0)
    rest.writeUInt32BE(lie.counter ?? state.counter, 1)
    return Buffer.concat([sha256(lie.rpId ?? new URL(page.origin).hostname), rest])
  }
  const answer = (lie: Lie, response: object) => {
    const name = lie.id ?? base64url(id)
    return { id: name, rawId: name, type: 'public-key', clientExtensionResults: {}, response }
  }
  return {
    id: base64url(id),
    /** As the database keeps it. */
    publicKey: Buffer.from(cose(publicKey)),
    state,
    /** What `navigator.credentials.create()` would give. */
    make(options: Options, lie: Lie = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const authData = Buffer.concat([head(lie, true), Buffer.alloc(16), length, id, cose(publicKey)])
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ])
      return answer(lie, {
        clientDataJSON: base64url(clientData('webauthn.create', options, lie)),
        attestationObject: base64url(isoCBOR.encode(attestation as never)),
        transports: ['usb'],
      })
    },
    /** What `navigator.credentials.get()` would give; each use counts. */
    show(options: Options, lie: Lie = {}) {
      state.counter += 1
      const data = clientData('webauthn.get', options, lie)
      const authData = head(lie, false)
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey)
      if (lie.spoil) signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1)
      return answer(lie, {
        clientDataJSON: base64url(data),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle: lie.userHandle,
      })
    },
  }
}

function cose(key: ReturnType<typeof generateKeyPairSync>['publicKey']): Uint8Array {
  const { x = '', y = '' } = (key as unknown as { export: (as: object) => { x?: string; y?: string } }).export({
    format: 'jwk',
  })
  const coordinates = (part: string) => new Uint8Array(Buffer.from(part, 'base64url'))
  const map = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, coordinates(x)],
    [-3, coordinates(y)],
  ])
  return isoCBOR.encode(map as never)
}
