// Which provider does this installation trust, where does it send people, and what does it say of who came back?
import * as oidc from 'openid-client'
import { now } from '../../core/clock.server.ts'
import { log } from '../../core/log.server.ts'
import { type Identity, type Refusal, readIdentity, skew } from './token.ts'
import type { Trip } from './trip.server.ts'

/** `origin` is our own; the provider sends people back to `origin` + `backPath` and nowhere else. */
export type Provider = { issuer: string; clientId: string; clientSecret: string; origin: string }

export const backPath = '/sign-in/oidc/back'
const algorithms = ['RS256', 'ES256']
const patience = 8
const anHour = 3_600_000

let provider: Provider | null = null
let met: { server: Promise<oidc.Configuration>; at: number } | null = null

/** Which provider to trust, or none; called once when the process starts. */
export function useProvider(given: Provider | null): void {
  provider = given
  met = null
}

/** True where this installation offers the state's sign-in. */
export const isOffered = (): boolean => provider !== null

function trusted(): Provider {
  if (!provider) throw new Error('useProvider() has not been called')
  return provider
}

/** Asks the provider about itself; once an hour, and again after it could not be reached. */
async function meet(): Promise<oidc.Configuration> {
  if (!met || performance.now() - met.at > anHour) met = { server: introduce(trusted()), at: performance.now() }
  const { server } = met
  return server.catch((error: unknown) => {
    if (met?.server === server) met = null
    throw error
  })
}

/**
 * Throws where the provider is away or is not the one we were told. Keys are fetched when a token comes; the library keeps them for five
 * minutes and fetches them again for a key it does not know, at most once a minute.
 */
export async function introduce(given: Provider): Promise<oidc.Configuration> {
  const options = { timeout: patience, execute: given.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [] }
  const secret = oidc.ClientSecretBasic(given.clientSecret)
  const met = await oidc.discovery(new URL(given.issuer), given.clientId, undefined, secret, options)
  const { supportsPKCE: _, ...said } = met.serverMetadata()
  const signs = (said.id_token_signing_alg_values_supported ?? []).filter((name) => algorithms.includes(name))
  if (signs.length === 0 || !said.jwks_uri) throw new Error('the provider signs with nothing that we accept')
  return judging({ ...said, id_token_signing_alg_values_supported: signs }, given, 0)
}

/** The provider as the library takes it; `late` is by how many seconds the machine's clock, by which the library judges, is behind. */
function judging(said: oidc.ServerMetadata, { issuer, clientId, clientSecret }: Provider, late: number) {
  const times = { [oidc.clockTolerance]: skew, [oidc.clockSkew]: late }
  const server = new oidc.Configuration(said, clientId, times, oidc.ClientSecretBasic(clientSecret))
  server.timeout = patience
  if (issuer.startsWith('http:')) oidc.allowInsecureRequests(server)
  oidc.enableNonRepudiationChecks(server)
  return server
}

// What was said and the keys that were fetched stay those of `met`.
async function byOurClock<R>(met: oidc.Configuration, redeem: (server: oidc.Configuration) => Promise<R>): Promise<R> {
  const { supportsPKCE: _, ...said } = met.serverMetadata()
  const server = judging(said, trusted(), Math.round((now().getTime() - Date.now()) / 1000))
  const keys = oidc.getJwksCache(met)
  if (keys) oidc.setJwksCache(server, keys)
  try {
    return await redeem(server)
  } finally {
    const fetched = oidc.getJwksCache(server)
    if (fetched) oidc.setJwksCache(met, fetched)
  }
}

/** The address at the provider to which this trip leads, or null where the provider is away. */
export async function leaveFor(trip: Trip): Promise<URL | null> {
  try {
    const server = await meet()
    return oidc.buildAuthorizationUrl(server, {
      ...{ redirect_uri: `${trusted().origin}${backPath}`, scope: 'openid', state: trip.state, nonce: trip.nonce },
      code_challenge: await oidc.calculatePKCECodeChallenge(trip.verifier),
      ...{ code_challenge_method: 'S256', acr_values: trip.acr, ui_locales: trip.locale },
      // What is left of somebody before at the provider must not let the next one in.
      ...{ prompt: 'login', max_age: '0' },
    })
  } catch (error) {
    log('oidc', { error })
    return null
  }
}

/** Redeems what the provider sent back with somebody; either a verified identity, or what is wrong. */
export async function identityOf(query: URLSearchParams, trip: Trip): Promise<Identity | { refused: Refusal }> {
  try {
    const server = await meet()
    const here = new URL(`${trusted().origin}${backPath}?${query}`)
    const checks = { expectedState: trip.state, expectedNonce: trip.nonce, pkceCodeVerifier: trip.verifier }
    const answer = await byOurClock(server, (ours) => oidc.authorizationCodeGrant(ours, here, checks))
    const header: unknown = JSON.parse(Buffer.from(answer.id_token?.split('.')[0] ?? '', 'base64url').toString())
    const told = { header: header as Record<string, unknown>, claims: { ...answer.claims() } }
    return readIdentity(
      { ...told, accessToken: answer.access_token },
      {
        ...{ clientId: trusted().clientId, state: trip.state, acr: trip.acr },
        ...{ began: Math.floor(trip.at / 1000), now: Math.floor(now().getTime() / 1000) },
        tellsAuthTime: server.serverMetadata().claims_supported?.includes('auth_time') ?? false,
      },
    )
  } catch (error) {
    log('oidc', { error })
    return { refused: whyRefused(error) }
  }
}

const ofClaim: Record<string, Refusal> = {
  ...{ iss: 'issuer', aud: 'audience', azp: 'audience', nonce: 'nonce' },
  ...{ exp: 'time', nbf: 'time', auth_time: 'fresh' },
}

/** What the library's error means; its message and cause hold claims and go nowhere. */
function whyRefused(error: unknown): Refusal {
  if (error instanceof oidc.AuthorizationResponseError)
    return ['access_denied', 'user_cancel'].includes(error.error) ? 'cancelled' : 'provider'
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500 ? 'away' : 'code'
  if (!(error instanceof oidc.ClientError)) return error instanceof SyntaxError ? 'token' : 'away'
  const { code, cause } = error as { code?: string; cause?: unknown }
  const inner = cause instanceof Error ? cause.cause : cause
  const about = (typeof inner === 'object' ? (inner ?? {}) : {}) as Record<string, unknown>
  if (typeof about.claim === 'string') return ofClaim[about.claim] ?? 'token'
  if ('parameters' in about) return 'answer'
  if ('signature' in about) return 'signature'
  if (code === 'OAUTH_KEY_SELECTION_FAILED') return 'key'
  const answered = ['OAUTH_INVALID_RESPONSE', 'OAUTH_PARSE_ERROR', 'OAUTH_UNSUPPORTED_OPERATION']
  return code !== undefined && answered.includes(code) ? 'token' : 'away'
}
