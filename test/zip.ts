// What does a zip look like that was made by hand, so that it can lie?
import { crc32, deflateRawSync } from 'node:zlib'

/** `raw` is deflated already, `size` is what the headers claim. */
export type Part = { name: string; data?: string; raw?: Buffer; size?: number; flags?: number }

/** An archive of these parts; `hidden` ones lie in it and are not in its list. */
export function zip(parts: Part[], hidden: Part[] = []): Buffer {
  const [body, index]: [Buffer[], Buffer[]] = [[], []]
  for (const { name, data = '', raw, size, flags = 0x0800 } of [...hidden, ...parts]) {
    const [plain, label] = [Buffer.from(data), Buffer.from(name)]
    const packed = raw ?? deflateRawSync(plain)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(plain), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size ?? plain.length, 22)
    local.writeUInt16LE(label.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    local.copy(central, 6, 4, 28)
    central.writeUInt32LE(Buffer.concat(body).length, 42)
    body.push(local, label, packed)
    if (!hidden.some((part) => part.name === name)) index.push(central, label)
  }
  const [files, directory] = [Buffer.concat(body), Buffer.concat(index)]
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(files.length, 16)
  return Buffer.concat([files, directory, end])
}
