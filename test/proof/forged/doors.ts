// What would take effect at the addresses that need nobody signed in?
import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { newFactor, sealFactor } from '../../../app/access/factor.server.ts'
import { codeTyped } from '../../../app/access/invitation/invitation.ts'
import { takeInvitation } from '../../../app/access/invitation/invitations.server.ts'
import { askLetter, sendLetters } from '../../../app/access/new-browser/letters.server.ts'
import { hashPassword } from '../../../app/access/passwords.server.ts'
import { now } from '../../../app/core/clock.server.ts'
import { openForProcess, sealForProcess } from '../../../app/core/seal.server.ts'
import { csrfToken } from '../../../app/core/session.server.ts'
import { makeDevice } from '../../../app/field/devices.server.ts'
import { signIn } from '../../cast.ts'
import { lastLink, said } from '../../reference.ts'
import { invited, newcomer } from '../../two-people.ts'
import type { MatrixWorld } from '../matrix/world/world.ts'
import type { Sent } from './forgeries.ts'

export type Door = { address: string; form: () => Promise<Sent> }

/** What nobody does at a door here, and where it is done. */
export const undoneAtDoors: Record<string, { seen: string; by: string }> = {
  '/sign-in/passkey': { seen: 'app/access/passkey/passkeys.test.ts', by: "at = '/sign-in/passkey'" },
  '/sign-in/ways': { seen: 'app/access/invitation/first-ways.test.ts', by: "visitor.post('/sign-in/ways'" },
  '/sign-in/ways/card': { seen: 'app/access/invitation/first-ways.test.ts', by: "visitor.post('/sign-in/ways/card'" },
}

const password = 'pilv tõukab rohelist vankrit'
const applied = {
  ...{ name: 'Näidis-Soovija', email: 'soovija@naidis.example', county: '0045', firstLanguage: 'et', languages: 'et' },
  ...{ why: 'Näidis-soov, mis on piisavalt pikk.', source: 'web' },
}

/** Where the letter leads that she asks for now. */
async function letterLink({ admin, sys }: MatrixWorld['cast']): Promise<string> {
  await askLetter('tiia@naidis.example')
  await sendLetters(sys)
  const { rows } = await admin.query<{ link: Buffer }>(
    `select link_sealed as link from mail_outbox where kind = 'new-browser' order by created_at desc limit 1`,
  )
  return rows[0] ? openForProcess('mail', rows[0].link) : ''
}

/** Every door at which something can be sent, in the order in which one comes in. */
export async function doorsOf({ cast }: MatrixWorld): Promise<Door[]> {
  const factor = newFactor()
  const code = () => new TOTP({ secret: Secret.fromBase32(factor) }).generate()
  await cast.admin.query(
    'update credential set password_hash = $2, totp_sealed = $3, totp_last_step = 0 where person_id = $1',
    [cast.tiia.id, await hashPassword(password), sealFactor(cast.tiia.id, factor)],
  )
  const reference = (await lastLink(cast)).split('/').at(-1) ?? ''
  const guest = await invited(cast, cast.ott, await newcomer(cast, 'uus-trainer', 'trainer'))
  const helper = await invited(cast, cast.ott, await newcomer(cast, 'uus-volunteer'))
  await takeInvitation(helper.invitation, codeTyped(helper.code))
  const { token } = await makeDevice.run(cast.lou, { kind: 'phone' })
  const form = (path: string, values: Record<string, string>, cookie = ''): Sent => ({
    ...{ path, cookie, body: String(new URLSearchParams(values)), me: null },
  })
  const step = (who: { id: string; invitation?: string }, stage: string) =>
    `step=${sealForProcess('sign-in', JSON.stringify({ ...who, stage, to: '/', at: now().getTime() })).toString('base64url')}`
  const session = async (path: string, values: Record<string, string>): Promise<Sent> => {
    const { person, cookie } = await signIn(cast.admin, cast.tiia.id)
    return { ...form(path, { ...values, _csrf: csrfToken(person) }, `sid=${cookie}`), me: person }
  }
  const again = { password: 'sinine vihm ronib üle katuse', passwordAgain: 'sinine vihm ronib üle katuse' }
  const at = (path: string, make: (path: string) => Sent | Promise<Sent>): Door => ({
    ...{ address: path, form: async () => make(path) },
  })
  const { person, invitation } = guest
  const first = step({ id: helper.person, invitation: helper.invitation }, 'ways')
  return [
    at('/sign-in', (path) => form(path, { email: 'tiia@naidis.example', password })),
    at('/sign-in/code', (path) => form(path, { code: code() }, step({ id: cast.tiia.id }, 'code'))),
    at('/sign-in/passkey/options', (path) => form(path, { email: 'tiia@naidis.example' })),
    at('/sign-in/passkey', (path) => form(path, { credential: '{}' })),
    at('/sign-in/letter', (path) => form(path, { email: 'tiia@naidis.example' })),
    { address: '/sign-in/browser/:token', form: async () => form(await letterLink(cast), {}) },
    at('/sign-in/invitation', (path) => form(path, { code: guest.code }, step({ id: invitation }, 'invitation'))),
    at('/sign-in/setup', (path) => {
      const secret = sealFactor(person, factor).toString('base64url')
      return form(path, { secret, code: code() }, step({ id: person, invitation }, 'setup'))
    }),
    at('/sign-in/password', (path) => form(path, again, step({ id: person, invitation }, 'password'))),
    at('/sign-in/ways/options', (path) => form(path, {}, first)),
    at('/sign-in/ways', (path) => form(path, { credential: '{}' }, first)),
    at('/sign-in/ways/card', (path) => form(path, {}, first)),
    at('/demo', (path) => form(path, { person: cast.kim.id })),
    at('/language', (path) => session(path, { locale: 'ru' })),
    at('/sign-out', (path) => session(path, {})),
    at('/apply/form', (path) => form(path, { ...applied, once: randomUUID() })),
    at('/reference', (path) =>
      form(path, said, `reference=${sealForProcess('reference', reference).toString('base64url')}`),
    ),
    at('/field/stands', (path) => ({ ...form(path, { token, emptied: 'true' }), json: true })),
  ]
}
