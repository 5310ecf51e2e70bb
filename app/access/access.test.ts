// Are the rules of the door what we promise?
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { addressOf, networkOf, proxiesOf, useProxies } from '../core/turn/address.ts'
import { roles } from '../core/user.ts'
import { accountWaits, addressWaits, deviceOf, everybody, everywhereWaits, limitsOf, safePath } from './access.ts'
import { passwordProblem } from './password.ts'

test('somebody with two roles gets of each the stricter limit', () => {
  expect(limitsOf(['volunteer'])).toEqual({ idleMinutes: 10, absoluteMinutes: 120, atOnce: 1 })
  expect(limitsOf(['coordinator'])).toEqual({ idleMinutes: 15, absoluteMinutes: 480, atOnce: 2 })
  expect(limitsOf(['coordinator', 'admin'])).toEqual({ idleMinutes: 10, absoluteMinutes: 240, atOnce: 1 })
})

test('whoever holds no role has no more than whoever works here; the process is nobody who could come in', () => {
  expect(limitsOf([])).toEqual({ idleMinutes: 15, absoluteMinutes: 480, atOnce: 2 })
  expect(limitsOf(['volunteer', 'lead', 'admin'])).toEqual({ idleMinutes: 10, absoluteMinutes: 120, atOnce: 1 })
  expect(limitsOf(['steering'])).toEqual(limitsOf(['coordinator']))
  expect(everybody).toEqual(roles.filter((role) => role !== 'system'))
  expect(everybody).not.toContain('system')
})

test('waiting grows to 42 seconds and never to a lock', () => {
  for (const waits of [accountWaits, addressWaits]) {
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect([waits[0], waits.at(-1)]).toEqual([0, 42])
  }
  // How many are free: of one person, of an office, and of all who try at one account within an hour.
  expect([accountWaits, addressWaits, everywhereWaits].map((waits) => waits.indexOf(2))).toEqual([2, 10, 300])
  expect(accountWaits.slice(2)).toEqual([2, 4, 8, 16, 32, 42])
})

test('the door leads only to our own pages', () => {
  for (const away of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'cases',
    'x/cases',
    '/a b',
    '/%0d%0a\n',
    7,
    undefined,
    '/.//evil.example',
  ]) {
    expect(safePath(away), String(away)).toBe('/')
  }
  for (const door of ['/sign-in', '/sign-in/code', '/sign-out', '/exit', '/demo?x=1']) expect(safePath(door)).toBe('/')
  expect(safePath('/cases/12?tab=risk')).toBe('/cases/12?tab=risk')
  for (const own of ['/signs', '/sign-instead', '/exits']) expect(safePath(own)).toBe(own)
  expect(safePath('/x/sign-in')).toBe('/x/sign-in')
  expect(safePath(`/${'a'.repeat(499)}`)).toHaveLength(500)
  expect(safePath(`/${'a'.repeat(500)}`)).toBe('/')
  expect(safePath(['/cases'])).toBe('/')
})

test('a device is told by browser and system, and by nothing more', () => {
  const phone =
    'Mozilla/5.0 (Linux; Android 14; SM-A556B Build/UP1A) AppleWebKit/537.36 Chrome/126.0.6478.71 Mobile Safari/537.36'
  expect(deviceOf(phone)).toBe('Chrome, Android')
  expect(deviceOf('curl/8')).toBe('')
  expect(deviceOf(undefined)).toBe('')
  expect(deviceOf('Firefox/1')).toBe('Firefox')
  expect(deviceOf('Windows NT 10.0')).toBe('Windows')
})

test('an address stands for one household: of IPv6 the part that its owner does not choose', () => {
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:0db8:0001:0002:ffff:1:2:3'))
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0')
  expect(networkOf('::1')).toBe('0:0:0:0')
  expect(networkOf('1::2:3:4:5:6')).toBe('1:0:0:2')
  // Only what is an IPv4 address in other clothes is one.
  expect(networkOf('2001:db8::ffff:192.0.2.7')).toBe('2001:db8:0:0')
})

/** The address that counts for a request from `peer` with this line. */
async function asked(peer: string, line?: string): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(addressOf(c)))
  const headers = line === undefined ? undefined : { 'x-forwarded-for': line }
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress: peer } } })).text()
}

test('who asks is what a hop of ours has seen, and what anybody else says of it is not believed', async () => {
  useProxies([])
  expect(await asked('127.0.0.1', '192.0.2.7')).toBe('127.0.0.1')
  useProxies(['127.0.0.1', '10.1.0.0/16', '2001:db8:ffff::/48'])
  expect(await asked('192.0.2.7', '198.51.100.1')).toBe('192.0.2.7')
  expect(await asked('10.1.2.3', '198.51.100.1, 192.0.2.7')).toBe('192.0.2.7')
  expect(await asked('::ffff:10.1.2.3', '198.51.100.1, 192.0.2.7, 127.0.0.1')).toBe('192.0.2.7')
  expect(await asked('2001:db8:ffff::1', '2001:db8:1:2:3::4')).toBe('2001:db8:1:2')
  // A hop that says nothing, or nonsense, is itself the one who asks.
  for (const line of [undefined, '', 'unknown', '192.0.2.7, _x']) expect(await asked('10.1.2.3', line)).toBe('10.1.2.3')
  useProxies([])
  // And of whom nobody can be seen, nobody is believed.
  for (const server of [undefined, {}, { incoming: {} }]) {
    const app = new Hono().get('/', (c) => c.text(addressOf(c)))
    expect(await (await app.request('/', { headers: { 'x-forwarded-for': '192.0.2.7' } }, server)).text()).toBe('')
  }
})

test('a hop is an address or a network, and a list with anything else in it is no list', () => {
  expect(proxiesOf(['127.0.0.1', '10.1.0.0/16', '2001:db8::/48'])?.rules).toHaveLength(3)
  for (const odd of ['proxy', '10.1.0.0/', '10.1.0.0/x', '10.1.0.0/ 16', '10.1.0.0/16 ', '10.1.0.0/99', ''])
    expect(proxiesOf(['127.0.0.1', odd]), odd).toBeNull()
})

const lou = ['Lou Näidis-Lepik', 'lou@naidis.example']

test.each([
  ['lühike', 'access.password.short'],
  ['parool parool parool', 'access.password.common'],
  ['P@r00lP@r00l2026!', 'access.password.common'],
  ['Tugivõrk2026!!!', 'access.password.common'],
  ['lounaidislepik1', 'access.password.common'],
  ['qwertyuiop123456', 'access.password.common'],
  ['1qaz2wsx3edc4rfv', 'access.password.common'],
  ['zaq1xsw2cde3vfr4', 'access.password.common'],
  ['q1w2e3r4t5y6u7i8', 'access.password.common'],
  ['йфяцычувскамепи2026', 'access.password.common'],
  ['aaaaaaaaaaaaaaaaaaaa', 'access.password.common'],
  ['пароль123пароль123', 'access.password.common'],
])('the password %s is refused', (password, key) => {
  expect(passwordProblem(password, lou)?.key).toBe(key)
})

test.each(['pilv tõukab rohelist vankrit', 'Zx9-kTum=3vQ_w7Bp', 'хромой филин несёт чайник'])(
  'the password %s will do',
  (password) => {
    expect(passwordProblem(password, lou)).toBeNull()
  },
)
