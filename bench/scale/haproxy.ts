// How is a load balancer had and started – Debian's HAProxy, in front of the app's nodes or of the database's servers?
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort } from '../place/process.ts'

const program = '/usr/sbin/haproxy'

/** Why there is none, or nothing: as root it is installed where it is missing. */
export function missing(): string | undefined {
  if (existsSync(program)) return undefined
  if (process.getuid?.() !== 0) return 'no HAProxy here; as root the bench would install it'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'haproxy'], { env, encoding: 'utf8' })
  if (install().status !== 0) {
    spawnSync('apt-get', ['update'], { env })
    install()
  }
  return existsSync(program) ? undefined : 'no HAProxy here, and it could not be installed'
}

export type Balancer = { port: number; stop: () => Promise<void> }

const common = `global
  maxconn 2000
defaults
  timeout connect 2s
  timeout client 30s
  timeout server 30s
`

// A request whose node died is sent to the other one. For a form that is safe because its key counts once.
const pages = (port: number, nodes: number[]) => `${common}  mode http
  option redispatch 1
  retries 4
  retry-on conn-failure empty-response response-timeout 503
  option http-buffer-request
listen pages
  bind 127.0.0.1:${port}
  balance roundrobin
  option httpchk GET /health
  default-server check inter 500 fall 2 rise 1 on-error mark-down observe layer4 error-limit 1
${nodes.map((node, at) => `  server node${at} 127.0.0.1:${node}`).join('\n')}
`

// The standby is asked only once the first server is gone; connections to that one are cut.
const database = (port: number, sockets: string[]) => `${common}  mode tcp
listen database
  bind 127.0.0.1:${port}
  default-server check inter 300 fall 1 rise 100 on-marked-down shutdown-sessions
${sockets.map((socket, at) => `  server database${at} unix@${socket}${at > 0 ? ' backup' : ''}`).join('\n')}
`

export async function balancePages(folder: string, port: number, nodes: number[]): Promise<Balancer> {
  return start(join(folder, 'pages.cfg'), port, pages(port, nodes))
}

export async function balanceDatabase(folder: string, sockets: string[]): Promise<Balancer> {
  const port = await freePort()
  return start(join(folder, 'database.cfg'), port, database(port, sockets))
}

async function start(file: string, port: number, text: string): Promise<Balancer> {
  writeFileSync(file, text)
  const child = spawn(program, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'ignore'] })
  const last = () => child.kill('SIGKILL')
  process.once('exit', last)
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error(`HAProxy did not start on ${file}`)
    await new Promise((done) => setTimeout(done, 50))
  }
  const stop = () => ended(child).finally(() => process.off('exit', last))
  return { port, stop }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  const hurry = setTimeout(() => child.kill('SIGKILL'), 3000)
  await gone
  clearTimeout(hurry)
}
