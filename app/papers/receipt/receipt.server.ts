// What is in a file that is said to be a receipt, found out without believing what it says about itself?
import { Invalid, type Message } from '../../core/errors.ts'
import { drawnApart } from '../../process/picture/drawing.server.ts'
import { isPicture } from '../../process/picture/sent-picture.server.ts'
import { scanned } from '../../process/scanner.server.ts'
import { faultOfPdf } from '../signed/pdf.server.ts'

/** The largest file that is taken. */
export const maxBytes = 10_000_000

export const receiptTypes = { jpg: 'image/jpeg', pdf: 'application/pdf' } as const
export type ReceiptForm = keyof typeof receiptTypes
export type Receipt = { form: ReceiptForm; bytes: Buffer }

const refuse = (key: Message['key'], args?: Message['args']): never => {
  throw new Invalid({ file: { key, args } })
}

/** Every picture drawn anew as a JPEG, a PDF as it is; looked through first, where there is somebody who looks. */
export async function readReceipt(bytes: Buffer): Promise<Receipt> {
  if (bytes.length === 0) return refuse('papers.refused.empty')
  if (bytes.length > maxBytes) return refuse('papers.refused.tooBig', { max: maxBytes / 1_000_000 })
  const form = formOf(bytes)
  if (!form) return refuse('papers.receipt.kind')
  const told = await scanned(bytes)
  if (told === 'found') return refuse('papers.receipt.harmful')
  if (told === 'silent') return refuse('papers.receipt.silent')
  const fault = form === 'pdf' ? faultOfPdf(bytes) : null
  // Of a receipt a picture does as well.
  if (fault === 'active' || fault === 'closed') return refuse(`papers.receipt.${fault}`)
  if (fault) return refuse(`papers.refused.${fault}`)
  const kept = form === 'pdf' ? bytes : await drawnApart(bytes)
  if (kept === 'busy') return refuse('papers.receipt.silent')
  return kept ? { form, bytes: kept } : refuse('papers.refused.damaged')
}

/** What it will be kept as, by its first bytes; how the file is called says nothing. */
function formOf(bytes: Buffer): ReceiptForm | null {
  if (isPicture(bytes)) return 'jpg'
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? 'pdf' : null
}
