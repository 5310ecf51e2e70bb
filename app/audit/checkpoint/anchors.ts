// What was kept outside of how the log stood, and may it be believed?
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Told } from '../../i18n/bilingual.ts'
import { diskOf } from '../../process/anchor-places.ts'
import { hashOf, isSigned, type Note, type PublicKey, publicKeyText, readNote, readPublicKey } from './note.ts'

export type Anchor = { size: number; head: string }
/** What is wrong with the anchors themselves: `seq` is the size at which somebody meddled. */
export type Fault = {
  kind: 'forged' | 'split'
  key: 'audit.verify.forged' | 'audit.verify.split'
  seq: number
  file: string
}
export type Anchors = { anchors: Anchor[]; faults: Fault[] }
/**
 * `oneHolder`: all of them lie on one disk, and none was kept in somebody's hand · `unproven`: how far the log was kept at last is told only by
 * checkpoints whose key nobody vouches for.
 */
export type FromFiles = Anchors & { oneHolder: boolean; unproven: boolean }
type Read = { file: string; note: Note }

/**
 * Reads anchors as they were named on the command line: `1234:9f2c…` from an earlier run, a checkpoint, or a folder of them. Public keys
 * are those given, otherwise those that lie beside the checkpoints – which prove nothing alone, for whoever makes checkpoints anew lays a new
 * key beside them: they must be the same at two holders. Throws where nothing can be told.
 */
export function readAnchors(
  named: string[],
  keysGiven: string[],
  pathOf = (name: string) => name,
  holderOf = diskOf,
): FromFiles {
  const typed = named.filter((name) => /^\d+:/.test(name)).map(readTyped)
  const files = named.filter((name) => !/^\d+:/.test(name)).flatMap((name) => filesOf(pathOf(name), name))
  const given = keysGiven.map((key) => readKey(existsSync(pathOf(key)) ? readFileSync(pathOf(key), 'utf8') : key))
  const notes = files.map((file) => ({
    file,
    text: readFileSync(file, 'utf8'),
    keys: given.length > 0 ? given : keysBeside(file),
  }))
  const { anchors, faults } = judgeNotes(notes)
  const oneHolder = typed.length === 0 && new Set(files.map(holderOf)).size === 1
  const vouched = given.length > 0 ? given : keysOfTwo(files, holderOf)
  const proven = vouched.length > 0 ? judgeNotes(notes.map((note) => ({ ...note, keys: vouched }))).anchors : []
  const unproven = furthest(anchors) > furthest([...typed, ...proven])
  return { anchors: [...typed, ...anchors].toSorted(bySize), faults, oneHolder, unproven }
}

const bySize = (a: Anchor, b: Anchor) => a.size - b.size
// What is whole up to its last anchor is whole up to each one before it.
const furthest = (anchors: readonly Anchor[]): number => anchors.toSorted(bySize).at(-1)?.size ?? -1

/** The keys that lie beside the checkpoints of two different holders: one of them alone cannot have made them. */
function keysOfTwo(files: readonly string[], holderOf: (file: string) => string): PublicKey[] {
  const folders = Map.groupBy(files, dirname)
  const found = [...folders].flatMap(([folder, [file = '']]) =>
    keysBeside(file).map((key) => ({ key, name: idOf(key), holder: holderOf(folder) })),
  )
  const holders = (name: string) => new Set(found.filter((one) => one.name === name).map((one) => one.holder)).size
  return found.filter(({ name }) => holders(name) > 1).map(({ key }) => key)
}

const idOf = ({ name, key }: PublicKey): string => publicKeyText(name, key)

/** Which of these texts are checkpoints that somebody with one of the keys signed, and do they agree with one another? */
export function judgeNotes(texts: readonly { file: string; text: string; keys: readonly PublicKey[] }[]): Anchors {
  const faults: Fault[] = []
  const reads: Read[] = []
  for (const { file, text, keys } of texts) {
    if (keys.length === 0) throw new Told('audit.verify.noKey', { file })
    const note = readNote(text)
    if (note && isSigned(note, keys)) reads.push({ file, note })
    else faults.push({ kind: 'forged', key: 'audit.verify.forged', seq: note?.checkpoint.size ?? 0, file })
  }
  const origins = new Set(reads.map(({ note }) => note.checkpoint.origin))
  if (origins.size > 1) throw new Told('audit.verify.origins', { origins: [...origins].join(', ') })
  const anchors = reads.map(({ note }) => ({ size: note.checkpoint.size, head: note.checkpoint.head }))
  return { anchors, faults: [...faults, ...splits(reads)] }
}

function readTyped(text: string): Anchor {
  const [, size = '', head = ''] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  if (!size) throw new Told('audit.verify.usage')
  return { size: Number(size), head }
}

function filesOf(path: string, name: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new Told('audit.verify.noAnchor', { file: name })
  if (!found.isDirectory()) return [path]
  const files = readdirSync(path).filter((file) => file.startsWith('checkpoint') && file.endsWith('.txt'))
  if (files.length === 0) throw new Told('audit.verify.noAnchor', { file: name })
  return files.toSorted().map((file) => join(path, file))
}

function keysBeside(file: string): PublicKey[] {
  const folder = dirname(file)
  return readdirSync(folder)
    .filter((name) => name.startsWith('public-key') && name.endsWith('.txt'))
    .map((name) => readKey(readFileSync(join(folder, name), 'utf8')))
}

function readKey(text: string): PublicKey {
  const key = readPublicKey(text)
  if (!key) throw new Told('audit.verify.badKey')
  return key
}

/** Two signed checkpoints that cannot both be of one log: the same size and another head, or one that does not follow the other. */
function splits(reads: Read[]): Fault[] {
  const bodies = new Map(reads.map(({ note }) => [hashOf(note.body), note.checkpoint]))
  const heads = new Map<number, string>()
  return reads.flatMap(({ file, note: { checkpoint } }): Fault[] => {
    const { size, head, time, previous } = checkpoint
    const known = heads.get(size)
    heads.set(size, head)
    const before = previous ? bodies.get(previous) : undefined
    const backwards = before !== undefined && (before.size > size || before.time > time)
    const forked = known !== undefined && known !== head
    return forked || backwards ? [{ kind: 'split', key: 'audit.verify.split', seq: size, file }] : []
  })
}
