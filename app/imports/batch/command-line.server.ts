// How is a workbook taken over from the command line: by the same commands, under the name of a coordinator?
import { basename } from 'node:path'
import { sql } from 'kysely'
import { asPerson, knock } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { newSecret, whoBears } from '../../core/session.server.ts'
import type { Person } from '../../core/user.ts'
import { readConfig } from '../../process/config.server.ts'
import { openInstallation } from '../../process/installation.server.ts'
import { systemPerson } from '../../process/jobs.server.ts'
import { openBatch } from './batches.server.ts'
import { commitBatch } from './commit.server.ts'
import { uploadWorkbook } from './upload.server.ts'

const noCoordinator = (email: string) => new Invalid({ file: { key: 'imports.cli.noCoordinator', args: { email } } })

/** A service session of an hour for this coordinator; the other sessions of the same person stay as they are. */
async function coordinatorPerson(email: string): Promise<Person> {
  const system = await systemPerson()
  const found = await asPerson('read', system.claim, (db) =>
    db
      .selectFrom('person')
      .innerJoin('personRole', 'personRole.personId', 'person.id')
      .select('person.id')
      .where('email', '=', email.toLowerCase())
      .where('person.status', '=', 'active')
      .where('role', '=', 'coordinator')
      .executeTakeFirst(),
  )
  if (!found) throw noCoordinator(email)
  const { claim, claimHash } = newSecret(found.id)
  const manySessions = 1000
  await knock('door_open', [found.id, claimHash, 'service', 2, 60, '1 hour', manySessions, 'command line'])
  const person = await whoBears(claim)
  if (!person?.roles.includes('coordinator')) throw noCoordinator(email)
  return person
}

/** Uploads and commits as that person; everything that can be taken is taken. Returns what became of the rows. */
export async function importAs(me: Person, file: File) {
  const { id } = await uploadWorkbook.run(me, { file })
  const { waiting } = await openBatch.run(me, { id })
  const { made } = await commitBatch.run(me, { id })
  const sheets = waiting?.plan.sheets.map(({ name, kind, totals }) => ({ sheet: name, kind, ...totals }))
  return { batch: id, made, sheets }
}

/** `--as E-MAIL` names the coordinator under whose name it is done; opens the installation of this machine and closes it. */
export async function commitFromCommandLine(file: string, bytes: Buffer, args: string[]): Promise<unknown> {
  const email = args[args.indexOf('--as') + 1]
  if (!args.includes('--as') || !email) throw new Invalid({ file: { key: 'imports.cli.usage' } })
  const installation = await openInstallation(readConfig())
  try {
    const me = await coordinatorPerson(email)
    const done = await importAs(me, new File([new Uint8Array(bytes)], basename(file)))
    await asPerson('write', me.claim, (db) => sql`select auth_end('sign-out', false)`.execute(db))
    return { file: basename(file), dryRun: false, ...done }
  } finally {
    await installation.close()
  }
}
