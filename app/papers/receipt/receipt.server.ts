// What is in a file that is said to be a receipt, found out without believing what it says about itself?
import { Invalid, type Message } from '../../core/errors.ts'
import { scanned } from '../../process/scanner.server.ts'
import { checkPdf } from '../signed/container.server.ts'
import { cleanJpeg } from './jpeg.ts'
import { cleanPng } from './png.server.ts'

/** The largest file that is taken. */
export const maxBytes = 10_000_000

export const receiptTypes = { jpg: 'image/jpeg', png: 'image/png', pdf: 'application/pdf' } as const
export type ReceiptForm = keyof typeof receiptTypes
export type Receipt = { form: ReceiptForm; bytes: Buffer }

const refuse = (key: Message['key'], args?: Message['args']): never => {
  throw new Invalid({ file: { key, args } })
}

/** The picture alone, without where and by what it was taken; looked through first, where there is somebody who looks. */
export async function readReceipt(bytes: Buffer): Promise<Receipt> {
  if (bytes.length === 0) return refuse('papers.refused.empty')
  if (bytes.length > maxBytes) return refuse('papers.refused.tooBig', { max: maxBytes / 1_000_000 })
  const form = formOf(bytes)
  if (!form) return refuse('papers.receipt.kind')
  const told = await scanned(bytes)
  if (told === 'found') return refuse('papers.receipt.harmful')
  if (told === 'silent') return refuse('papers.receipt.silent')
  if (form === 'pdf') checkPdf(bytes)
  const clean = form === 'pdf' ? bytes : form === 'png' ? await cleanPng(bytes) : cleanJpeg(bytes)
  return clean ? { form, bytes: clean } : refuse('papers.refused.damaged')
}

/** By its first bytes; how the file is called says nothing. */
function formOf(bytes: Buffer): ReceiptForm | null {
  if (bytes.subarray(0, 3).toString('hex') === 'ffd8ff') return 'jpg'
  if (bytes.subarray(0, 8).toString('hex') === '89504e470d0a1a0a') return 'png'
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? 'pdf' : null
}
