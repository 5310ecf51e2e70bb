// Which pictures do the tests send in, with what in them that is no picture?
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

type Kind = 'jpeg' | 'png' | 'webp'
/** Which way is up, as a camera writes it, and words in every place where a file of the kind may carry them. */
type Carried = { turned?: number; words?: string }

/** Red on the left, blue on the right, twice as wide as high. */
export async function pictureOf(kind: Kind, { turned = 1, words = 'IMG_1' }: Carried = {}): Promise<Buffer> {
  const [width, height] = [32, 16]
  const points = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at++) points[at * 3 + (at % width < width / 2 ? 0 : 2)] = 255
  const drawn = sharp(points, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { ImageDescription: words }, IFD3: { GPSLatitudeRef: 'N', GPSAreaInformation: words } })
    .withMetadata({ orientation: turned })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>${words}</place></x:xmpmeta>`)
    .withIccProfile('p3')
  const plain = await drawn[kind](kind === 'webp' ? { lossless: true } : {}).toBuffer()
  const more = { jpeg: remarksOfJpeg, png: remarksOfPng, webp: (bytes: Buffer) => bytes }[kind]
  return Buffer.concat([more(plain, words), Buffer.from(`after the end: ${words}`)])
}

/** What cameras and programs put beside the picture: a thumbnail, the marks of an editor, a remark. */
function remarksOfJpeg(jpeg: Buffer, words: string): Buffer {
  const segment = (marker: number, told: string) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(told.length + 2, 2)
    return Buffer.concat([head, Buffer.from(told, 'latin1')])
  }
  const thumbnail = segment(0xe0, `JFXX\0\x10\xff\xd8${words}\xff\xd9`)
  const remarks = [thumbnail, segment(0xed, `Photoshop 3.0\0${words}`), segment(0xfe, words)]
  return Buffer.concat([jpeg.subarray(0, 2), ...remarks, jpeg.subarray(2)])
}

function remarksOfPng(png: Buffer, words: string): Buffer {
  const first = 33
  const packed = Buffer.concat([Buffer.from('Place\0\0'), deflateSync(words)])
  const remarks = [chunk('tEXt', Buffer.from(`Comment\0${words}`)), chunk('zTXt', packed)]
  return Buffer.concat([png.subarray(0, first), ...remarks, png.subarray(first)])
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A PNG in black, as large as it is said to be; `lines` are what it unpacks to, whatever it says. */
export function blackPng(width: number, height: number, lines = Buffer.alloc(height * (1 + Math.ceil(width / 8)))) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts])
}
