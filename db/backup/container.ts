// How is a backup closed so that only the private key in the safe opens it, and no byte of it can be changed or cut off unnoticed?
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { Told } from '../../app/i18n/bilingual.ts'

const magic = 'tugivork-backup-1'
const chunk = 65_536
const tag = 16

/** A pair as PEM: the public half lies on the server, the private one in the safe. */
export function makePair(): { publicPem: string; privatePem: string } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

export function readPublic(pem: string, path: string): KeyObject {
  try {
    const key = createPublicKey(pem)
    // Of a private key the public half could be taken too; it must not lie here.
    if (key.asymmetricKeyType === 'x25519' && !pem.includes('PRIVATE')) return key
  } catch {}
  throw new Told('safekeeping.backup.badPublic', { path })
}

export function readPrivate(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'x25519') return key
  } catch {}
  throw new Told('safekeeping.backup.badPrivate', { path })
}

const rawOf = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')

/** Is what begins so a file that `closing` wrote? */
export const isBackup = (start: Buffer): boolean => start.toString('latin1').startsWith(`${magic} `)

/** Eight letters that stand for the pair. */
export const nameOf = (key: KeyObject): string => createHash('sha256').update(rawOf(key)).digest('hex').slice(0, 8)

function keyFrom(shared: Buffer, ephemeral: Buffer, recipient: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), magic, 32))
}

// Numbered, and the last one is marked: nothing can be left out, repeated or cut off.
function nonceOf(nth: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(nth), 3)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Closes what flows through for the holder of the private half. The key lives only as long as the stream. */
export function closing(recipient: KeyObject): Transform {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const ephemeral = rawOf(publicKey)
  const key = keyFrom(diffieHellman({ privateKey, publicKey: recipient }), ephemeral, rawOf(recipient))
  const head = `${magic} ${nameOf(recipient)} ${ephemeral.toString('base64url')}\n`
  const seal = (part: Buffer, nth: number, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(nth, last)).setAAD(Buffer.from(head))
    return Buffer.concat([cipher.update(part), cipher.final(), cipher.getAuthTag()])
  }
  const stream = inParts(chunk, seal)
  stream.push(head)
  return stream
}

/** Opens what `closing` closed; ends with an error that says what is wrong: another key, a changed or a cut file. */
export function opening(privateKey: KeyObject): Transform {
  let head: Uint8Array | null = null
  let begun: Buffer = Buffer.alloc(0)
  let key: Buffer = Buffer.alloc(0)
  const open = (part: Buffer, nth: number, last: boolean) => {
    if (part.length < tag) throw new Told('safekeeping.backup.broken')
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(nth, last), { authTagLength: tag })
    decipher.setAAD(head ?? Buffer.alloc(0)).setAuthTag(part.subarray(part.length - tag))
    try {
      return Buffer.concat([decipher.update(part.subarray(0, part.length - tag)), decipher.final()])
    } catch (error) {
      throw new Told('safekeeping.backup.broken', {}, { cause: error })
    }
  }
  const rest = inParts(chunk + tag, open, () => head !== null)
  const plain = rest._transform.bind(rest)
  rest._transform = (bytes: Buffer, encoding, done) => {
    if (head) return plain(bytes, encoding, done)
    begun = Buffer.concat([begun, bytes])
    const end = begun.indexOf('\n')
    try {
      if (end < 0 && begun.length > 200) throw new Told('safekeeping.backup.notOurs')
      if (end < 0) return done()
      head = begun.subarray(0, end + 1)
      key = keyOf(begun.toString('latin1', 0, end + 1), privateKey)
    } catch (error) {
      return done(error as Error)
    }
    return plain(begun.subarray(end + 1), encoding, done)
  }
  return rest
}

function keyOf(head: string, privateKey: KeyObject): Buffer {
  const [name, holder, sent = ''] = head.trim().split(' ')
  const recipient = createPublicKey(privateKey)
  if (name !== magic) throw new Told('safekeeping.backup.notOurs')
  if (holder !== nameOf(recipient)) {
    throw new Told('safekeeping.backup.otherKey', { wanted: holder, given: nameOf(recipient) })
  }
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: sent }, format: 'jwk' })
    return keyFrom(diffieHellman({ privateKey, publicKey }), Buffer.from(sent, 'base64url'), rawOf(recipient))
  } catch (error) {
    throw new Told('safekeeping.backup.broken', {}, { cause: error })
  }
}

type Part = (part: Buffer, nth: number, last: boolean) => Buffer

// Cuts a stream into parts of one size; which of them is the last is known only when there is no more.
function inParts(size: number, work: Part, isBegun = () => true): Transform {
  let held: Buffer[] = []
  let length = 0
  let nth = 0
  const attempt = (done: TransformCallback, act: () => void) => {
    try {
      act()
      done()
    } catch (error) {
      done(error as Error)
    }
  }
  return new Transform({
    transform(this: Transform, bytes: Buffer, _encoding, done) {
      attempt(done, () => {
        held.push(bytes)
        length += bytes.length
        if (length <= size) return
        let all = Buffer.concat(held)
        for (; all.length > size; all = all.subarray(size)) this.push(work(all.subarray(0, size), nth++, false))
        held = [all]
        length = all.length
      })
    },
    flush(this: Transform, done) {
      attempt(done, () => {
        if (!isBegun()) throw new Told('safekeeping.backup.notOurs')
        this.push(work(Buffer.concat(held), nth, true))
      })
    },
  })
}
