// What does a process look like that writes without pause, for the tests that kill it or its database?
import { randomUUID } from 'node:crypto'
import { addPlace } from '../../../app/cases/identity/places.server.ts'
import { connect } from '../../../app/core/db.server.ts'
import { Unavailable } from '../../../app/core/errors.ts'
import { useKeys } from '../../../app/core/keys/ring.server.ts'
import { logTo } from '../../../app/core/log.server.ts'
import { whoBears } from '../../../app/core/session.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { correctVisit, logVisit } from '../../../app/support/visit/visits.server.ts'

/** What the process is told in its environment, as JSON under `WRITER`. */
export type WriterTask = {
  database: { readUrl: string; writeUrl: string; doorUrl: string }
  /** Of the one who logs visits, and of the one who writes down where somebody can be reached. */
  claims: { lou: string; lea: string }
  assignment: string
  caseId: string
  day: string
  /** The keys of the test, in hexadecimal: what was agreed with her is read before a visit is written. */
  keys: { master: string; masterId: string; index: string; pepper: string }
}
type Three = [Buffer, Buffer, Buffer]
/** What it says: the key of a form whose saving was acknowledged, with the visit it made if it made one – or an error that nobody meant. */
export type WriterSays = { kept: string; visit?: string } | { bug: string }

const say = (line: WriterSays) => process.stdout.write(`${JSON.stringify(line)}\n`)
const pause = () => new Promise((done) => setTimeout(done, 25))

/** One form, sent again as it is until somebody says that it was kept. */
type Form = (key: string) => Promise<string | undefined>

async function write({ database, claims, assignment, caseId, day, keys }: WriterTask): Promise<void> {
  // What it says on its output is for the test alone.
  logTo(() => undefined)
  connect(database, 4)
  const [master, index, pepper] = [keys.master, keys.index, keys.pepper].map((key) => Buffer.from(key, 'hex')) as Three
  useKeys({ master, masterId: keys.masterId, index, pepper })
  const people = new Map<string, Person>()
  const as = async (claim: string): Promise<Person> => {
    const me = people.get(claim) ?? (await whoBears(claim))
    if (!me) throw new Error('nobody')
    people.set(claim, me)
    return me
  }
  const typed = { assignment, day, way: 'phone', minutes: '15' }
  // A plain one, the same put right, one with a danger that others are told of, and a place under the key of the case.
  const forms = (): Form[] => {
    let plain = ''
    return [
      async (key) => (plain = (await logVisit.run(await as(claims.lou), typed, key)).id),
      async (key) => {
        const right = { ...typed, minutes: '30', id: plain, reason: 'Näidis-põhjus' }
        return (await correctVisit.run(await as(claims.lou), right, key)).id
      },
      async (key) => (await logVisit.run(await as(claims.lou), { ...typed, danger: 'on' }, key)).id,
      async (key) => {
        await addPlace.run(await as(claims.lea), { id: caseId, kind: 'routine', value: `Näidise ${key}` }, key)
        return undefined
      },
    ]
  }
  const loop = async () => {
    for (;;) for (const form of forms()) await keepSending(form)
  }
  await Promise.all([loop(), loop(), loop()])
}

async function keepSending(form: Form): Promise<void> {
  const key = randomUUID()
  for (;;) {
    try {
      return void say({ kept: key, visit: await form(key) })
    } catch (error) {
      if (!(error instanceof Unavailable)) say({ bug: String((error as Error).stack) })
      await pause()
    }
  }
}

if (process.env.WRITER) await write(JSON.parse(process.env.WRITER) as WriterTask)
