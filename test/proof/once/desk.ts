// Where do forms come from in the proof that each has its effect once: a real server, a copy of the world, a line that may break?

import type { AddressInfo } from 'node:net'
import { connect as dial } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Client } from 'pg'
import { createApp } from '../../../app/app.tsx'
import { connect, disconnect } from '../../../app/core/db.server.ts'
import type { Env } from '../../../app/core/page.tsx'
import { clientOf, copyOf, type TestDatabase } from '../../database.ts'
import { type Line, openLine } from '../faults/line.ts'
import { origin } from '../matrix/matrix.ts'

/** An answer as the browser has it; what is new in every answer is left out. */
export type Answer = { status: number; headers: string; body: string }
export type Form = { path: string; cookie: string; body: string }
export type Desk = {
  admin: Client
  /** Between the program and what is written. */
  line: Line
  send: (form: Form) => Promise<Answer>
  /** Sends it and is gone after so many milliseconds. */
  sendAndLeave: (form: Form, milliseconds: number) => Promise<void>
  close: () => Promise<void>
}

const headersOf = ({ cookie }: Form) => ({
  cookie: `sid=${cookie}`,
  origin,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
})

/** The application at work on a copy of the world. */
export async function openDesk(world: string): Promise<Desk> {
  const database: TestDatabase = await copyOf(world)
  const line = await openLine(database.writeUrl)
  const admin = clientOf(database.adminUrl)
  await admin.connect()
  connect({ ...database, writeUrl: line.url }, 10)
  const app: Hono<Env> = createApp({ origin, secure: false, demo: true })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((done) => (server.listening ? done() : server.once('listening', done)))
  const { port } = server.address() as AddressInfo
  return {
    admin,
    line,
    send: async (form) => {
      const answer = await fetch(`http://127.0.0.1:${port}${form.path}`, {
        method: 'POST',
        headers: headersOf(form),
        body: form.body,
        redirect: 'manual',
      })
      return { status: answer.status, headers: plain(answer.headers), body: await answer.text() }
    },
    sendAndLeave: async (form, milliseconds) => {
      const socket = dial(port, '127.0.0.1')
      socket.on('error', () => undefined)
      const head = Object.entries(headersOf(form)).map(([name, value]) => `${name}: ${value}\r\n`)
      const length = `content-length: ${Buffer.byteLength(form.body)}\r\n`
      socket.end(`POST ${form.path} HTTP/1.1\r\nhost: localhost:3000\r\n${head.join('')}${length}\r\n${form.body}`)
      await new Promise((done) => setTimeout(done, milliseconds))
      socket.destroy()
    },
    close: async () => {
      await new Promise((done) => server.close(done))
      await disconnect()
      await line.close()
      await admin.end()
      await database.close()
    },
  }
}

const plain = (headers: Headers): string =>
  [...headers]
    .filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
    .map(([name, value]) => `${name}: ${value.replace(/nonce-[^']+/, 'nonce')}`)
    .join('\n')
