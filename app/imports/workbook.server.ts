// How is a file that somebody uploaded opened so that it can neither harm us nor cost much?
import { Worker } from 'node:worker_threads'
import { Invalid, type Message } from '../core/errors.ts'
import { type Preview, type PreviewOptions, previewOf } from './preview.ts'
import type { RawSheet } from './sheet.ts'
import type { Answer, Limits } from './workbook.worker.ts'

/** The largest file that is looked at, for the form as well. */
export const maxBytes = 5_000_000
const limits: Limits = { parts: 500, sheets: 20, rows: 5_000, columns: 60, inflated: 16_000_000, text: 4_000_000 }
const heap = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }
/** Processor time in milliseconds: a busy machine is not the file's doing. Whoever waits is not left waiting for longer than the other, in any case. */
const limit = { cpu: 4_000, wait: 60_000 }

const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le')

/** What the first bytes already give away, before anything is unpacked. */
function firstLook(bytes: Buffer): Message | null {
  if (bytes.length === 0) return { key: 'imports.refused.empty' }
  if (bytes.length > maxBytes) return { key: 'imports.refused.tooBig', args: { max: maxBytes / 1_000_000 } }
  if (bytes.subarray(0, 8).equals(ole)) {
    return { key: bytes.includes(encryptedStream) ? 'imports.refused.encrypted' : 'imports.refused.oldExcel' }
  }
  return bytes.subarray(0, 2).toString('latin1') === 'PK' ? null : { key: 'imports.refused.notWorkbook' }
}

function inWorker(bytes: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./workbook.worker.ts', import.meta.url), {
      workerData: { bytes: new Uint8Array(bytes), limits },
      resourceLimits: heap,
      // The runtime strips the types itself; loaders of the parent would only cost memory.
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    const begun = performance.now()
    const watch = setInterval(async () => {
      // A worker that has ended meanwhile tells no time any more; its own last word counts.
      const spent = await worker.cpuUsage().catch(() => null)
      const cpu = spent ? (spent.user + spent.system) / 1000 : 0
      if (cpu > limit.cpu || performance.now() - begun > limit.wait)
        settle({ refused: { key: 'imports.refused.tooSlow' } })
    }, 200)
    let first: Answer | undefined
    // The first word counts; what the end of the worker still says about itself does not.
    const settle = (answer: Answer) => {
      first ??= answer
      void worker.terminate().then(() => resolve(first ?? answer))
    }
    worker.once('message', settle)
    worker.once('error', (error: Error & { code?: string }) => {
      // Out of its small heap: the file's doing. Anything else is a fault of ours and must be seen.
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return reject(error)
      settle({ refused: { key: 'imports.refused.tooMuchInside', args: { max: limits.inflated / 1_000_000 } } })
    })
    worker.once('exit', (code) => {
      clearInterval(watch)
      if (!first) reject(new Error(`the reader of workbooks ended without a word (${code})`))
    })
  })
}

// One workbook at a time: two hostile ones together would cost twice as much.
let turn: Promise<unknown> = Promise.resolve()

/** The cells of every sheet, raw. A file that may not be read is `Invalid` at the field `file`, with the reason. */
export async function openWorkbook(bytes: Buffer): Promise<RawSheet[]> {
  const early = firstLook(bytes)
  if (early) throw new Invalid({ file: early })
  const mine = turn.then(() => inWorker(bytes))
  turn = mine.catch(() => null)
  const answer = await mine
  if ('refused' in answer) throw new Invalid({ file: answer.refused })
  return answer.sheets
}

/** A coordinator's workbook, row by row as it was understood; nothing is kept and nothing is changed. */
export async function readCoordinatorWorkbook(bytes: Buffer, options: PreviewOptions = {}): Promise<Preview> {
  const preview = previewOf(await openWorkbook(bytes), options)
  if (preview.sheets.length === 0) throw new Invalid({ file: { key: 'imports.refused.nothingKnown' } })
  return preview
}
