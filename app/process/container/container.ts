// How is a file closed so that nobody opens it but with the password, by a program that every agency of the state has?
import { createCipheriv, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { list, octets, table, text, written } from './flat.ts'

/** What lies in the container; the name is ours and short, in plain letters. */
export type Content = { name: string; body: Uint8Array }
type Draw = (size: number) => Buffer

// CDOC 2.0 (open-eid.github.io/CDOC2), the scheme for a recipient who knows a password; opened by DigiDoc4. The words are the format's.
const words = {
  salt: 'CDOC20salt',
  content: 'CDOC20cek',
  header: 'CDOC20hmac',
  password: 'CDOC20kek',
  payload: 'CDOC20payload',
}
const [beginning, version] = ['CDOC', 2]
// How the schema counts: a capsule of a password, PBKDF2 with HMAC-SHA-256, XOR, ChaCha20-Poly1305.
const [ofPassword, derived, xored, chacha] = [5, 1, 1, 1]
/** How often the password is kneaded before it is a key; written in the container. */
const rounds = 600_000
/** What the container says of itself to whoever has not opened it. */
const label = 'Tugivõrk'

const hmac = (key: Uint8Array | string, data: Uint8Array | string) => createHmac('sha256', key).update(data).digest()
// HKDF (RFC 5869) with SHA-256, of which 32 bytes are ever wanted: one round.
const extract = (salt: Uint8Array | string, secret: Uint8Array) => hmac(salt, secret)
const expand = (key: Uint8Array, info: string) =>
  hmac(key, Buffer.concat([Buffer.from(info, 'utf8'), Buffer.from([1])]))
const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)))

/** The container. `draw` is chance, but where a test wants the same bytes again. */
export async function closeContainer(content: Content, password: string, draw: Draw = randomBytes): Promise<Buffer> {
  const master = extract(words.salt, draw(32))
  const header = await headerFor(master, password, draw)
  const sealed = hmac(expand(master, words.header), header)
  const packed = await promisify(deflate)(archived(content))
  const nonce = draw(12)
  const cipher = createCipheriv('chacha20-poly1305', expand(master, words.content), nonce, { authTagLength: 16 })
  cipher.setAAD(Buffer.concat([Buffer.from(words.payload), header, sealed]), { plaintextLength: packed.length })
  const payload = Buffer.concat([cipher.update(packed), cipher.final()])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  const before = [Buffer.from(beginning), Buffer.from([version]), length, header, sealed]
  return Buffer.concat([...before, nonce, payload, cipher.getAuthTag()])
}

/** For whom the container is: one who knows the password, which with the salts opens the key of the file. */
async function headerFor(master: Buffer, password: string, draw: Draw): Promise<Buffer> {
  const [salt, passwordSalt] = [draw(32), draw(32)]
  const kneaded = await promisify(pbkdf2)(password, passwordSalt, rounds, 32, 'sha256')
  const closing = expand(extract(salt, kneaded), `${words.password}XOR${label}`)
  const capsule = table([{ part: octets(salt) }, { part: octets(passwordSalt) }, { byte: derived }, { whole: rounds }])
  const recipient = table([
    { byte: ofPassword },
    { part: capsule },
    { part: text(label) },
    { part: octets(xor(master, closing)) },
    { byte: xored },
  ])
  return written(table([{ part: list([recipient]) }, { byte: chacha }]))
}

/** One file as a POSIX tar: a block that says what it is, the file, zeros. */
function archived({ name, body }: Content): Buffer {
  const block = 512
  const head = Buffer.alloc(block)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  head.write(name, 0, 100)
  head.write(octal(0o600, 8) + octal(0, 8) + octal(0, 8) + octal(body.length, 12) + octal(0, 12), 100)
  // The sum of the block is made as if blanks stood where it is written.
  head.write(' '.repeat(8), 148)
  head.write('0', 156)
  head.write('ustar\0' + '00', 257)
  head.write(
    `${octal(
      head.reduce((sum, byte) => sum + byte, 0),
      7,
    )} `,
    148,
  )
  const filled = Buffer.alloc(Math.ceil(body.length / block) * block)
  filled.set(body)
  return Buffer.concat([head, filled, Buffer.alloc(2 * block)])
}
