// Does everything that an administrator changes wait for a fresh proof (security.md §3.6), whatever page leads to it?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../test/cast.ts'
import { dayFromNow } from '../../test/substitution.ts'
import { testCode } from '../../test/tara.ts'
import { newVisitor } from '../../test/visitor.ts'
import { createApp } from '../app.tsx'
import { Refused } from '../core/errors.ts'
import { logTo } from '../core/log.server.ts'
import { allOperations } from '../core/operation.server.ts'
import { askSubstitution } from './substitution/substitutions.server.ts'

const origin = 'http://localhost:3000'
let cast: Cast
let app: ReturnType<typeof createApp>
/** Peep has asked to stand in for Kim: the administrator says yes or no. */
let asked: string
beforeAll(async () => {
  cast = await openCast()
  logTo(() => undefined)
  app = createApp({ origin, secure: false, demo: false })
  const term = { giverId: cast.kim.id, validFrom: dayFromNow(0), validTo: dayFromNow(4) }
  asked = (await askSubstitution.run(cast.peep, term)).id
})
afterAll(() => cast.close())

// What nobody but herself is touched by, or what takes back her own word.
const unproved: Record<string, string> = {
  'access.signIn': 'is how she came in',
  'access.prove': 'is how she proves it',
  'account.endAll': 'ends what is open in her own name: the sooner the better',
  'account.endSession': 'the same, of one device',
  'account.setLanguage': 'her own language',
  'account.update': 'what her own account says of her, and opens nothing',
  'calendar.end': 'her own link: the sooner it ends the better',
  'confirmation.withdraw': 'only what she asked for herself',
  'setting.withdraw': 'only what she asked for herself',
  'draft.save': 'what she is typing, for herself',
  'relation.case': 'says whom she knows, and closes something to her',
  'relation.person': 'says whom she knows, and closes something to her',
  'relation.remove': 'only what she said herself',
  'substitution.back': 'from another’s desk to her own',
}

const id = randomUUID()
const reason = 'Näidis: nägin teda ise, nii nagu kord nõuab.'
const role = { role: 'trainer', reason, validFrom: dayFromNow(0), validTo: dayFromNow(9) }
const key = { credentialId: 'x', publicKey: 'x', counter: 0, transports: [], backedUp: false }
const proved: Record<string, () => object> = {
  'account.askName': () => ({ name: 'Ott Näidis-Uus', reason }),
  'account.changeFactor': () => ({ secret: 'A'.repeat(32), step: 1 }),
  'account.changePassword': () => ({ password: 'pilv tõukab rohelist vankrit' }),
  'account.keepEmail': () => ({ id }),
  'account.keepName': () => ({ id }),
  'account.linkIdentity': () => ({ code: testCode(1) }),
  'account.renewCodes': () => ({}),
  'account.stopRecovery': () => ({}),
  'account.unlinkIdentity': () => ({}),
  'calendar.make': () => ({}),
  'confirmation.confirm': () => ({ id }),
  'confirmation.confirmMany': () => ({ ids: [id] }),
  'confirmation.refuse': () => ({ id, reason }),
  'glass.review': () => ({ id, outcome: 'justified', words: reason }),
  'instrument.add': () => ({
    ...{ name: 'Näidis', validFrom: dayFromNow(1), highFrom: '9', mediumFrom: '4', escalationFrom: '3', note: reason },
    questions: [],
  }),
  'passkey.add': () => ({ name: 'x', ...key }),
  'passkey.remove': () => ({ id }),
  'passkey.rename': () => ({ id, name: 'x' }),
  'people.add': () => ({ name: 'Uku Näidis-Uus', email: 'uku.uus@naidis.example', ...role }),
  'people.askEmail': () => ({ id, email: 'uus@naidis.example', way: 'video', reason }),
  'people.askName': () => ({ id, name: 'Uku Näidis-Uus', way: 'video', reason }),
  'people.beginRecovery': () => ({ id, way: 'video', reason }),
  'people.disable': () => ({ id }),
  'people.enable': () => ({ id, way: 'video', reason }),
  'people.endRole': () => ({ id, roleId: id }),
  'people.giveRole': () => ({ id, ...role }),
  'people.invite': () => ({ id }),
  'people.setCode': () => ({ id, personalCode: testCode(2) }),
  'people.unlinkIdentity': () => ({ id }),
  'people.voidInvitation': () => ({ id }),
  'setting.confirm': () => ({ id }),
  'setting.refuse': () => ({ id, reason }),
  'setting.set': () => ({ name: 'maxActiveCases', value: '3', validFrom: dayFromNow(1), note: reason }),
  'substitution.confirm': () => ({ id: asked }),
  'substitution.end': () => ({ id: asked }),
  'wall.keep': () => ({ id }),
  'wall.lift': () => ({ id }),
  'watch.judge': () => ({ id, judgement: 'explained', words: reason }),
}

const done = () => allOperations().filter(({ access, roles }) => access === 'write' && roles.includes('admin'))

test('whatever an administrator does is on one of the two lists, and on one only', () => {
  expect([...Object.keys(unproved), ...Object.keys(proved)].toSorted()).toEqual(
    done()
      .map(({ name }) => name)
      .toSorted(),
  )
})

test.each(Object.entries(proved))('%s refuses a proof that is too old', async (name, input) => {
  const stale = { ...cast.ott, provedAt: new Date(Date.now() - 5 * 60_000) }
  const operation = done().find((one) => one.name === name)
  await expect(operation?.run(stale, input())).rejects.toSatisfy(
    (error) => error instanceof Refused && error.said?.key === 'access.proof.needed',
  )
})

test('a page that leads to it asks for the proof first, and leads back', async () => {
  await cast.admin.query(`update session set proved_at = now() - interval '6 minutes'`)
  for (const [who, method, path, back = path] of [
    ['ott', 'post', `/substitution/${asked}/end`],
    ['ott', 'get', '/questionnaire/new'],
    ['ott', 'post', `/people/${id}/invite/void`, `/people/${id}/invite`],
    ['aino', 'post', `/watch/${id}/judge`],
    ['lea', 'get', `/break-glass/${id}/judge`],
  ] as const) {
    const visitor = newVisitor(app, origin, cast.cookies[who])
    const answer = method === 'get' ? await visitor.get(path) : await visitor.post(path, {})
    const to = `/account/prove?to=${encodeURIComponent(back)}`
    expect([answer.status, answer.headers.get('location')], path).toEqual([303, to])
  }
  // What was lent by or to oneself one ends at once.
  const own = await newVisitor(app, origin, cast.cookies.peep).post(`/substitution/${asked}/end`, {})
  expect([own.status, own.headers.get('location')]).toEqual([303, '/substitution'])
})
