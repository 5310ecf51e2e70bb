// How does the process begin, and how does it end?
import { createServer as createHttp, type RequestListener, type ServerOptions } from 'node:http'
import { serve } from '@hono/node-server'
import { caseKeys } from '../db/keys/case-keys.ts'
import { seedDemo } from '../db/seed/seed.ts'
import { assetsReady } from '../scripts/assets.ts'
import { useProvider } from './access/oidc/provider.server.ts'
import { createApp } from './app.tsx'
import { useAnchors } from './audit/checkpoint/checkpoints.server.ts'
import { beforeAll, crowdAnswers } from './core/answer/crowd.server.tsx'
import { answerMissingIn, missingStep } from './core/answer/even.server.ts'
import { log } from './core/log.server.ts'
import { useProxies } from './core/turn/address.ts'
import { bilingual } from './i18n/bilingual.ts'
import { jobs } from './jobs.ts'
import { readConfig } from './process/config.server.ts'
import { takeEnvironment } from './process/environment.server.ts'
import { openInstallation } from './process/installation.server.ts'
import { startJobs } from './process/jobs.server.ts'
import { oidcSecret } from './process/oidc-secret.server.ts'
import { loadSigner } from './process/signer.server.ts'

// A line that is still in use is never cut first from this end: whoever asks just then, a person or the proxy before us (which gives up
// after 60 seconds), would get no answer.
const keepAliveTimeout = 75_000

async function start(): Promise<void> {
  const config = readConfig(takeEnvironment())
  const { oidc, origin } = config
  useProvider(oidc && { ...oidc, clientSecret: oidcSecret(oidc), origin })
  useProxies(config.proxies)
  await assetsReady()
  const installation = await openInstallation(config)
  const signer = loadSigner(config.signerFile)
  useAnchors({ origin: config.origin, places: config.anchors, signer, holders: config.demo ? 0 : 2 })
  if (config.demo) await seedDemo(installation.adminUrl)
  const secure = config.origin.startsWith('https:')
  const app = createApp({ origin: config.origin, secure, demo: config.demo })
  answerMissingIn(missingStep)
  const crowded = crowdAnswers({ secure, demo: config.demo })
  const listening = { port: config.port, hostname: config.host, serverOptions: { keepAliveTimeout } }
  // Whoever finds no room is told so before anything else is done for them.
  const createServer = ((options: ServerOptions, listener: RequestListener) =>
    createHttp(options, beforeAll(crowded, listener))) as typeof createHttp
  const server = serve({ fetch: app.fetch, createServer, ...listening }, ({ port }) => {
    log('started', { port })
    process.stdout.write(`\n  ${bilingual('core.start.ready', { address: config.origin })}\n\n`)
  })
  server.on('error', (error) => end(error))
  // People are let in first: what is done by the clock can wait half a second.
  const working = startJobs(installation.jobsUrl, [...jobs, caseKeys(installation.adminUrl)])
  working.catch((error) => end(error))

  let ending = false
  const end = async (why?: unknown) => {
    if (ending) return
    ending = true
    // What has begun may finish; what does not within ten seconds is cut.
    const cut = setTimeout(() => process.exit(1), 10_000)
    if (why instanceof Error) process.stderr.write(`${why.message}\n`)
    await new Promise((done) => server.close(done))
    await working.then(
      (work) => work.stop(),
      () => undefined,
    )
    await installation.close()
    clearTimeout(cut)
    log('stopped')
    process.exit(why instanceof Error ? 1 : 0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
  void installation.lost.then(() => end(new Error(bilingual('core.start.databaseLost'))))
}

process.on('unhandledRejection', (error) => log('bug', { error }))

start().catch((error: unknown) => {
  // Before anything runs there is nobody but the one at the keyboard to tell.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
