// How is it written down for outsiders how long the log was and how it ended, so that nobody can write it otherwise later?
import { createHash, createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto'

/** `size` is the number of the last event, `head` its hash (hex); `previous` is the hash (hex) of the checkpoint before it. */
export type Checkpoint = { origin: string; size: number; head: string; time: string; previous: string | null }
/** The same, signed: a text like those of Go's checksum database and of certificate logs, so that witnesses can add their lines. */
export type Note = { checkpoint: Checkpoint; body: string; signatures: { name: string; bytes: Buffer }[] }
export type PublicKey = { name: string; id: Buffer; key: KeyObject }

const ed25519 = 1
// What stands before the 32 bytes of every Ed25519 key in its usual wrapping.
const wrapping = Buffer.from('302a300506032b6570032100', 'hex')

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
const sha256 = (...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** The lines that are signed. */
export function bodyOf({ origin, size, head, time, previous }: Checkpoint): string {
  return `${origin}\n${size}\n${base64(head)}\ntime ${time}\nprevious ${previous ? base64(previous) : '-'}\n`
}

/** The line that a signer adds. */
export function signatureOf(body: string, name: string, key: KeyObject): string {
  const signed = Buffer.concat([keyId(name, rawKey(key)), signBytes(null, Buffer.from(body), key)])
  return `— ${name} ${signed.toString('base64')}\n`
}

/** How a checkpoint is named by the one that follows it. */
export const hashOf = (body: string): string => sha256(body).toString('hex')

/** Reads a note; null for whatever is not exactly one: a changed space is a changed note. */
export function readNote(text: string): Note | null {
  // A mail program may have written the ends of lines its own way, and whoever copied it taken empty lines along.
  const [body, signed, more] = text
    .replaceAll('\r\n', '\n')
    .replace(/^\n+|\n+$/g, '')
    .split('\n\n')
  if (body === undefined || signed === undefined || more !== undefined) return null
  const checkpoint = readBody(`${body}\n`)
  const signatures = signed
    .split('\n')
    .map((line) => /^— ([^\s+]+) (\S+)$/.exec(line))
    .map((found) => (found ? { name: found[1] ?? '', bytes: exactly(found[2] ?? '') } : null))
  if (!checkpoint || signatures.some((one) => !one?.bytes)) return null
  return { checkpoint, body: `${body}\n`, signatures: signatures as Note['signatures'] }
}

function readBody(body: string): Checkpoint | null {
  const found = /^(\S+)\n(0|[1-9]\d{0,15})\n(\S+)\ntime (\S+)\nprevious (\S+)\n$/.exec(body)
  if (!found) return null
  const [, origin = '', size = '', head = '', time = '', previous = ''] = found
  const hex = (text: string) => Buffer.from(text, 'base64').toString('hex')
  const read = { origin, size: Number(size), head: hex(head), time, previous: previous === '-' ? null : hex(previous) }
  return bodyOf(read) === body && !Number.isNaN(Date.parse(time)) ? read : null
}

// Base64 has several ways of writing the same bytes; only the usual one is taken.
function exactly(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === 68 && bytes.toString('base64') === text ? bytes : null
}

/** True where one of these keys has signed the note. */
export function isSigned(note: Note, keys: readonly PublicKey[]): boolean {
  return note.signatures.some(({ name, bytes }) =>
    keys.some(
      (one) =>
        one.name === name &&
        one.id.equals(bytes.subarray(0, 4)) &&
        verifyBytes(null, Buffer.from(note.body), one.key, bytes.subarray(4)),
    ),
  )
}

/** `name+id+key`: how a public key is printed, kept and given to the check. */
export function publicKeyText(name: string, key: KeyObject): string {
  const raw = rawKey(key)
  return `${name}+${keyId(name, raw).toString('hex')}+${Buffer.concat([Buffer.from([ed25519]), raw]).toString('base64')}`
}

/** Reads what `publicKeyText` wrote; null for anything else. */
export function readPublicKey(text: string): PublicKey | null {
  const [, name = '', id = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(key, 'base64')
  const raw = bytes.subarray(1)
  if (bytes.length !== 33 || bytes[0] !== ed25519 || bytes.toString('base64') !== key) return null
  if (keyId(name, raw).toString('hex') !== id) return null
  const der = Buffer.concat([wrapping, raw])
  return { name, id: Buffer.from(id, 'hex'), key: createPublicKey({ key: der, format: 'der', type: 'spki' }) }
}

const keyId = (name: string, raw: Buffer): Buffer => sha256(name, '\n', Buffer.from([ed25519]), raw).subarray(0, 4)

function rawKey(key: KeyObject): Buffer {
  const open = key.type === 'public' ? key : createPublicKey(key)
  return open.export({ format: 'der', type: 'spki' }).subarray(wrapping.length)
}
