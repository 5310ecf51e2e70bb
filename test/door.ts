// How does a test stand at the door: people with a password and a code, letters that lead back to it, and others who guess from everywhere?
import { Secret, TOTP } from 'otpauth'
import { newFactor, sealFactor } from '../app/access/factor.server.ts'
import { sendLetters } from '../app/access/new-browser/letters.server.ts'
import { hashPassword } from '../app/access/passwords.server.ts'
import { createApp } from '../app/app.tsx'
import { logTo } from '../app/core/log.server.ts'
import { openCast } from './cast.ts'
import { lettersOf } from './two-people.ts'
import { newVisitor, type Visitor } from './visitor.ts'

const origin = 'http://localhost:3000'
/** Kim's address, and the password of everybody here. */
export const [email, password] = ['kim@naidis.example', 'pilv tõukab rohelist vankrit']
export const wrong = 'vale vale vale vale'

/** Kim, Lou, Sirje and Lea have a password and an authenticator; nothing is counted yet. */
export async function openDoor() {
  const cast = await openCast()
  logTo(() => undefined)
  const app = createApp({ origin, secure: false, demo: false })
  const [hash, secret] = [await hashPassword(password), newFactor()]
  for (const who of [cast.kim, cast.lou, cast.sirje, cast.lea])
    await cast.admin.query(
      'insert into credential (person_id, password_hash, totp_sealed, totp_confirmed_at) values ($1, $2, $3, now())',
      [who.id, hash, sealFactor(who.id, secret)],
    )
  const browser = (from?: string) => newVisitor(app, origin, undefined, from)
  const type = (from: Visitor, typed: string, to = email) => from.post('/sign-in', { email: to, password: typed })
  const ask = (address: string) => browser().post('/sign-in/letter', { email: address })
  const kept = async () => (await cast.admin.query('select * from browser_letter order by asked_at')).rows
  const forget = () =>
    cast.admin.query('delete from sign_in_attempt; delete from browser_letter; delete from mail_outbox')

  /** All that guess stand at their longest wait, wherever they are, and so does whoever comes anew; the statuses of three who come. */
  async function attackFromEverywhere(): Promise<number[]> {
    await type(browser(), wrong)
    await cast.admin.query('update sign_in_attempt set failures = 400, last_at = clock_timestamp()')
    const statuses: number[] = []
    for (const network of [undefined, '198.51.100.7', '203.0.113.9'])
      statuses.push((await type(browser(network), password)).status)
    return statuses
  }

  /** After a right password: the code of this minute, which counts once elsewhere. */
  async function code(from: Visitor): Promise<Response> {
    await cast.admin.query('update credential set totp_last_step = 0')
    return from.post('/sign-in/code', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() })
  }

  /** The addresses to which the letters that are sent now lead. */
  async function links(): Promise<string[]> {
    await sendLetters(cast.sys)
    return (await lettersOf(cast)).flatMap((letter) => /\/sign-in\/browser\/[\w-]{43}/.exec(letter)?.[0] ?? [])
  }

  async function newLink(to = email): Promise<string> {
    await ask(to)
    const [link = '', ...more] = await links()
    if (!link || more.length > 0) throw new Error(`${more.length + (link ? 1 : 0)} letters to ${to}`)
    return link
  }
  return { cast, browser, type, ask, kept, forget, attackFromEverywhere, code, links, newLink }
}
