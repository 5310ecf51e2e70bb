// How do style sheets, browser scripts and fonts become files that a browser may keep for a year?
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const out = join(root, '.build/assets')
const styles = 'app/ui/style/theme.scss'
const favicon = 'app/ui/style/favicon.svg'
const fonts = ['latin', 'latin-ext', 'cyrillic']
// What these make of our files changes with their version only, so their version stands for them in the fingerprint.
const makers = ['govuk-frontend', '@ministryofjustice/frontend', '@fontsource-variable/inter', 'sass', 'esbuild']

type State = { fingerprint: string; inputs: string[] }
type Made = { name: string; body: Uint8Array }

/** Builds what has changed since the last time; `built` is false where everything was up to date. */
export async function buildAssets({ force = false } = {}): Promise<{ built: boolean; files: number }> {
  const before = await readState()
  if (!force && before && before.fingerprint === (await fingerprint(before.inputs))) {
    return { built: false, files: Object.keys(await readJson(join(out, 'manifest.json'))).length }
  }
  const scripts = await makeScripts()
  const plain = [...(await makeFonts()), { name: 'favicon.svg', body: await readFile(join(root, favicon)) }]
  const manifest: Record<string, string> = {}
  await mkdir(out, { recursive: true })
  for (const made of [...plain, ...scripts.made]) manifest[made.name] = await keep(made)
  for (const { name, body } of scripts.parts) manifest[name] = await keepAs(name, body)
  manifest['theme.css'] = await keep({ name: 'theme.css', body: await makeStyles(manifest) })
  await write('manifest.json', JSON.stringify(manifest, null, 2))
  await write('state.json', JSON.stringify({ fingerprint: await fingerprint(scripts.inputs), inputs: scripts.inputs }))
  return { built: true, files: Object.keys(manifest).length }
}

/** The same from a running program: where something must be built, a process of its own does it, for the builders are as large as the program. */
export async function assetsReady(): Promise<void> {
  const state = await readState()
  if (state && state.fingerprint === (await fingerprint(state.inputs))) return
  await promisify(execFile)(process.execPath, [import.meta.filename], { cwd: root })
}

async function makeStyles(manifest: Record<string, string>): Promise<Uint8Array> {
  const sass = await import('sass')
  const { css } = sass.compile(join(root, styles), { style: 'compressed', loadPaths: [root], quietDeps: true })
  const named = css.replace(/\/assets\/([\w.-]+)/g, (whole, name: string) => {
    const file = manifest[name]
    if (!file) throw new Error(`${styles} asks for ${whole}, which is not built`)
    return `/assets/${file}`
  })
  return Buffer.from(named)
}

/**
 * Every `*.browser.ts` becomes one small file of its own: `app/support/visit.browser.ts` → `visit.js`. What one of them loads later, where a page
 * has a use for it, is a part with a name that it knows already.
 */
async function makeScripts(): Promise<{ made: Made[]; parts: Made[]; inputs: string[] }> {
  const { build } = await import('esbuild')
  const entries = ofApp('.browser.ts').sort()
  const names = entries.map((entry) => `${basename(entry, '.browser.ts')}.js`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw new Error(`two browser scripts would both be called ${twice}`)
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry, index) => ({ in: entry, out: basename(names[index] ?? '', '.js') })),
    outdir: out,
    bundle: true,
    splitting: true,
    chunkNames: '[name].[hash]',
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const files = result.outputFiles.map((file) => ({ name: basename(file.path), body: file.contents }))
  return {
    made: files.filter(({ name }) => names.includes(name)),
    parts: files.filter(({ name }) => !names.includes(name)),
    inputs: Object.keys(result.metafile.inputs).filter((input) => !input.startsWith('node_modules/')),
  }
}

async function makeFonts(): Promise<Made[]> {
  const folder = join(root, 'node_modules/@fontsource-variable/inter/files')
  const whole = fonts.map(
    (subset) => [`inter-${subset}.woff2`, join(folder, `inter-${subset}-wght-normal.woff2`)] as const,
  )
  const cut = ofApp('.woff2').map((file) => [basename(file), join(root, file)] as const)
  return Promise.all([...whole, ...cut].map(async ([name, path]) => ({ name, body: await readFile(path) })))
}

async function keep({ name, body }: Made): Promise<string> {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10)
  const extension = extname(name)
  return keepAs(`${basename(name, extension)}.${hash}${extension}`, body)
}

const packs: Record<string, (body: Uint8Array) => Uint8Array> = {
  br: (body) => brotliCompressSync(body),
  gz: (body) => gzipSync(body, { level: 9 }),
}

// Packed once, as small as it gets; a font is packed already.
async function keepAs(file: string, body: Uint8Array): Promise<string> {
  await write(file, body)
  if (!file.endsWith('.woff2'))
    for (const [ending, pack] of Object.entries(packs)) await write(`${file}.${ending}`, pack(body))
  return file
}

// Two processes may build at once (tests, a second start): whoever reads, reads a whole file.
async function write(file: string, body: string | Uint8Array) {
  const half = join(out, `${file}.${process.pid}.part`)
  await writeFile(half, body)
  await rename(half, join(out, file))
}

// One look at each folder: three patterns for a glob cost a tenth of a second at every start.
const ofApp = (...endings: string[]): string[] =>
  readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => `app/${file}`)

async function fingerprint(scriptInputs: readonly string[]): Promise<string> {
  const ours = ofApp('.scss', '.browser.ts', '.woff2')
  const theirs = makers.map((maker) => `node_modules/${maker}/package.json`)
  const files = [...new Set([...ours, ...scriptInputs, ...theirs, favicon, 'scripts/assets.ts'])].sort()
  const hash = createHash('sha256')
  const texts = await Promise.all(files.map((file) => readFile(join(root, file)).catch(() => 'gone')))
  for (const [at, file] of files.entries()) {
    const text = texts[at] ?? ''
    hash.update(`${file}\n${theirs.includes(file) ? JSON.parse(String(text)).version : text}\n`)
  }
  return hash.digest('hex')
}

async function readState(): Promise<State | null> {
  try {
    const state = (await readJson(join(out, 'state.json'))) as State
    for (const file of Object.values(await readJson(join(out, 'manifest.json'))))
      await readFile(join(out, String(file)))
    return state
  } catch {
    return null
  }
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now()
  const { built, files } = await buildAssets({ force: process.argv.includes('--force') })
  console.log(`${built ? 'built' : 'unchanged'}: ${files} files in ${Math.round(performance.now() - started)} ms`)
}
