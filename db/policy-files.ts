// Which row policies does the program hold now, and does the database hold the same ones?
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { checksum } from './migration-files.ts'
import { runFile } from './run-file.ts'

type PolicyFile = { name: string; text: string }

// A folder may lean on folders before it, so its policies are made after theirs.
const readingOrder =
  'i18n ui core process access audit partners materials learning volunteers recruitment cases meetings matching support supervision field imports evaluation project reports papers safekeeping home'.split(
    ' ',
  )

/** Every `app/<subject>/*.policy.sql`, in the reading order of the subjects. */
export async function readPolicies(appDir: string): Promise<PolicyFile[]> {
  const place = (subject: string) => (readingOrder.includes(subject) ? readingOrder.indexOf(subject) : Infinity)
  const subjects = (await readdir(appDir, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const files: PolicyFile[] = []
  for (const { name: subject } of subjects.toSorted(
    (a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1),
  )) {
    for (const name of (await readdir(join(appDir, subject)))
      .filter((file) => file.endsWith('.policy.sql'))
      .toSorted()) {
      files.push({ name: `${subject}/${name}`, text: await readFile(join(appDir, subject, name), 'utf8') })
    }
  }
  return files
}

/** True where neither the files nor the policies in the database have changed since they were last put in force. */
export async function policiesInForce(client: Client, files: PolicyFile[]): Promise<boolean> {
  const { rows } = await client.query<{ written: string; found: string }>('select written, found from meta.policy')
  return rows[0]?.written === written(files) && rows[0].found === (await fingerprint(client))
}

/** Replaces all policies of the schema public by those in the files, in one transaction. */
export async function applyPolicies(client: Client, files: PolicyFile[]): Promise<void> {
  await client.query('begin')
  try {
    await dropPolicies(client)
    // A new owner of functions must be allowed to create in the schema; only while the files are run.
    await client.query('grant create on schema public to tugivork_definer')
    for (const file of files) await runFile(client, file)
    await client.query('reset role; revoke create on schema public from tugivork_definer')
    await client.query('delete from meta.policy')
    const now = await fingerprint(client)
    await client.query('insert into meta.policy (written, found) values ($1, $2)', [written(files), now])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

function written(files: PolicyFile[]): string {
  return checksum(files.map((file) => `${file.name}\n${file.text}`).join('\n'))
}

async function dropPolicies(client: Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('drop policy %I on public.%I', policyname, tablename) as statement from pg_policies where schemaname = 'public'`,
  )
  if (rows.length > 0) await client.query(rows.map((row) => row.statement).join(';'))
}

async function fingerprint(client: Client): Promise<string> {
  const { rows } = await client.query<{ found: string }>(
    `select md5(coalesce(string_agg(p::text, '|' order by tablename, policyname), '')) as found
     from pg_policies p where schemaname = 'public'`,
  )
  return rows[0]?.found ?? ''
}
