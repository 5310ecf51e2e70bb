// In which order do the parts of a backup follow one another? A letter, a length, the bytes.
import { Told } from '../../app/i18n/bilingual.ts'

/** `H` what it is · `T` a table begins · `D` rows of it · `E` it has ended, with so many rows · `Z` the end, with what was counted. */
export type Kind = 'H' | 'T' | 'D' | 'E' | 'Z'
export type Frame = { kind: Kind; bytes: Buffer }

export function frame(kind: Kind, content: Buffer | object): Buffer {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
  const head = Buffer.alloc(5)
  head.write(kind, 0, 'latin1')
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** The frames of a stream, one by one. */
export async function* readFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held = Buffer.alloc(0)
  let parts: Buffer[] = []
  let waiting = 0
  let wanted = 5
  for await (const bytes of stream) {
    parts.push(bytes)
    waiting += bytes.length
    if (held.length + waiting < wanted) continue
    held = Buffer.concat([held, ...parts])
    parts = []
    waiting = 0
    while (held.length >= 5) {
      wanted = 5 + held.readUInt32BE(1)
      if (held.length < wanted) break
      yield { kind: held.toString('latin1', 0, 1) as Kind, bytes: held.subarray(5, wanted) }
      held = held.subarray(wanted)
      wanted = 5
    }
  }
  if (held.length + waiting > 0) throw new Told('safekeeping.backup.broken')
}

export const jsonOf = <T>({ bytes }: Frame): T => JSON.parse(bytes.toString('utf8')) as T
