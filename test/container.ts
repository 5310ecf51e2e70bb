// How does whoever got a container open it? Written from the published format alone, to check what ours writes; it shares nothing with it.
import { createDecipheriv, createHmac, hkdfSync, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { inflateSync } from 'node:zlib'

type Table = { at: (field: number) => number; bytes: (field: number) => Buffer }

/** Where the field of a table stands, and what it points at: FlatBuffers as their own description has it. */
function tableAt(buffer: Buffer, place: number): Table {
  const fields = place - buffer.readInt32LE(place)
  const known = buffer.readUInt16LE(fields)
  const at = (field: number) => {
    const offset = 4 + 2 * field < known ? buffer.readUInt16LE(fields + 4 + 2 * field) : 0
    if (offset === 0) throw new Error(`field ${field} is missing`)
    return place + offset
  }
  const bytes = (field: number) => {
    const start = at(field) + buffer.readUInt32LE(at(field))
    return buffer.subarray(start + 4, start + 4 + buffer.readUInt32LE(start))
  }
  return { at, bytes }
}

/** HKDF-Expand alone: the library's whole HKDF begins by extracting, so it is made by hand. */
const expanded = (key: Buffer, info: Buffer) =>
  createHmac('sha256', key).update(info).update(Buffer.from('01', 'hex')).digest()

export type Opened = { name: string; body: Buffer; label: string; rounds: number }

/** Throws where the password is not that of the container, or a byte of it was changed. */
export function openContainer(container: Buffer, password: string): Opened {
  if (container.subarray(0, 5).toString('latin1') !== 'CDOC\u0002') throw new Error('no container')
  const length = container.readUInt32BE(5)
  const header = container.subarray(9, 9 + length)
  const mac = container.subarray(9 + length, 41 + length)
  const [nonce, rest] = [container.subarray(41 + length, 53 + length), container.subarray(53 + length)]
  const root = tableAt(header, header.readUInt32LE(0))
  if (header[root.at(1)] !== 1) throw new Error('another cipher')
  const list = root.at(0) + header.readUInt32LE(root.at(0))
  if (header.readUInt32LE(list) !== 1) throw new Error('not one recipient')
  const recipient = tableAt(header, list + 4 + header.readUInt32LE(list + 4))
  if (header[recipient.at(0)] !== 5 || header[recipient.at(4)] !== 1) throw new Error('another recipient')
  const capsule = tableAt(header, recipient.at(1) + header.readUInt32LE(recipient.at(1)))
  if (header[capsule.at(2)] !== 1) throw new Error('another derivation')
  const rounds = header.readInt32LE(capsule.at(3))
  const label = recipient.bytes(2).toString('utf8')
  // Extract and expand in one, by the library's own HKDF.
  const kneaded = pbkdf2Sync(password, capsule.bytes(1), rounds, 32, 'sha256')
  const opening = Buffer.from(hkdfSync('sha256', kneaded, capsule.bytes(0), `CDOC20kekXOR${label}`, 32))
  const master = Buffer.from(recipient.bytes(3).map((byte, at) => byte ^ (opening[at] ?? 0)))
  const own = createHmac('sha256', expanded(master, Buffer.from('CDOC20hmac')))
    .update(header)
    .digest()
  if (!timingSafeEqual(own, mac)) throw new Error('wrong password')
  const key = expanded(master, Buffer.from('CDOC20cek'))
  const opener = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  opener.setAAD(Buffer.concat([Buffer.from('CDOC20payload'), header, mac]), { plaintextLength: rest.length - 16 })
  opener.setAuthTag(rest.subarray(-16))
  const packed = Buffer.concat([opener.update(rest.subarray(0, -16)), opener.final()])
  return { ...untarred(inflateSync(packed)), label, rounds }
}

/** What somebody reads to whom it was handed. */
export const contentOf = ({ file, password }: { file: { body: Buffer }; password: string }): Buffer =>
  openContainer(file.body, password).body

function untarred(tar: Buffer): { name: string; body: Buffer } {
  const words = (from: number, to: number) => tar.subarray(from, to).toString('utf8').replace(/\0.*$/s, '')
  if (words(257, 263) !== 'ustar' || words(156, 157) !== '0') throw new Error('no file of a tar')
  const summed = Buffer.from(tar.subarray(0, 512)).fill(0x20, 148, 156)
  if (Number.parseInt(words(148, 156), 8) !== summed.reduce((sum, byte) => sum + byte, 0)) throw new Error('wrong sum')
  const size = Number.parseInt(words(124, 136), 8)
  const end = 512 + Math.ceil(size / 512) * 512
  if (tar.length !== end + 1024 || tar.subarray(end).some((byte) => byte !== 0)) throw new Error('more than one file')
  return { name: words(0, 100), body: tar.subarray(512, 512 + size) }
}
