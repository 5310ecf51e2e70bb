// From which network address does a request come?
import { isIP } from 'node:net'
import type { Context } from 'hono'

type Server = { incoming?: { socket?: { remoteAddress?: string } } }

/** The address that the server sees; behind a proxy on this very machine the one that the proxy saw. Nobody else is believed. */
export function addressOf(c: Context): string {
  const direct = (c.env as Server | undefined)?.incoming?.socket?.remoteAddress ?? ''
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  const local = /^(::ffff:)?127\.|^::1$/.test(direct)
  return networkOf(local && isIP(forwarded) ? forwarded : direct)
}

/** One household or office: an IPv4 address, or the 64 bits of an IPv6 address that its owner does not choose. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  if (isIP(plain) !== 6) return plain
  const [head = '', tail] = plain.split('::')
  const front = head ? head.split(':') : []
  const back = tail ? tail.split(':') : []
  const missing = tail === undefined ? 0 : 8 - front.length - back.length
  const groups = [...front, ...Array<string>(missing).fill('0'), ...back]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
