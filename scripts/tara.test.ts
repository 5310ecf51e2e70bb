// Does the developer's stand-in start by itself, and is it a provider that the product takes?
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { introduce } from '../app/access/oidc/provider.server.ts'

test('npm run tara prints how to start the product with it, and says of people what TARA says', async () => {
  const origin = 'http://localhost:3123'
  const child = spawn(process.execPath, ['--import', './scripts/jsx.mjs', 'scripts/tara.ts', origin], {
    cwd: join(import.meta.dirname, '..'),
  })
  try {
    let said = ''
    for await (const part of child.stdout) {
      said += part
      if (said.includes('npm start')) break
    }
    const told = (name: string) => new RegExp(`${name}=(\\S+)`).exec(said)?.[1] ?? ''
    const [issuer, clientId] = [told('TUGIVORK_OIDC_ISSUER'), told('TUGIVORK_OIDC_CLIENT_ID')]
    const server = await introduce({ issuer, clientId, clientSecret: told('TUGIVORK_OIDC_CLIENT_SECRET'), origin })
    const about = server.serverMetadata()
    expect(about.acr_values_supported).toEqual(expect.arrayContaining(['substantial', 'high']))
    expect(about.claims_supported).toEqual(expect.arrayContaining(['sub', 'acr', 'amr', 'profile_attributes']))
  } finally {
    child.kill('SIGTERM')
  }
  const code = await new Promise((done) => child.once('exit', done))
  expect(code).toBe(0)
}, 60_000)
