// What of a JPEG is the picture, and how is everything else left out – where it was taken, by which camera, its thumbnails?

/** The most points that a photo may have; a phone of today makes 12 million, some 50. */
const mostPoints = 60_000_000

const startOfImage = Buffer.from([0xff, 0xd8])
const endOfImage = Buffer.from([0xff, 0xd9])

/**
 * The same picture in a file of our own making: only the segments without which no decoder can draw it (ITU-T T.81), each
 * read and found to be no longer than it must be; and which way is up, written anew. `null` where it is no whole JPEG.
 */
export function cleanJpeg(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, 2).equals(startOfImage)) return null
  const kept: Buffer[] = []
  let [at, frames, scans, turned] = [2, 0, 0, 1]
  for (;;) {
    const found = nextMarker(bytes, at)
    if (!found) return null
    const { marker, from } = found
    // What follows the end – a film, a second picture, a map – is not looked at.
    if (marker === 0xd9) return frames === 1 && scans > 0 ? whole(kept, turned) : null
    const body = bodyAt(bytes, from)
    if (!body) return null
    at = from + 2 + body.length
    if (isRemark(marker)) {
      turned = marker === 0xe1 ? (turnOf(body) ?? turned) : turned
      const colours = marker === 0xee ? adobe(body) : null
      if (colours) kept.push(colours)
      continue
    }
    if (!mayStand(marker, body)) return null
    if (isFrame(marker)) frames++
    kept.push(segment(marker, body))
    if (marker !== 0xda) continue
    if (frames !== 1) return null
    const end = endOfScan(bytes, at)
    if (end === null) return null
    kept.push(bytes.subarray(at, end))
    scans++
    at = end
  }
}

const whole = (kept: Buffer[], turned: number) =>
  Buffer.concat([startOfImage, ...(turned === 1 ? [] : [orientation(turned)]), ...kept, endOfImage])

function nextMarker(bytes: Buffer, at: number): { marker: number; from: number } | null {
  if (bytes[at] !== 0xff) return null
  let from = at
  while (bytes[from] === 0xff) from++
  const marker = bytes[from]
  return marker === undefined ? null : { marker, from: from + 1 }
}

function bodyAt(bytes: Buffer, from: number): Buffer | null {
  if (from + 2 > bytes.length) return null
  const length = bytes.readUInt16BE(from)
  return length < 2 || from + length > bytes.length ? null : bytes.subarray(from + 2, from + length)
}

/** Application data and comments: all that is not the picture. */
const isRemark = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe
/** Baseline, extended and progressive, as cameras and browsers write them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xc2

function mayStand(marker: number, body: Buffer): boolean {
  if (isFrame(marker)) return frameFits(body)
  if (marker === 0xdb) return tablesFit(body, (table) => 1 + ((table[0] ?? 0) >> 4 ? 128 : 64))
  if (marker === 0xc4)
    return tablesFit(body, (table) => (table.length < 17 ? 0 : 17 + table.subarray(1, 17).reduce((a, b) => a + b, 0)))
  if (marker === 0xdd) return body.length === 2
  if (marker === 0xda) return body.length === 4 + 2 * (body[0] ?? 0) && body.length >= 6 && body.length <= 12
  return false
}

function frameFits(body: Buffer): boolean {
  if (body.length < 9 || body[0] !== 8) return false
  const [height, width, parts] = [body.readUInt16BE(1), body.readUInt16BE(3), body[5] ?? 0]
  return (
    height > 0 &&
    width > 0 &&
    height * width <= mostPoints &&
    [1, 3, 4].includes(parts) &&
    body.length === 6 + 3 * parts
  )
}

/** Tables stand one behind the other and fill their segment: nothing fits between them. */
function tablesFit(body: Buffer, lengthOf: (table: Buffer) => number): boolean {
  let at = 0
  while (at < body.length) {
    const length = lengthOf(body.subarray(at))
    if (length === 0) return false
    at += length
  }
  return at === body.length && at > 0
}

/** The drawn lines run until a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    const drawn = next === 0 || (next >= 0xd0 && next <= 0xd7)
    if (!drawn && next !== 0xff) return at
  }
  return null
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** How colours are kept, where the file says so in the way of Adobe: the one number of it, without the rest. */
function adobe(body: Buffer): Buffer | null {
  const way = body[11] ?? 3
  if (body.length < 12 || body.subarray(0, 5).toString('latin1') !== 'Adobe' || way > 2) return null
  return segment(0xee, Buffer.from([...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, way]))
}

/** Which way is up, from the camera's own data (Exif 2.3, tag 274); nothing where it does not say. */
function turnOf(body: Buffer): number | null {
  if (body.subarray(0, 6).toString('latin1') !== 'Exif\0\0') return null
  const data = body.subarray(6)
  const order = data.subarray(0, 2).toString('latin1')
  if (data.length < 8 || (order !== 'II' && order !== 'MM')) return null
  const read = (at: number, size: 2 | 4) => {
    if (at < 0 || at + size > data.length) return 0
    return order === 'II' ? data.readUIntLE(at, size) : data.readUIntBE(at, size)
  }
  const first = read(4, 4)
  for (let nth = 0; nth < Math.min(read(first, 2), 100); nth++) {
    const entry = first + 2 + 12 * nth
    const value = read(entry + 8, 2)
    if (read(entry, 2) === 274) return value >= 1 && value <= 8 ? value : null
  }
  return null
}

/** The same single fact in a block of our own. */
function orientation(turned: number): Buffer {
  const tag = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0]
  return segment(0xe1, Buffer.from([...Buffer.from('Exif\0\0MM\0*', 'latin1'), 0, 0, 0, 8, 0, 1, ...tag, 0, 0, 0, 0]))
}
