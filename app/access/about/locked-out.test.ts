// Does whoever cannot come in read what to do about each way in that there is here?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import { client } from '../../../test/tara.ts'
import { newVisitor } from '../../../test/visitor.ts'
import { createApp } from '../../app.tsx'
import { useProvider } from '../oidc/provider.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(async () => {
  useProvider(null)
  await cast.close()
})

const headings = async () => {
  const app = createApp({ origin, secure: false, demo: false })
  const text = await (await newVisitor(app, origin).get('/sign-in/help')).text()
  return [...text.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, heading]) => heading)
}

test('a lost passkey always, a card that fails where this house knows cards', async () => {
  const without = await headings()
  expect(without).toContain('Pääsuvõti on kadunud või ei tööta')
  expect(without.join()).not.toContain('ID-kaart')
  useProvider({ issuer: 'https://riik.example', clientId: client.id, clientSecret: client.secret, origin })
  expect(await headings()).toEqual(expect.arrayContaining([...without, 'ID-kaart, mobiil-ID või Smart-ID ei tööta']))
})
