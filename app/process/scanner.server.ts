// Is there something in a file that would harm whoever opens it? Asked of ClamAV, where this installation has one.
import { connect } from 'node:net'

/** `host:port`, or the path of a socket. */
let address: string | null = null
let patience = 20_000

/** Called once when the process starts; without an address nothing is scanned. */
export function useScanner(where: string | null, milliseconds = 20_000): void {
  address = where
  patience = milliseconds
}

export type Scanned = 'clean' | 'found' | 'silent' | 'none'

/** `silent`: it is there and does not answer, so that nobody knows; `none`: this installation has none. */
export async function scanned(bytes: Buffer): Promise<Scanned> {
  if (address === null) return 'none'
  const said = await ask(address, bytes).catch(() => '')
  if (/^stream: OK\0?$/.test(said)) return 'clean'
  return / FOUND\0?$/.test(said) ? 'found' : 'silent'
}

/** Does it answer at all? */
export async function scannerAnswers(): Promise<boolean | null> {
  return address === null ? null : (await scanned(Buffer.alloc(0))) === 'clean'
}

const part = 64 * 1024

// clamd's own way (INSTREAM): the length of each part before it, and a length of nothing at the end.
function* instream(bytes: Buffer): Generator<Buffer> {
  yield Buffer.from('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += part) {
    const piece = bytes.subarray(at, at + part)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(piece.length)
    yield length
    yield piece
  }
  yield Buffer.alloc(4)
}

function ask(where: string, bytes: Buffer): Promise<string> {
  const [host, port] = where.startsWith('/')
    ? []
    : [where.slice(0, where.lastIndexOf(':')), where.slice(where.lastIndexOf(':') + 1)]
  return new Promise((done, fail) => {
    const socket = host === undefined ? connect(where) : connect({ host, port: Number(port) })
    let said = ''
    socket.setTimeout(patience, () => socket.destroy(new Error('no answer in time')))
    socket.on('error', fail)
    socket.on('data', (piece: Buffer) => {
      said += piece.toString('latin1')
    })
    socket.on('close', () => done(said))
    socket.on('connect', () => {
      for (const piece of instream(bytes)) socket.write(piece)
    })
  })
}
