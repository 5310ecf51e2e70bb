// How does every key of a case or a person come to be closed under a new master key, while people work?
import type { Client } from 'pg'
import { unwrapKey, wrapKey } from '../../app/core/seal.server.ts'
import { changeSecrets } from '../../app/process/key-file.server.ts'
import { loadSecrets, makeSecret, type Secrets } from '../../app/process/secrets.server.ts'

/** `broken` are owners whose key opens under none of ours: they were touched, and the old master keys are kept until that is settled. */
export type Rotated = { id: string; rewrapped: number; retired: string[]; broken: string[] }
type Row = { id: string; owner_id: string; master_id: string; wrapped: Buffer; wrapped_other: Buffer | null }

const batch = 500

/**
 * Adds a new master key and a new key of the process to the file, closes every data key anew, and takes the old master key out of the
 * file when nothing is closed under it any more. Broken off at any place, it goes on from there when it is called again.
 */
export async function rotateMaster(client: Client, secretsFile: string): Promise<Rotated> {
  const before = loadSecrets(secretsFile)
  // An earlier key that is still there tells of a rotation that did not come to its end; it is ended first.
  if (before.earlier.length === 0) addKeys(secretsFile)
  const secrets = loadSecrets(secretsFile)
  const { id } = secrets.master
  const broken: string[] = []
  let rewrapped = 0
  do {
    for (let left = true; left; ) {
      const some = await rewrapSome(client, secrets, broken)
      rewrapped += some.done
      broken.push(...some.broken)
      left = some.done + some.broken.length > 0
    }
    if (broken.length > 0) return { id, rewrapped, retired: [], broken }
  } while (!(await retire(client, secrets)))
  const retired = secrets.earlier.map(({ id }) => id)
  changeSecrets(secretsFile, (keys) => ({ ...keys, earlier: [] }))
  return { id, rewrapped, retired, broken }
}

function addKeys(secretsFile: string): void {
  changeSecrets(secretsFile, (keys) => {
    const { master, process } = keys
    // Where the master key also sealed for the process (an older installation), it stays to open those seals.
    const opening = process && process.length > 0 ? process : [master]
    return {
      ...keys,
      master: makeSecret('master'),
      earlier: [master],
      process: [makeSecret('process'), ...opening],
    }
  })
}

async function rewrapSome(client: Client, secrets: Secrets, skipped: string[]) {
  await client.query('begin')
  try {
    const { rows } = await client.query<Row>(
      `select id, owner_id, master_id, wrapped, wrapped_other from sealed_key
       where master_id <> $1 and wrapped is not null and owner_id <> all($2) order by id limit ${batch} for update`,
      [secrets.master.id, skipped],
    )
    const anew = rows.map((row) => ({ id: row.id, owner: row.owner_id, ...rewrap(row, secrets) }))
    const whole = anew.filter(({ wrapped }) => wrapped !== null)
    await client.query(
      `update sealed_key k set wrapped = n.wrapped, wrapped_other = n.other, master_id = $1
       from unnest($2::uuid[], $3::bytea[], $4::bytea[]) n(id, wrapped, other) where k.id = n.id`,
      [
        secrets.master.id,
        whole.map(({ id }) => id),
        whole.map(({ wrapped }) => wrapped),
        whole.map(({ other }) => other),
      ],
    )
    await client.query('commit')
    return { done: whole.length, broken: anew.filter((row) => row.wrapped === null).map(({ owner }) => owner) }
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The same keys under the new master key; `wrapped` is null where one of them does not open. */
function rewrap(row: Row, { master, earlier }: Secrets): { wrapped: Buffer | null; other: Buffer | null } {
  const old = earlier.find(({ id }) => id === row.master_id)
  const anew = (wrapped: Buffer) => {
    const key = old ? unwrapKey(old.key, row.owner_id, wrapped) : null
    return key && wrapKey(master.key, row.owner_id, key)
  }
  const wrapped = anew(row.wrapped)
  const other = row.wrapped_other && anew(row.wrapped_other)
  return row.wrapped_other && !other ? { wrapped: null, other: null } : { wrapped, other }
}

/**
 * Writes down that the old keys close nothing any more; false where a program that had not yet seen the new key has closed one more in
 * the meantime. The lock waits for what is being written just now; after it, the database itself refuses the retired keys.
 */
async function retire(client: Client, { master, earlier }: Secrets): Promise<boolean> {
  await client.query("begin; set local lock_timeout = '1s'")
  try {
    await client.query('lock table sealed_key in share mode')
    const { rows } = await client.query<{ left: number }>(
      'select count(*)::int as left from sealed_key where master_id <> $1 and wrapped is not null',
      [master.id],
    )
    if (rows[0]?.left) {
      await client.query('rollback')
      return false
    }
    await client.query('insert into master_retired (id) select unnest($1::text[]) on conflict do nothing', [
      earlier.map(({ id }) => id),
    ])
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback')
    // Somebody is writing for longer than we make others wait behind us: again in a moment.
    if ((error as { code?: string }).code !== '55P03') throw error
    await new Promise((done) => setTimeout(done, 200))
    return false
  }
}
