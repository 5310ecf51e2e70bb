// How are a few tables written so that a reader of FlatBuffers finds what is in them, without code that was generated for it?

/** What is pointed at: where in its bytes a pointer leads to, and what it points at itself. */
export type Part = { bytes: Buffer; start: number; points: readonly { at: number; to: Part }[] }
export type Field = { byte: number } | { whole: number } | { part: Part }

// Everything stands at a multiple of four bytes.
const room = (length: number) => Math.ceil(length / 4) * 4

/** Bytes with their number before them; `end` zeros stand behind them and are not counted. */
export function octets(content: Uint8Array, end = 0): Part {
  const bytes = Buffer.alloc(room(4 + content.length + end))
  bytes.writeUInt32LE(content.length, 0)
  bytes.set(content, 4)
  return { bytes, start: 0, points: [] }
}

export const text = (words: string): Part => octets(Buffer.from(words, 'utf8'), 1)

export function list(parts: readonly Part[]): Part {
  const bytes = Buffer.alloc(4 + 4 * parts.length)
  bytes.writeUInt32LE(parts.length, 0)
  return { bytes, start: 0, points: parts.map((to, nth) => ({ at: 4 + 4 * nth, to })) }
}

/** Fields in the order of the schema, four bytes for each; before them stands where each of them is. */
export function table(fields: readonly Field[]): Part {
  const [known, length] = [4 + 2 * fields.length, 4 + 4 * fields.length]
  const start = room(known)
  const bytes = Buffer.alloc(start + length)
  bytes.writeUInt16LE(known, 0)
  bytes.writeUInt16LE(length, 2)
  bytes.writeInt32LE(start, start)
  const points = fields.flatMap((field, nth) => {
    const place = 4 + 4 * nth
    bytes.writeUInt16LE(place, 4 + 2 * nth)
    if ('part' in field) return [{ at: start + place, to: field.part }]
    if ('byte' in field) bytes.writeUInt8(field.byte, start + place)
    else bytes.writeInt32LE(field.whole, start + place)
    return []
  })
  return { bytes, start, points }
}

const within = (part: Part): Part[] => [part, ...part.points.flatMap(({ to }) => within(to))]

/** All of it, from its root on: what is pointed at stands behind what points, for a pointer is a distance. */
export function written(root: Part): Buffer {
  const places = new Map<Part, number>()
  let length = 4
  for (const part of within(root)) {
    places.set(part, length)
    length += part.bytes.length
  }
  const whole = Buffer.alloc(length)
  const startOf = (part: Part) => (places.get(part) ?? 0) + part.start
  whole.writeUInt32LE(startOf(root), 0)
  for (const [part, place] of places) {
    part.bytes.copy(whole, place)
    for (const { at, to } of part.points) whole.writeUInt32LE(startOf(to) - (place + at), place + at)
  }
  return whole
}
