// Does what was altered, moved or cut off ever open? Attacks on sealed values, by scale and seed; the figures go into the report.
import { randomBytes } from 'node:crypto'
import { Unopenable } from '../../app/core/errors.ts'
import {
  openForProcess,
  openKey,
  type Place,
  sealForProcess,
  useKeys,
  type Vault,
  vaultOf,
  wrapKey,
} from '../../app/core/seal.server.ts'
import { type Random, randomFrom } from '../../db/seed/random.ts'

export type SealScale = { values: number; nonces: number }
export const sealScales = {
  test: { values: 100, nonces: 50_000 },
  full: { values: 1000, nonces: 1_000_000 },
} as const satisfies Record<string, SealScale>

export type SealFigures = {
  values: number
  /** Altered, moved or cut values that were tried, and those that opened all the same: none may. */
  attempts: number
  opened: string[]
  /** Values whose own place opens them; all must. */
  sound: number
  nonces: number
  doubledNonces: number
  lengths: number[]
  seconds: number
}

type Sealed = { vault: Vault; place: Place; text: string; bytes: Buffer }
type Try = (name: string, open: () => unknown) => void

/** Tables and columns of every class; which they are does not matter to the lock, only that they differ. */
const columns: [table: string, column: string][] = [
  ['case_person', 'given_name_sealed'],
  ['case_person', 'personal_code_sealed'],
  ['case_whereabouts', 'value_sealed'],
  ['assessment', 'answers_sealed'],
  ['visit', 'note_sealed'],
]

/** Runs every attack; the same seed tries the same places and texts, keys and nonces are always new. */
export function proveSeals(seed: number, { values, nonces }: SealScale): SealFigures {
  const begun = performance.now()
  const random = randomFrom(seed)
  useKeys({ master: randomBytes(32), masterId: 'proof', index: randomBytes(32), pepper: randomBytes(32) })
  const figures = { attempts: 0, opened: [] as string[] }
  const refused: Try = (name, open) => {
    figures.attempts++
    try {
      open()
      figures.opened.push(name)
    } catch (error) {
      if (!(error instanceof Unopenable)) figures.opened.push(`${name}: ${(error as Error).message}`)
    }
  }
  const sealed = Array.from({ length: values }, () => sealOne(random))
  const sound = sealed.filter(({ vault, place, text, bytes }) => vault.open(place, bytes) === text).length
  for (const one of sealed) {
    flipEveryByte(one, refused)
    cutAndExtend(one, refused)
    move(one, random.pick(sealed), random, refused)
  }
  attackKeys(random, Math.ceil(values / 4), refused)
  attackProcess(random, Math.ceil(values / 4), refused)
  return {
    values,
    sound,
    ...figures,
    nonces,
    doubledNonces: doubledNonces(nonces),
    lengths: lengthClasses(),
    seconds: Math.round((performance.now() - begun) / 100) / 10,
  }
}

const uuid = (random: Random) =>
  '00000000-0000-4000-8000-000000000000'.replace(/0(?=[^-]*$)/g, () => random.whole(0, 15).toString(16))

function sealOne(random: Random): Sealed {
  const vault = vaultOf([randomBytes(32)], { kind: 'case', id: uuid(random) })
  const [table, column] = random.pick(columns)
  const place = { table, column, row: uuid(random) }
  const text = 'Näidis õäöüšž тест '.repeat(random.whole(0, 6)).slice(0, random.whole(0, 100))
  return { vault, place, text, bytes: vault.seal(place, text) }
}

function flipEveryByte({ vault, place, bytes }: Sealed, refused: Try): void {
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8))
    refused(`byte ${at}`, () => vault.open(place, altered))
  }
}

function cutAndExtend({ vault, place, bytes }: Sealed, refused: Try): void {
  for (const length of [0, 1, 12, 13, 28, 29, bytes.length - 16, bytes.length - 1]) {
    refused(`cut to ${length}`, () => vault.open(place, bytes.subarray(0, length)))
  }
  refused('one byte more', () => vault.open(place, Buffer.concat([bytes, Buffer.alloc(1)])))
  for (const version of [0, 2, 3, 255]) {
    refused(`version ${version}`, () => vault.open(place, Buffer.concat([Buffer.from([version]), bytes.subarray(1)])))
  }
}

function move({ vault, place, bytes }: Sealed, other: Sealed, random: Random, refused: Try): void {
  const [table, column] = columns.find(([, name]) => name !== place.column) ?? ['', '']
  refused('another row', () => vault.open({ ...place, row: uuid(random) }, bytes))
  refused('another column', () => vault.open({ ...place, column: `${place.column}_2` }, bytes))
  refused('another table and class', () => vault.open({ ...place, table, column }, bytes))
  if (other.vault === vault) return
  refused('the key of another case', () => other.vault.open(place, bytes))
  refused("another case's value in this place", () => vault.open(place, other.bytes))
}

function attackKeys(random: Random, count: number, refused: Try): void {
  for (let nth = 0; nth < count; nth++) {
    const [mine, theirs, master] = [uuid(random), uuid(random), randomBytes(32)]
    useKeys({ master, masterId: 'proof', index: randomBytes(32), pepper: randomBytes(32) })
    const wrapped = wrapKey(master, mine, randomBytes(32))
    const row = { kind: 'case', masterId: 'proof', wrapped, wrappedOther: null }
    openKey(row, mine)
    refused('the key of one case at another', () => openKey(row, theirs))
    refused('a master key nobody has', () => openKey({ ...row, masterId: 'proof-2' }, mine))
    refused('a key cut off', () => openKey({ ...row, wrapped: wrapped.subarray(0, 40) }, mine))
    refused('no key at all', () => openKey({ ...row, wrapped: Buffer.alloc(0) }, mine))
    refused('a second key that is not ours', () => openKey({ ...row, wrappedOther: randomBytes(61) }, mine))
    for (let at = 0; at < wrapped.length; at++) {
      const altered = Buffer.from(wrapped)
      altered[at] = (altered[at] ?? 0) ^ 1
      refused(`byte ${at} of a key`, () => openKey({ ...row, wrapped: altered }, mine))
    }
  }
}

function attackProcess(random: Random, count: number, refused: Try): void {
  const key = () => ({ id: uuid(random), key: randomBytes(32) })
  useKeys({
    master: randomBytes(32),
    masterId: 'proof',
    index: randomBytes(32),
    pepper: randomBytes(32),
    process: [key(), key()],
  })
  for (let nth = 0; nth < count; nth++) {
    const bytes = sealForProcess('reason', 'Näidis')
    openForProcess('reason', bytes)
    refused('another use', () => openForProcess('totp', bytes))
    refused('nothing', () => openForProcess('reason', Buffer.alloc(0)))
    refused('the form without a mark', () =>
      openForProcess('reason', Buffer.concat([Buffer.from([1]), bytes.subarray(9)])),
    )
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ 1
      refused(`byte ${at} of the process`, () => openForProcess('reason', altered))
    }
  }
}

function doubledNonces(count: number): number {
  const vault = vaultOf([randomBytes(32)], { kind: 'case', id: 'proof' })
  const seen = new Set<string>()
  for (let nth = 0; nth < count; nth++) {
    seen.add(vault.seal({ table: 't', column: 'c', row: 'r' }, 'sama').toString('latin1', 1, 13))
  }
  return count - seen.size
}

/** The lengths that everything somebody can type into a field comes to. */
function lengthClasses(): number[] {
  const vault = vaultOf([randomBytes(32)], { kind: 'case', id: 'proof' })
  const place = { table: 't', column: 'c', row: 'r' }
  const lengths = new Set<number>()
  for (let letters = 0; letters <= 4000; letters += 7) lengths.add(vault.seal(place, 'õ'.repeat(letters)).length)
  return [...lengths].toSorted((a, b) => a - b)
}
