// How does a test have a second person agree, and play somebody who holds a link and has heard a code?
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invitationOf, invite } from '../app/access/invitation/invitations.server.ts'
import { confirm, listConfirmations } from '../app/access/two-people/confirmations.server.ts'
import type { Person } from '../app/core/user.ts'
import { sendMail, useMail } from '../app/process/mail.server.ts'
import type { Cast } from './cast.ts'

/** Confirms everything that waits for this person; `way` where it takes having seen whom it is for. */
export async function agree(who: Person): Promise<number> {
  const { mine } = await listConfirmations.run(who, {})
  for (const { id, kind } of mine) await confirm.run(who, { id, way: kind === 'role' ? undefined : 'video' })
  return mine.length
}

/** The letters that are waiting, as they leave; the sink is a folder. */
export async function lettersOf(cast: Cast): Promise<string[]> {
  const outbox = await mkdtemp(join(tmpdir(), 'tugivork-mail-'))
  useMail({ smtpUrl: null, outbox, sender: 'teated@naidis.example', origin: 'https://leht.example' })
  await sendMail(cast.sys)
  const names = (await readdir(outbox)).toSorted()
  const letters = await Promise.all(names.map((name) => readFile(join(outbox, name), 'utf8')))
  await rm(outbox, { recursive: true })
  // Long lines are folded on the way.
  return letters.map((letter) => letter.replace(/=\r?\n/g, ''))
}

/** The token of the last link that was sent. */
export async function lastToken(cast: Cast): Promise<string> {
  const found = (await lettersOf(cast)).flatMap((letter) => /\/invitation\/([A-Za-z0-9_-]{43})/.exec(letter)?.[1] ?? [])
  return found.at(-1) ?? ''
}

/** Somebody who has no way in yet, and only helps unless the role says otherwise; her id. */
export async function newcomer(cast: Cast, name: string, role = 'volunteer', from = '2020-01-01'): Promise<string> {
  const { rows } = await cast.admin.query<{ id: string }>(
    `with made as (insert into person (email, name) values ($1 || '@naidis.example', 'Näidis-' || $1) returning id)
     insert into person_role (person_id, role, valid_from, valid_to) select id, $2, $3, '2999-12-31' from made returning person_id as id`,
    [name, role, from],
  )
  return rows[0]?.id ?? ''
}

/** Invited by whoever may: the link, the code that is said beside it, and what the row is called. */
export async function invited(cast: Cast, by: Person, person: string) {
  const { code } = await invite.run(by, { id: person })
  const token = await lastToken(cast)
  const invitation = (await invitationOf(token))?.id ?? ''
  return { person, token, invitation, code }
}
