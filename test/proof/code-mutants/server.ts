// Is the server there before the first test asks for it? To start it takes longer than a test may.
import { connect } from 'node:net'
import type { TestProject } from 'vitest/node'

/** Comes after test/global-setup.ts, which starts the server for whoever asks first. */
export default (project: TestProject): Promise<void> =>
  new Promise((done, fail) => {
    const socket = connect(project.getProvidedContext().clusterSocket)
    socket.on('error', fail)
    socket.on('close', () => done())
    socket.resume()
  })
