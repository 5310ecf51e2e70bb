// Where is a Chromium for the browser tests, and how does one get here where there is none?
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable']

/** The path of a browser that can be run: the one named in CHROMIUM, else the first on the PATH or in /usr/bin. */
export function findChromium(env: Record<string, string | undefined> = process.env): string | undefined {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter(Boolean)
  const candidates = [env.CHROMIUM, ...names.flatMap((name) => folders.map((folder) => join(folder, name)))]
  return candidates.find((path) => path !== undefined && isRunnable(path))
}

/** Finds a browser, or as root on Debian installs one; throws in plain words where neither works. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0) {
    process.stderr.write('Paigaldan brauseri Chromium … / Installing Chromium …\n')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env })
    }
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error(
    'Brauseritestideks on vaja Chromiumi. Paigalda see (apt-get install chromium) või anna tee muutujaga CHROMIUM.\n' +
      'The browser tests need Chromium. Install it (apt-get install chromium), or give its path in CHROMIUM.',
  )
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
