// Does the process forget what opens the house once it has read it?
import { mkdtempSync, openSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeEnvironment } from './environment.server.ts'

const opening = {
  DATABASE_URL: 'postgres://omanik:saladus@/tugivork',
  SMTP_URL: 'smtps://post:saladus@post.example',
  TUGIVORK_OIDC_CLIENT_SECRET: 'saladus',
  TUGIVORK_ANCHORS: 'https://user:saladus@archive.example/',
}

test('what opens something is read once and then stands in no environment', () => {
  const env: NodeJS.ProcessEnv = { PORT: '3000', ...opening }
  expect(takeEnvironment(env)).toEqual({ PORT: '3000', ...opening })
  expect(env).toEqual({ PORT: '3000' })
})

test('what was handed over beside the environment is read from there, and counts', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tugivork-handed-')), 'x')
  writeFileSync(file, JSON.stringify(opening))
  const env: NodeJS.ProcessEnv = { PORT: '3000', TUGIVORK_HANDED: String(openSync(file, 'r')) }
  expect(takeEnvironment(env)).toMatchObject({ PORT: '3000', ...opening })
  expect(env).toEqual({ PORT: '3000' })
})
