// How do the rows of a table leave the database and come back, however many there are, in little memory?
import { once } from 'node:events'
import type { Client, Connection, Submittable } from 'pg'

type Wire = Connection & {
  query: (text: string) => void
  sendCopyFromChunk: (chunk: Buffer) => void
  endCopyFrom: () => void
  sendCopyFail: (why: string) => void
}

const plenty = 1_048_576
const nothing = () => undefined

/** Everything that `copy … to stdout` says; the server is made to wait where the reader does not keep up. */
export async function* copyOut(client: Client, statement: string): AsyncGenerator<Buffer> {
  let queue: Buffer[] = []
  let held = 0
  let ended = false
  let failed: Error | undefined
  let wire: Wire | undefined
  let wake: () => void = nothing
  const query = {
    submit: (connection: Wire) => {
      wire = connection
      connection.query(statement)
    },
    handleCopyData: ({ chunk }: { chunk: Buffer }) => {
      // The bytes are the driver's own and will be written over.
      queue.push(Buffer.from(chunk))
      held += chunk.length
      if (held > plenty) wire?.stream.pause()
      wake()
    },
    handleCommandComplete: nothing,
    handleReadyForQuery: () => {
      ended = true
      wake()
    },
    handleError: (error: Error) => {
      failed = error
      wake()
    },
  }
  client.query(query as unknown as Submittable)
  while (true) {
    if (failed) throw failed
    if (queue.length > 0) {
      const all = Buffer.concat(queue)
      queue = []
      held = 0
      wire?.stream.resume()
      yield all
    } else if (ended) return
    else await new Promise<void>((done) => (wake = done))
  }
}

/** Gives the rows to `copy … from stdin`. */
export async function copyIn(client: Client, statement: string, rows: AsyncIterable<Buffer>): Promise<void> {
  let failed: Error | undefined
  let feeding: Promise<void> = Promise.resolve()
  await new Promise<void>((done, fail) => {
    const query = {
      submit: (connection: Wire) => connection.query(statement),
      handleCopyInResponse: (wire: Wire) => {
        feeding = feed(wire, rows, () => failed !== undefined).catch((error: Error) => {
          failed ??= error
          wire.sendCopyFail('the source ended early')
        })
      },
      handleCommandComplete: nothing,
      handleReadyForQuery: () => (failed ? fail(failed) : done()),
      handleError: (error: Error) => {
        failed ??= error
        fail(failed)
      },
    }
    client.query(query as unknown as Submittable)
  })
  await feeding
}

async function feed(wire: Wire, rows: AsyncIterable<Buffer>, isOver: () => boolean): Promise<void> {
  for await (const part of rows) {
    if (isOver()) return
    wire.sendCopyFromChunk(part)
    if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain')
  }
  wire.endCopyFrom()
}
