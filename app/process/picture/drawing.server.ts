// How is a picture drawn away from the process that holds the keys, so that a hostile one finds nothing there and costs little?
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')
const child = join(import.meta.dirname, 'draw.child.ts')
// It reads the program and nothing else (not what a demonstration keeps beside it), writes nothing and starts nothing; libvips, which draws, is no JavaScript.
const reads = ['app/*', 'node_modules/*', 'package.json'].map((path) => `--allow-fs-read=${join(root, path)}`)
const flags = ['--permission', ...reads, '--allow-addons']
const mostBytes = 10_000_000

/** `null` where no picture came of it, for whatever reason: not in time, too much, or the process fell. */
async function inChild(bytes: Buffer, program: string, milliseconds: number): Promise<Buffer | null> {
  try {
    const drawing = promisify(execFile)(process.execPath, [...flags, program], {
      ...{ cwd: root, env: {}, encoding: 'buffer' },
      ...{ timeout: milliseconds, killSignal: 'SIGKILL', maxBuffer: mostBytes },
    })
    // One that ends before it has read everything has said enough by ending.
    drawing.child.stdin?.on('error', () => undefined).end(bytes)
    const { stdout } = await drawing
    return stdout.length > 0 ? stdout : null
  } catch {
    return null
  }
}

// One picture at a time: a machine that has room for one may not have it for twenty. Only so many wait, for each is held in memory meanwhile.
let turn: Promise<unknown> = Promise.resolve()
let waiting = 0
const mostWaiting = 8

/** The picture as a JPEG of our own, drawn in a process without keys, environment or a place to write to; `null` where that failed, `busy` where too many wait. */
export async function drawnApart(
  bytes: Buffer,
  program = child,
  milliseconds = 20_000,
): Promise<Buffer | null | 'busy'> {
  if (waiting >= mostWaiting) return 'busy'
  waiting++
  const mine = turn.then(() => inChild(bytes, program, milliseconds))
  turn = mine
  return mine.finally(() => waiting--)
}

/** One white point, as a PNG. */
const point = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=='

/** Is everything here that drawing needs? A picture that is refused would not tell. */
export const picturesAreDrawn = async () => Buffer.isBuffer(await drawnApart(Buffer.from(point, 'base64')))
