// What could whoever owns the database do to the log, and to what was kept of it?
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { publicKeyText, signatureOf } from '../../app/audit/checkpoint/note.ts'
import type { Random } from '../../db/seed/random.ts'
import { flipped } from './flip.ts'

export type Row = Record<string, unknown> & { seq: number }
export type Kept = { name: string; key: KeyObject; publicKey: string; texts: string[] }
export type World = { random: Random; rows: readonly Row[]; kept: Kept; events: number; round: number }
/**
 * `at`: between which two events the first bad one lies · `outside`: what of the kept things is not what it was, and `files` which of them have to be named:
 * what was done to the log cannot be told where nothing that was kept of it can be believed.
 */
export type Trial = { statement?: string; rows?: number[] } & (
  | { at: readonly [from: number, to: number]; outside?: undefined; files?: undefined }
  | { outside: Partial<Pick<Kept, 'texts' | 'publicKey'>>; files: string[]; at?: undefined }
)
/** After so many events each a checkpoint is kept. */
export const every = 40
export const nameOf = (at: number): string => `checkpoint-${at}`

const columns =
  'at, actor, on_behalf_of, session_id, action, object_kind, object_id, case_id, network_id, result, fields, hits, reason_sealed'
const exactly = (seq: number) => [seq, seq] as const

/** Puts right all hashes from an event on, as an owner would who knows how they are made. */
const rechain = (from: number) => `do $$ declare e audit_event; before bytea; begin
  select hash into before from audit_event where seq < ${from} order by seq desc limit 1;
  for e in select * from audit_event where seq >= ${from} order by seq loop
    e.prev := coalesce(before, '\\x00'::bytea); e.hash := audit_hash(e); before := e.hash;
    update audit_event set prev = e.prev, hash = e.hash where seq = e.seq;
  end loop; end $$;`

const within = ({ random, events }: World, from = 1, margin = 0) => random.whole(from, events - margin)
const falsify = (seq: number) => `update audit_event set action = action || '.x' where seq = ${seq};`
const forge = (seq: number) => `insert into audit_event (seq, ${columns}, prev, hash)
  select ${seq}, ${columns}, prev, hash from audit_event where seq = 1;`
const swap = (a: number, b: number) =>
  `update audit_event set seq = case seq when ${a} then ${b} else ${a} end where seq in (${a}, ${b});`

export const alterations = {
  flip: (world: World): Trial => {
    const row = world.rows[world.round % world.events] as Row
    return { statement: flipped(world.random, row, world.round), at: exactly(row.seq), rows: [row.seq] }
  },
  delete: (world: World): Trial => {
    const seq = within(world)
    return { statement: `delete from audit_event where seq = ${seq};`, at: exactly(seq) }
  },
  swapContent: (world: World): Trial => {
    const a = within(world, 1, 2)
    const b = world.random.whole(a + 1, world.events)
    const set = columns.split(', ').map((name) => `${name} = o.${name}`)
    const statement = `update audit_event e set ${set}, prev = o.prev, hash = o.hash from audit_event o
      where (e.seq = ${a} and o.seq = ${b}) or (e.seq = ${b} and o.seq = ${a});`
    return { statement, at: exactly(a) }
  },
  swapOrder: (world: World): Trial => {
    const a = within(world, 1, 2)
    return { statement: swap(a, world.random.whole(a + 1, world.events)), at: exactly(a) }
  },
  rotate: (world: World): Trial => {
    const a = within(world, 1, 3)
    return { statement: swap(a, a + 1) + swap(a + 1, a + 2), at: exactly(a) }
  },
  insertBefore: (world: World): Trial => ({ statement: forge(-world.random.whole(0, 9)), at: [-9, 0] }),
  insertAgain: (world: World): Trial => {
    const seq = within(world)
    // Of two events with one number the check meets the second first where it stands one too far.
    return { statement: forge(seq), at: [seq, seq + 1] }
  },
  duplicate: (world: World): Trial => {
    const seq = within(world)
    const statement = `insert into audit_event select * from audit_event where seq = ${seq};`
    return { statement, at: [seq, seq + 1] }
  },
  moveToEnd: (world: World): Trial => {
    const seq = within(world)
    const statement = `update audit_event set seq = (select max(seq) + 1 from audit_event) where seq = ${seq};`
    return { statement, at: exactly(seq) }
  },
  renumber: (world: World): Trial => {
    const seq = within(world)
    return { statement: `update audit_event set seq = seq + 1 where seq >= ${seq};`, at: exactly(seq) }
  },
  rehashOne: (world: World): Trial => {
    const seq = within(world, 1, 1)
    // Its own hash is right again; the next event no longer follows.
    return {
      statement: `${falsify(seq)} update audit_event e set hash = audit_hash(e) where seq = ${seq};`,
      at: [seq, seq + 1],
    }
  },
  cutTail: (world: World): Trial => {
    const seq = within(world)
    return { statement: `delete from audit_event where seq >= ${seq};`, at: exactly(seq) }
  },
  cutHead: (world: World): Trial => {
    const seq = within(world)
    return { statement: `delete from audit_event where seq <= ${seq};`, at: exactly(1) }
  },
  cutBoth: (world: World): Trial => {
    const head = world.random.whole(1, 100)
    const tail = world.random.whole(101, world.events)
    const statement = `delete from audit_event where seq <= ${head} or seq >= ${tail};
      update audit_event set seq = seq - ${head}; ${rechain(1)}`
    // What is left is called otherwise from its first event on; where it ends before the first checkpoint, that is seen first.
    const left = tail - head - 1
    return { statement, at: exactly(left < every ? left + 1 : 1) }
  },
  cutAll: (): Trial => ({ statement: 'delete from audit_event;', at: exactly(1) }),
  rewriteAll: (world: World): Trial => {
    const seq = within(world)
    return { statement: falsify(seq) + rechain(1), at: exactly(seq) }
  },
  rewriteFrom: (world: World): Trial => {
    const seq = within(world)
    return { statement: falsify(seq) + rechain(seq), at: exactly(seq) }
  },
  removeAndRewrite: (world: World): Trial => {
    const seq = within(world)
    const statement = `delete from audit_event where seq = ${seq}; update audit_event set seq = seq - 1 where seq > ${seq}; ${rechain(seq)}`
    return { statement, at: exactly(seq) }
  },
  insertAndRewrite: (world: World): Trial => {
    const seq = within(world, 2)
    const statement = `update audit_event set seq = seq + 1 where seq >= ${seq}; ${forge(seq)} ${rechain(seq)}`
    return { statement, at: exactly(seq) }
  },
  rollBack: (world: World): Trial => {
    const seq = within(world, 2)
    return { statement: `delete from audit_event where seq >= ${seq}; delete from audit_checkpoint;`, at: exactly(seq) }
  },
  rollBackAndGoOn: (world: World): Trial => {
    const seq = within(world, 2)
    const statement = `delete from audit_event where seq >= ${seq};
      select audit_append('case.list', null, null, null, null, 'done', '{}', n, null) from generate_series(1, ${world.events + 40}) n;`
    return { statement, at: exactly(seq) }
  },
  alterCheckpoint: (world: World): Trial => altered(world, false),
  alterSignature: (world: World): Trial => altered(world, true),
  replaceKey: ({ kept }: World): Trial => {
    const { privateKey } = generateKeyPairSync('ed25519')
    return {
      outside: { publicKey: publicKeyText(kept.name, privateKey) },
      files: kept.texts.map((_, at) => nameOf(at)),
    }
  },
  // The log is rewritten and so is every checkpoint, under another key of the same name …
  signAnew: (world: World): Trial => signedAnew(world, (body) => body),
  // … also so that each of them says what the log says now. Where that key lay beside them nobody could tell; here it comes from elsewhere.
  makeAnew: (world: World): Trial =>
    signedAnew(world, (body) =>
      body.replace(/^(.+\n\d+\n).+/, `$1${createHash('sha256').update(body).digest('base64')}`),
    ),
} satisfies Record<string, (world: World) => Trial>

function signedAnew(world: World, changed: (body: string) => string): Trial {
  const { privateKey } = generateKeyPairSync('ed25519')
  const texts = world.kept.texts.map((text) => {
    const body = changed(text.slice(0, text.indexOf('\n\n') + 1))
    return `${body}\n${signatureOf(body, world.kept.name, privateKey)}`
  })
  const seq = within(world)
  return { statement: falsify(seq) + rechain(seq), outside: { texts }, files: texts.map((_, at) => nameOf(at)) }
}

// One byte of one checkpoint is another, in what was signed or in the signature.
function altered({ random, kept }: World, signature: boolean): Trial {
  const which = random.whole(0, kept.texts.length - 1)
  const texts = kept.texts.map((text, at) => {
    if (at !== which) return text
    const bytes = Buffer.from(text)
    const middle = bytes.indexOf('\n\n')
    const place = signature ? random.whole(middle + 2, bytes.length - 1) : random.whole(0, middle)
    bytes[place] = (bytes[place] ?? 0) ^ (1 << random.whole(0, 7))
    return bytes.toString()
  })
  return { outside: { texts }, files: [nameOf(which)] }
}
