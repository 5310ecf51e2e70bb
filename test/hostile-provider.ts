// What if the provider's answers were forged? A provider that sends back whatever a test tells it to.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { now } from '../app/core/clock.server.ts'
import { client } from './tara.ts'

export type Claims = Record<string, unknown>
export type Hostile = {
  issuer: string
  /** Its own key, published as `one`; another that is published as `two` for ES256; and one that nobody ever published. */
  keys: { one: CryptoKey; two: CryptoKey; stranger: CryptoKey }
  /** The public half of `one`, as everybody can fetch it. */
  published: JWK
  /** What the next request for a token hears. */
  answer: (how: (response: ServerResponse) => void) => void
  sign: (claims: Claims, header?: Record<string, unknown>, key?: CryptoKey | Uint8Array) => Promise<string>
  close: () => Promise<void>
}

export async function openHostile(): Promise<Hostile> {
  const one = await generateKeyPair('RS256', { extractable: true })
  const two = await generateKeyPair('ES256')
  const stranger = await generateKeyPair('RS256')
  const published = { ...(await exportJWK(one.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const keys = [published, { ...(await exportJWK(two.publicKey)), kid: 'two', alg: 'ES256', use: 'sig' }]
  let next: (response: ServerResponse) => void = (response) => response.destroy()
  const server = createServer((request, response) => {
    if (request.url === '/token') return next(response)
    sendJson(response, request.url === '/jwks' ? { keys } : about(issuer))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    keys: { one: one.privateKey, two: two.privateKey, stranger: stranger.privateKey },
    published,
    answer: (how) => {
      next = how
    },
    sign: (claims, header = {}, key = one.privateKey) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
        .sign(key, { crit: { 'x-näidis': true } }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

// It says that it signs with anything: what is believed is not for it to say.
const about = (issuer: string) => ({
  issuer,
  ...{ authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` },
  ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
  id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256', 'RS512', 'ES256'],
  claims_supported: ['sub', 'auth_time'],
})

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** The claims of a token with which nothing is wrong; the provider's clock is right, as the database's is. */
export function goodClaims(issuer: string, trip: { state: string; nonce: string }, code: string): Claims {
  const at = Math.floor(now().getTime() / 1000)
  return {
    ...{ iss: issuer, aud: client.id, sub: `EE${code}`, jti: 'naidis', iat: at, nbf: at - 5, exp: at + 30 },
    ...{ nonce: trip.nonce, state: trip.state, acr: 'high', amr: ['idcard'], auth_time: at },
    profile_attributes: { given_name: 'NÄIDIS', family_name: 'TESTNUMBER' },
  }
}
