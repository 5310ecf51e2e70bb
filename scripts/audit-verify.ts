// Has anybody touched the log? Exit code 0: it is whole · 1: it was tampered with · 2: it cannot be told.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { type Anchor, type Fault, type FromFiles, readAnchors } from '../app/audit/checkpoint/anchors.ts'
import { bilingual, Told } from '../app/i18n/bilingual.ts'
import type { Args, Key } from '../app/i18n/i18n.ts'
import { readConfig } from '../app/process/config.server.ts'
import { type Broken, checkLog, type State } from '../db/audit-chain.ts'
import { onDumpedLog } from '../db/audit-dump.ts'
import { openDatabase } from '../db/open.ts'

export type Verdict = { code: 0 | 1; seq?: number; kind?: string; text: string }
type Weighed = { code: 0 | 1 | 2; text: string }

/**
 * Recomputes the chain and compares it with what was kept elsewhere. Without an anchor a log that was cut off at its end, or rewritten
 * as a whole by the owner of the database, still looks whole.
 */
export async function verifyLog(client: Client, anchors: Anchor[], faults: Fault[] = []): Promise<Verdict> {
  const state = await checkLog(client, anchors)
  const found = [
    ...(state.broken ? [said(state.broken)] : []),
    ...faults.map(({ key, ...fault }) => ({ ...fault, text: bilingual(key, { ...fault, seq: String(fault.seq) }) })),
  ]
  const [first] = found
  if (first) return { code: 1, seq: first.seq, kind: first.kind, text: found.map((one) => one.text).join('\n\n') }
  return { code: 0, text: fineWords(state, anchors) }
}

function said({ seq, kind, until }: Broken) {
  return { seq, kind, text: bilingual(`audit.verify.${kind}`, { seq: String(seq), until: String(until ?? seq) }) }
}

function fineWords({ size, head }: State, anchors: readonly Anchor[]): string {
  if (size === 0) return bilingual('audit.verify.empty')
  const lines: [Key, Args][] = [['audit.verify.fine', { seq: String(size), hash: head, count: size }]]
  if (anchors.length === 0) lines.push(['audit.verify.keep', { seq: String(size), hash: head }])
  else lines.push(['audit.verify.anchored', { count: anchors.length, seq: String(anchors.at(-1)?.size) }])
  return lines.map(([key, args]) => bilingual(key, args)).join('\n\n')
}

/** Every file named may lie in the folder where the person stood, not only in ours. */
const whereTheyStood = (name: string) => resolve(process.env.INIT_CWD ?? '.', name)

async function main(): Promise<void> {
  const many = { type: 'string', multiple: true } as const
  const one = { type: 'string' } as const
  const { values } = parseArgs({ options: { anchor: many, 'public-key': many, dump: one, key: one } })
  const kept = readAnchors(values.anchor ?? [], values['public-key'] ?? [], whereTheyStood)
  const { code, text } = values.dump
    ? await onDumpedLog(whereTheyStood(values.dump), values.key ? whereTheyStood(values.key) : null, (client) =>
        verifyDump(client, kept),
      )
    : weighed(await onDatabase((client) => verifyLog(client, kept.anchors, kept.faults)), kept)
  console.log(text)
  process.exitCode = code
}

/** A dump ends when it was made: what checkpoints from after it say cannot be asked of it. */
async function verifyDump(client: Client, kept: FromFiles): Promise<Weighed> {
  const { rows } = await client.query<{ size: string }>('select coalesce(max(seq), 0) as size from public.audit_event')
  const size = Number(rows[0]?.size)
  const within = kept.anchors.filter((anchor) => anchor.size <= size)
  const { code, text } = weighed(await verifyLog(client, within, kept.faults), kept)
  if (code === 1 || within.length === kept.anchors.length) return { code, text }
  const last = String(kept.anchors.at(-1)?.size)
  return { code: 2, text: `${text}\n\n${bilingual('audit.verify.endsEarlier', { seq: String(size), last })}` }
}

/** Whoever rewrites the log can make the checkpoints anew and lay a new key beside them: a log that agrees with such ones alone may be any log. */
function weighed({ code, text }: Verdict, { unproven, oneHolder }: FromFiles): Weighed {
  const said = (key: Key) => `${text}\n\n${bilingual(key)}`
  if (code === 0 && unproven) return { code: 2, text: said('audit.verify.unproven') }
  return { code, text: oneHolder ? said('audit.verify.oneHolder') : text }
}

async function onDatabase<R>(work: (client: Client) => Promise<R>): Promise<R> {
  const config = readConfig(process.env)
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'pg')))
    throw new Told('audit.verify.noData', { folder: config.dataDir })
  const { adminUrl, close } = await openDatabase(config)
  const client = new Client({ connectionString: adminUrl })
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
    await close()
  }
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(bilingual('audit.verify.cannot', { why: error instanceof Error ? error.message : String(error) }))
    process.exitCode = 2
  })
}
