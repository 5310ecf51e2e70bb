// How does a checkpoint reach a place that only outsiders can change?
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnchorPlace } from '../../process/anchor-places.ts'
import { sendCheckpoint } from '../../process/mail.server.ts'

export type Sending = { number: number; note: string; publicKey: string }

const patience = 10_000

/** Sends it; returns in a word what went wrong, or null where it arrived. */
export async function sendTo(place: AnchorPlace, sending: Sending): Promise<string | null> {
  try {
    if (place.kind === 'file') await intoFolder(place.folder, sending)
    else if (place.kind === 'web') await toServer(place.url, sending)
    else await sendCheckpoint(place.to, sending.note)
    return null
  } catch (error) {
    const { code, message, cause } = error as Error & { code?: string; cause?: { code?: string } }
    return String(code ?? cause?.code ?? message).slice(0, 200)
  }
}

export const fileName = (number: number): string => `checkpoint-${String(number).padStart(9, '0')}.txt`

// Beside the checkpoints lies the public key with which they can be checked; each key under a name of its own.
async function intoFolder(folder: string, { number, note, publicKey }: Sending): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await writeOnce(join(folder, `public-key-${publicKey.split('+')[1]}.txt`), `${publicKey}\n`)
  await writeOnce(join(folder, fileName(number)), note)
}

// Nothing that is there is written over, not even by us.
async function writeOnce(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o444 })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
    if ((await readFile(path, 'utf8')) !== text) throw new Error('another text is there under this name')
  }
}

/** An address that ends in a slash is a store that keeps files by name; any other is told by POST. */
async function toServer(address: string, { number, note }: Sending): Promise<void> {
  const { url, headers } = openAddress(address)
  const stores = url.pathname.endsWith('/')
  if (stores) url.pathname += fileName(number)
  const answer = await fetch(url, {
    method: stores ? 'PUT' : 'POST',
    headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', ...(stores ? { 'if-none-match': '*' } : {}) },
    body: note,
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  })
  await answer.body?.cancel()
  if (answer.ok || (answer.status === 412 && (await isThere(url, headers, note)))) return
  throw new Error(`HTTP ${answer.status}`)
}

// It arrived at an earlier try whose answer was lost.
async function isThere(url: URL, headers: Record<string, string>, note: string): Promise<boolean> {
  const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(patience) })
  return answer.ok && (await answer.text()) === note
}

function openAddress(address: string): { url: URL; headers: Record<string, string> } {
  const url = new URL(address)
  const { username, password } = url
  url.username = ''
  url.password = ''
  if (!username) return { url, headers: {} }
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { url, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }
}
