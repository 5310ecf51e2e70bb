// Is the browser found where it is?
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findChromium } from './chromium.ts'

test('the one that was named comes first, then the PATH; a file that cannot be run is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tugivork-browser-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const named = join(folder, 'own-browser')
  const onPath = join(folder, 'chromium')
  writeFileSync(named, '')
  writeFileSync(onPath, '')
  chmodSync(onPath, 0o755)
  expect(findChromium({ CHROMIUM: named, PATH: folder })).toBe(onPath)
  chmodSync(named, 0o755)
  expect(findChromium({ CHROMIUM: named, PATH: folder })).toBe(named)
})
