// How does a test come between the program and its database, as a network does that is slow, silent or breaks?
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'
import { Client } from 'pg'

export type Line = {
  /** The address of the database through this line. */
  url: string
  /** Milliseconds by which everything is late, each way. */
  delay: number
  /** Nothing comes back any more, and nobody says so. */
  silent: boolean
  /** The next commit arrives and is kept; the line breaks before the program hears of it. */
  loseNext: boolean
  /** So many answers to commits were lost. */
  lost: number
  close: () => Promise<void>
}

/** A line to that database; several connections may go through it at once. */
export async function openLine(url: string): Promise<Line> {
  const { username, password, pathname } = new URL(url)
  const { host, port } = new Client({ connectionString: url })
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = host.startsWith('/') ? dial(`${host}/.s.PGSQL.${port}`) : dial(port, host)
    let losing = false
    for (const end of [near, far]) {
      open.add(end)
      end.setNoDelay(true)
      end.on('error', () => undefined)
      end.on('close', () => {
        open.delete(end)
        near.destroy()
        far.destroy()
      })
    }
    late(line, near, (sent) => {
      if (line.loseNext && sent.includes('commit\0')) {
        line.loseNext = false
        losing = true
      }
      far.write(sent)
    })
    late(line, far, (told) => {
      if (losing && told.includes('COMMIT\0')) {
        line.lost++
        near.resetAndDestroy()
      } else if (!line.silent) near.write(told)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const line: Line = {
    url: `postgres://${username}:${password}@127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    delay: 0,
    silent: false,
    loseNext: false,
    lost: 0,
    close: async () => {
      for (const end of open) end.destroy()
      await new Promise((done) => server.close(done))
    },
  }
  return line
}

/** What comes first goes on first, however late. */
function late(line: Line, from: Socket, give: (bytes: Buffer) => void): void {
  let waiting = 0
  let before: Promise<unknown> = Promise.resolve()
  from.on('data', (bytes) => {
    if (line.delay === 0 && waiting === 0) return give(bytes)
    waiting++
    const due = new Promise((done) => setTimeout(done, line.delay))
    before = Promise.all([before, due]).then(() => {
      waiting--
      give(bytes)
    })
  })
}
