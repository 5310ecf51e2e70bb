// Where is an administrator led who owes keys, and is what a browser sends of a key the answer of one?
import { expect, test } from 'vitest'
import { keysFirst, Made, readAnswer, Shown } from './passkey.ts'

test('whoever owes keys finds only the pages that lead to them', () => {
  for (const owes of ['prove', 'register'] as const) {
    const me = { owes, roles: ['admin' as const] }
    for (const path of ['first', 'new', 'options']) expect(keysFirst(me, `/account/passkeys/${path}`), path).toBeNull()
    for (const path of ['/account/prove', '/account/prove/options']) expect(keysFirst(me, path), path).toBeNull()
    for (const path of [
      '/',
      '/people',
      '/account',
      '/account/passkeys',
      '/account/passkeys/first/x',
      '/x/account/prove',
      '/account/proved',
    ])
      expect(keysFirst(me, path), path).toBe('/account/passkeys/first')
  }
  expect(keysFirst({ owes: null, roles: ['admin'] }, '/people')).toBeNull()
})

test('whoever helps and owes a key finds the pages of a card too, and goes on from the first to where she wanted', () => {
  const me = { owes: 'register' as const, roles: ['volunteer' as const] }
  for (const path of ['/account/identity', '/account/identity/go', '/account/identity/confirm', '/account/prove/oidc'])
    expect(keysFirst(me, path), path).toBeNull()
  for (const path of ['/account/identity/x', '/x/account/identity', '/account/prove/oidcs', '/support'])
    expect(keysFirst(me, path), path).toBe(`/account/passkeys/first?to=${encodeURIComponent(path)}`)
})

const client = (said: unknown) => Buffer.from(JSON.stringify(said)).toString('base64url')
const answer = (response: object = {}, more: object = {}) => ({
  ...{ id: 'abc_-9', rawId: 'abc', type: 'public-key', clientExtensionResults: { any: 1 } },
  response: { clientDataJSON: client({ type: 'webauthn.get' }), authenticatorData: 'x', signature: 'y', ...response },
  ...more,
})
const read = (sent: unknown) => readAnswer(Shown, typeof sent === 'object' ? JSON.stringify(sent) : sent)

test('the answer of a key is read whole', () => {
  expect(read(answer())).toEqual(answer())
  expect(read(answer({ userHandle: 'z' }))).toEqual(answer({ userHandle: 'z' }))
  // As long as it may be, and no longer.
  const room = 20_000 - JSON.stringify(answer({}, { long: '' })).length
  expect(read(answer({}, { long: 'x'.repeat(room) }))).not.toBeNull()
  expect(read(answer({}, { long: 'x'.repeat(room + 1) }))).toBeNull()
  const made = answer({ attestationObject: 'o', transports: ['usb'] })
  expect(readAnswer(Made, JSON.stringify(made))?.response.transports).toEqual(['usb'])
})

test('what is no such answer, or one given within somebody else’s page, is none', () => {
  for (const odd of [undefined, 7, '', '{', 'null', '[]', 'x'.repeat(20_001)])
    expect(read(odd), String(odd).slice(0, 20)).toBeNull()
  // A field that came twice is a list.
  expect(readAnswer(Shown, [JSON.stringify(answer())])).toBeNull()
  for (const wrong of [{ id: '' }, { id: 'a b' }, { id: '.a' }, { id: 'x'.repeat(8001) }, { type: 'x' }, { rawId: 7 }])
    expect(read(answer({}, wrong)), JSON.stringify(wrong).slice(0, 20)).toBeNull()
  for (const wrong of [
    { signature: undefined },
    { clientDataJSON: 'x' },
    { clientDataJSON: client(null) },
    { clientDataJSON: client('x') },
  ])
    expect(read(answer(wrong)), JSON.stringify(wrong)).toBeNull()
  expect(read(answer({ clientDataJSON: client({ crossOrigin: true }) }))).toBeNull()
  expect(read(answer({ clientDataJSON: client({ crossOrigin: false }) }))).not.toBeNull()
})
