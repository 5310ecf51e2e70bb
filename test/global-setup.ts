// Which database cluster do the tests of one run share, and when is it started?
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type Cluster, openCluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The socket at which a test file asks for the cluster. */
    clusterSocket: string
  }
}

/** The cluster is started when the first test file asks for it, so a run of pure tests never pays for one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tugivork-test-'))
  const address = join(folder, 'ask')
  let cluster: Promise<Cluster> | undefined
  const server = createServer((socket) => {
    cluster ??= openCluster(folder)
    cluster.then(
      ({ facts }) => socket.end(JSON.stringify({ facts })),
      (error: Error) => socket.end(JSON.stringify({ error: error.message })),
    )
  })
  await new Promise<void>((done) => server.listen(address, done))
  project.provide('clusterSocket', address)
  return async () => {
    await closed(server)
    const opened = await cluster?.catch(() => undefined)
    await opened?.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const closed = (server: Server) => new Promise<void>((done) => server.close(() => done()))
