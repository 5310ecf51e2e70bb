// What is in a file that is said to be a picture, found out without believing what it says about itself?
import { Invalid, type Message } from '../../core/errors.ts'
import { scanned } from '../scanner.server.ts'
import { drawnApart } from './drawing.server.ts'

/** The largest file that is taken. */
const maxBytes = 10_000_000

const refuse = (key: Message['key'], args?: Message['args']): never => {
  throw new Invalid({ file: { key, args } })
}

/** JPEG, PNG, and WebP with its length between the two halves of its name; how the file is called says nothing. */
export const isPicture = (bytes: Buffer): boolean =>
  /^(ffd8ff|89504e470d0a1a0a|52494646.{8}57454250)/.test(bytes.subarray(0, 12).toString('hex'))

/** A JPEG of our own; looked through first, where there is somebody who looks. Refused with the reason at the field `file`. */
export async function readPicture(bytes: Buffer): Promise<Buffer> {
  if (bytes.length === 0) return refuse('core.picture.empty')
  if (bytes.length > maxBytes) return refuse('core.picture.tooBig', { max: maxBytes / 1_000_000 })
  if (!isPicture(bytes)) return refuse('core.picture.kind')
  const told = await scanned(bytes)
  if (told === 'found') return refuse('core.picture.harmful')
  const drawn = told === 'silent' ? 'busy' : await drawnApart(bytes)
  if (drawn === 'busy') return refuse('core.picture.busy')
  return drawn ?? refuse('core.picture.damaged')
}
