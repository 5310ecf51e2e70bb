// What does a process look like that logs visits without pause, for the tests that kill it or its database?
import { connect } from '../../../app/core/db.server.ts'
import { Unavailable } from '../../../app/core/errors.ts'
import { useKeys } from '../../../app/core/keys/ring.server.ts'
import { logTo } from '../../../app/core/log.server.ts'
import { whoBears } from '../../../app/core/session.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { logVisit } from '../../../app/support/visit/visits.server.ts'

/** What the process is told in its environment, as JSON under `WRITER`. */
export type WriterTask = {
  database: { readUrl: string; writeUrl: string; doorUrl: string }
  claim: string
  assignment: string
  day: string
  /** The keys of the test, in hexadecimal: what was agreed with her is read before a visit is written. */
  keys: { master: string; masterId: string; index: string; pepper: string }
}
type Three = [Buffer, Buffer, Buffer]
/** What it says: a visit whose saving was acknowledged, or an error that nobody meant. */
export type WriterSays = { kept: string } | { bug: string }

const say = (line: WriterSays) => process.stdout.write(`${JSON.stringify(line)}\n`)
const pause = () => new Promise((done) => setTimeout(done, 25))

async function write({ database, claim, assignment, day, keys }: WriterTask): Promise<void> {
  // What it says on its output is for the test alone.
  logTo(() => undefined)
  connect(database, 4)
  const [master, index, pepper] = [keys.master, keys.index, keys.pepper].map((key) => Buffer.from(key, 'hex')) as Three
  useKeys({ master, masterId: keys.masterId, index, pepper })
  const input = { assignment, day, way: 'phone', minutes: '15' }
  const loop = async () => {
    let me: Person | null = null
    for (;;) {
      try {
        me ??= await whoBears(claim)
        if (me) say({ kept: (await logVisit.run(me, input)).id })
      } catch (error) {
        if (!(error instanceof Unavailable)) say({ bug: String((error as Error).stack) })
        await pause()
      }
    }
  }
  await Promise.all([loop(), loop(), loop()])
}

if (process.env.WRITER) await write(JSON.parse(process.env.WRITER) as WriterTask)
