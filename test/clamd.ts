// Who plays ClamAV in the tests? A little server that speaks its protocol and knows one harmful text.
import { createServer, type Socket } from 'node:net'

/** What every scanner takes for harmful, by agreement; written in two parts so that this file is none. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export type Clamd = { address: string; seen: () => number; close: () => Promise<void> }

/** `mute` takes everything and says nothing; `rude` answers with what is no answer. */
export async function answering(manner: 'well' | 'mute' | 'rude' = 'well'): Promise<Clamd> {
  const open = new Set<Socket>()
  let seen = 0
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    let told = Buffer.alloc(0)
    socket.on('data', (piece) => {
      told = Buffer.concat([told, piece])
      const file = fileIn(told)
      if (file === null || manner === 'mute') return
      seen++
      const found = file.includes(eicar)
      socket.end(
        manner === 'rude'
          ? 'INSTREAM size limit exceeded. ERROR\0'
          : `stream: ${found ? 'Eicar-Test-Signature FOUND' : 'OK'}\0`,
      )
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    address: `127.0.0.1:${port}`,
    seen: () => seen,
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy()
        server.close(() => done())
      }),
  }
}

/** The file, once all of it has come: parts with their length before them, and a length of nothing. */
function fileIn(told: Buffer): Buffer | null {
  const command = 'zINSTREAM\0'
  if (!told.toString('latin1').startsWith(command)) return null
  const parts: Buffer[] = []
  let at = command.length
  while (at + 4 <= told.length) {
    const length = told.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    if (at + 4 + length > told.length) return null
    parts.push(told.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}
