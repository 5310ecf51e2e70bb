// Who plays the state's sign-in? A real provider of the standard, in this process, that says what TARA says and rotates its keys.
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import type { Client } from 'pg'
import { checkDigit, readPersonalCode } from '../app/core/form/personal-code.ts'
import { rowSeal } from '../app/core/keys/row-seal.server.ts'
import { blindIndex } from '../app/core/seal.server.ts'

export const client = { id: 'tugivork-test', secret: 'naidis-saladus-mida-keegi-ei-kasuta' }

/** Invented people: born on 1 January 1900 and after, which nobody at work today was; the day of the year tells them apart. */
export const testCode = (nth: number): string => {
  const day = String((nth % 28) + 1).padStart(2, '0')
  const ten = `40001${day}${String(900 + nth).padStart(3, '0')}`
  return `${ten}${checkDigit(ten)}`
}

/** Links the card of a person as she would herself, before there is a provider. */
export async function linkCard(admin: Client, personId: string, code: string): Promise<void> {
  const subject = blindIndex('person', code)
  await admin.query(
    `insert into person_identity (person_id, subject_index, linked_by, seal) values ($1, $2, $1, $3) on conflict do nothing`,
    [personId, subject, rowSeal('card', personId, [subject])],
  )
}

export type Card = { code: string; given: string; family: string; amr: string; acr: string }
export type Tara = {
  issuer: string
  /** The cards that lie on its desk; one chooses by name which to use. */
  cards: Card[]
  /** From now on signs with a new key; the old one is published no more. */
  rotate: () => Promise<void>
  /** How often its keys were asked for. */
  asked: () => number
  close: () => Promise<void>
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' }
}

/** Starts it on a free port of this machine; `back` is where it may send people. */
export async function openTara(back: string): Promise<Tara> {
  const cards: Card[] = []
  let provider: Provider
  let asked = 0
  const server = createServer((request, response) => {
    if (request.url === '/jwks') asked++
    if (request.url?.startsWith('/interaction/')) void desk(provider, cards, request, response)
    else void provider.callback()(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const rotate = async () => {
    provider = new Provider(issuer, rulesOf(back, cards, await newKey()))
  }
  await rotate()
  return {
    issuer,
    cards,
    rotate,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

const cookieKeys = [randomBytes(32).toString('hex')]

function rulesOf(back: string, cards: Card[], key: JWK): Configuration {
  return {
    clients: [
      {
        ...{ client_id: client.id, client_secret: client.secret, redirect_uris: [back], response_types: ['code'] },
        ...{ grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic' },
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: cookieKeys },
    acrValues: ['low', 'substantial', 'high'],
    scopes: ['openid'],
    claims: { openid: ['sub', 'profile_attributes', 'acr', 'amr'], auth_time: null },
    // As TARA: everything about the person is in the identity token itself.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    ttl: { IdToken: 30, AuthorizationCode: 30, Session: 600, Interaction: 600, Grant: 600, AccessToken: 60 },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        ...(oidc.client && { clientId: oidc.client.clientId }),
        ...(oidc.session?.accountId && { accountId: oidc.session.accountId }),
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, profile_attributes: aboutOf(cards, sub) }),
    }),
  }
}

function aboutOf(cards: Card[], sub: string) {
  const card = cards.find(({ code }) => sub === `EE${code}`)
  const read = readPersonalCode(sub.slice(2))
  return {
    ...{ given_name: card?.given, family_name: card?.family },
    ...('fault' in read ? {} : { date_of_birth: read.birthDate }),
  }
}

/** Its own page: one button a card, and the way back. It shows what it was asked for. */
async function desk(provider: Provider, cards: Card[], request: IncomingMessage, response: ServerResponse) {
  const { params } = await provider.interactionDetails(request, response)
  if (request.method === 'POST') {
    let body = ''
    for await (const part of request) body += part
    const card = cards[Number(new URLSearchParams(body).get('card') ?? 'x')]
    const login = card && { accountId: `EE${card.code}`, acr: card.acr, amr: [card.amr] }
    return provider.interactionFinished(request, response, login ? { login } : { error: 'access_denied' })
  }
  const buttons = cards.map((card, at) => `<button name="card" value="${at}">${card.given} ${card.amr}</button>`)
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(
    `<!doctype html><html lang="${params.ui_locales}"><title>TARA (näidis)</title><h1>TARA (näidis)</h1>
     <p id="asked">${params.acr_values} ${params.scope} ${params.prompt} ${params.code_challenge_method}</p>
     <form method="post">${buttons.join('')}<button>Tagasi teenusesse</button></form></html>`,
  )
}
