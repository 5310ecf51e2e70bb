// Can a signed checkpoint be read by whoever has the public key, and by nobody once it is altered?
import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { bodyOf, isSigned, publicKeyText, readNote, readPublicKey, signatureOf } from './note.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const checkpoint = {
  origin: 'tugivork.example/audit',
  size: 1234,
  head: createHash('sha256').update('head').digest('hex'),
  time: '2026-11-26T10:05:00.000Z',
  previous: createHash('sha256').update('before').digest('hex'),
}
const body = bodyOf(checkpoint)
const text = `${body}\n${signatureOf(body, 'signer-test', privateKey)}`
const key = readPublicKey(publicKeyText('signer-test', privateKey))

test('what was signed is read as it was', () => {
  const note = readNote(text)
  expect(note?.checkpoint).toEqual(checkpoint)
  expect(note && key && isSigned(note, [key])).toBe(true)
  expect(readNote(text.replaceAll('\n', '\r\n'))?.checkpoint).toEqual(checkpoint)
  const first = bodyOf({ ...checkpoint, previous: null })
  expect(readNote(`${first}\n${signatureOf(first, 'signer-test', privateKey)}`)?.checkpoint.previous).toBeNull()
})

test('a witness may add a line of its own', () => {
  const witness = generateKeyPairSync('ed25519').privateKey
  const note = readNote(text + signatureOf(body, 'witness', witness))
  expect(note && key && isSigned(note, [key])).toBe(true)
  const theirs = readPublicKey(publicKeyText('witness', witness))
  expect(note && theirs && isSigned(note, [theirs])).toBe(true)
})

test('the key of somebody else, and one called alike, do not do', () => {
  const note = readNote(text)
  const other = readPublicKey(publicKeyText('signer-test', generateKeyPairSync('ed25519').privateKey))
  const renamed = readPublicKey(publicKeyText('signer-other', privateKey))
  expect(note && other && renamed && isSigned(note, [other, renamed])).toBe(false)
})

test('no byte of it can be another: every one is flipped', () => {
  const bytes = Buffer.from(text)
  const unnoticed = [...bytes.keys()].filter((at) => {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8))
    const note = readNote(altered.toString())
    return note && key && isSigned(note, [key])
  })
  expect(unnoticed).toEqual([])
})

test.each(['', 'x', 'signer+00000000+AAAA', publicKeyText('signer-test', privateKey).replace('signer-test', 'signer')])(
  '%s is no public key',
  (wrong) => {
    expect(readPublicKey(wrong)).toBeNull()
  },
)
