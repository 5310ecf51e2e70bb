// How is a password kept so that it can be recognised and never read?
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { openForProcess, sealForProcess } from '../core/seal.server.ts'
import { fairLine } from '../core/turn/fair-line.ts'

// security.md §3.6: 0.4 s and 128 MiB each, so no more than two at a time.
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
// A line without an end would be a way to fill the memory from outside, and one without turns a way to keep everybody else out.
const inTurn = fairLine({ atOnce: 2, inLine: 20, eachPlace: 6 })

/** The sealed text that the credential keeps: scrypt, then closed under a key that lives outside the database. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await stretch(password, salt, 'signed in')
  return sealForProcess('password', `${salt.toString('base64url')}.${hash.toString('base64url')}`).toString('base64url')
}

/** What is kept before there is a password: no text has this hash. */
export function noPassword(): string {
  const [salt, hash] = [randomBytes(16), randomBytes(32)]
  return sealForProcess('password', `${salt.toString('base64url')}.${hash.toString('base64url')}`).toString('base64url')
}

/**
 * True where the password is the right one. Without a kept text (nobody has that address) it takes the same time to say no. `place`: the network
 * from which it was sent; places take turns.
 */
export async function passwordMatches(kept: string | null, password: string, place: string): Promise<boolean> {
  const [salt = '', expected = ''] = kept ? openForProcess('password', Buffer.from(kept, 'base64url')).split('.') : []
  const given = await stretch(password, kept ? Buffer.from(salt, 'base64url') : randomBytes(16), place)
  const right = kept ? Buffer.from(expected, 'base64url') : randomBytes(32)
  return given.length === right.length && timingSafeEqual(given, right) && kept !== null
}

const stretch = (password: string, salt: Buffer, place: string): Promise<Buffer> =>
  inTurn(
    place,
    () =>
      new Promise((done, fail) =>
        scrypt(password.normalize('NFC'), salt, 32, cost, (error, key) => (error ? fail(error) : done(key))),
      ),
  )
