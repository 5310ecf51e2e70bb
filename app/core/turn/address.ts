// From which network address does a request come?
import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'

type Server = { incoming?: { socket?: { remoteAddress?: string } } }

let proxies = new BlockList()

/** The hops between people and us, addresses or networks, whose word about who asks is believed; called once when the process starts. */
export function useProxies(hops: readonly string[]): void {
  proxies = proxiesOf(hops) ?? new BlockList()
}

/** The hops as a list that knows networks, or null where one of them is neither an address nor a network. */
export function proxiesOf(hops: readonly string[]): BlockList | null {
  const list = new BlockList()
  try {
    for (const hop of hops) {
      const [address = '', bits] = hop.split('/')
      if (bits === undefined) list.addAddress(address, familyOf(address))
      else if (/^\d{1,3}$/.test(bits)) list.addSubnet(address, Number(bits), familyOf(address))
      else return null
    }
  } catch {
    return null
  }
  return list
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
const plainOf = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '')

/**
 * The network address that asks. Each proxy adds at the end of `X-Forwarded-For` whom it saw, so the line is read from its end for as long as the
 * one who says it is a hop of ours. What stands before that, anybody can write.
 */
export function addressOf(c: Context): string {
  const seen = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => plainOf(one.trim()))
  let from = plainOf((c.env as Server | undefined)?.incoming?.socket?.remoteAddress ?? '')
  while (isIP(from) && proxies.check(from, familyOf(from))) {
    const before = seen.pop() ?? ''
    if (!isIP(before)) break
    from = before
  }
  return networkOf(from)
}

/** One household or office: an IPv4 address, or the 64 bits of an IPv6 address that its owner does not choose. */
export function networkOf(address: string): string {
  const plain = plainOf(address)
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
