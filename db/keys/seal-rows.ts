// How do passkeys and cards from before there were seals get theirs, once, without sealing what somebody has put among them?
import { Client } from 'pg'
import { rowSeal } from '../../app/core/keys/row-seal.server.ts'
import { log } from '../../app/core/log.server.ts'
import { Told } from '../../app/i18n/bilingual.ts'
import { changeSecrets } from '../../app/process/key-file.server.ts'
import { loadSecrets } from '../../app/process/secrets.server.ts'

/** How many were sealed, and how many were not: those open nothing. */
type SealedRows = { sealed: number; ended: number; again: number }

type Key = { id: string; person_id: string; credential_id: Buffer; public_key: Buffer; known: boolean }
type Card = { person_id: string; subject_index: Buffer; known: boolean }

// Any number that nobody else uses.
const turn = 4722

/**
 * Seals each row of which the log says that its owner added it herself; a passkey without such an event is removed, a card has to be linked anew,
 * and in both cases the owner hears by letter and whoever answers for the log as of a row that was put there. Done once for a file of keys: `once`
 * says, in the same turn, whether somebody else was faster, and notes it before anything counts.
 */
export async function sealRows(client: Client, once?: { done: () => boolean; note: () => void }): Promise<SealedRows> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [turn])
    const faster = once?.done() ?? false
    const result = faster ? { sealed: 0, ended: 0, again: 0 } : await sealAll(client)
    if (!faster) once?.note()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function sealAll(client: Client): Promise<SealedRows> {
  const result = { sealed: 0, ended: 0, again: 0 }
  const keys = await client.query<Key>(
    `select k.id, k.person_id, k.credential_id, k.public_key, exists (select from audit_event e where e.action = 'passkey.add' and e.result = 'done'
       and e.actor = k.person_id and e.object_id = k.id::text) as known from passkey k where k.seal is null`,
  )
  for (const { id, person_id: personId, credential_id: credential, public_key: key, known } of keys.rows) {
    if (known) {
      await client.query('update passkey set seal = $2 where id = $1', [
        ...[id, rowSeal('passkey', personId, [credential, key])],
      ])
      result.sealed++
      continue
    }
    await client.query(
      `update session set ended_at = now(), ended_why = 'replaced' where passkey_id = $1 and ended_at is null`,
      [id],
    )
    await client.query('delete from passkey where id = $1', [id])
    await client.query('select unsealed($1, $2, $3)', ['passkey', id, personId])
    result.ended++
  }
  const cards = await client.query<Card>(
    `select i.person_id, i.subject_index, exists (select from audit_event e where e.action = 'account.linkIdentity' and e.result = 'done'
       and e.actor = i.person_id and e.at between i.linked_at - interval '1 minute' and i.linked_at + interval '1 minute') as known
     from person_identity i where i.seal is null and i.again_at is null`,
  )
  for (const { person_id: personId, subject_index: subject, known } of cards.rows) {
    if (known) {
      await client.query('update person_identity set seal = $2 where person_id = $1', [
        ...[personId, rowSeal('card', personId, [subject])],
      ])
      result.sealed++
      continue
    }
    await client.query('update person_identity set again_at = now() where person_id = $1', [personId])
    await client.query(`select way_changed($1, 'card-again', null)`, [personId])
    await client.query('select unsealed($1, $2, $3)', ['card', personId, personId])
    result.again++
  }
  return result
}

/**
 * What an installation from before does at its first start: seals what stands, and notes it in the file of keys, which nobody reaches who can only
 * write to the database. From then on no row without a seal is ever sealed again but by command.
 */
export async function sealOnce(adminUrl: string, secretsFile: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const done = () => loadSecrets(secretsFile).sealed !== undefined
    const { sealed } = await sealRows(client, { done, note: () => noteSealed(secretsFile) })
    log('ways-sealed', { count: sealed })
  } finally {
    await client.end()
  }
}

function noteSealed(secretsFile: string): void {
  try {
    changeSecrets(secretsFile, (keys) => ({ ...keys, sealed: new Date().toISOString().slice(0, 10) }))
  } catch (error) {
    throw error instanceof Told
      ? error
      : new Told('safekeeping.keys.notSealed', { path: secretsFile }, { cause: error })
  }
}
