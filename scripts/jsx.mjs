// How does Node, which reads TypeScript by itself, read pages written in JSX? `node --import ./scripts/jsx.mjs app/server.ts`
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks, setSourceMapsSupport } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = join(import.meta.dirname, '../node_modules/.cache')
const packaged = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
const options = {
  loader: 'tsx',
  jsx: 'automatic',
  jsxImportSource: '#markup',
  target: 'esnext',
  sourcemap: 'inline',
  sourcesContent: false,
}
const made = JSON.stringify([packaged.dependencies.esbuild, options])

// What V8 has compiled is kept beside it: most of a start is reading.
enableCompileCache(join(cache, 'compiled'))
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false })

/** What is kept goes by what was read, so a page that was changed is always read anew; a folder that cannot be written costs time alone. */
function javascriptOf(path) {
  const source = readFileSync(path, 'utf8')
  const file = join(cache, 'jsx', `${createHash('sha256').update(made).update(source).update(path).digest('hex')}.js`)
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const { transformSync } = createRequire(import.meta.url)('esbuild')
    const { code } = transformSync(source, { ...options, sourcefile: path })
    keep(file, code)
    return code
  }
}

// Many begin at once in tests: a file is there whole or not at all.
function keep(file, code) {
  try {
    mkdirSync(join(cache, 'jsx'), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, code)
    renameSync(`${file}.${process.pid}`, file)
  } catch {}
}

// A file that names another by its whole path means that file, and a package is the same one for all of ours. Node would ask the disk about each of
// seven thousand such names: a third of a start.
const whole = /^\.{1,2}\/.*\.(tsx?|js)$/
const formats = { ts: 'module-typescript', tsx: 'module' }
const packages = new Map()

function found(specifier, { conditions, parentURL = '' }, ask) {
  if (!conditions.includes('import') || !parentURL.startsWith('file:')) return ask()
  const ending = whole.exec(specifier)?.[1]
  if (ending) return { url: new URL(specifier, parentURL).href, format: formats[ending], shortCircuit: true }
  if (specifier.startsWith('.') || parentURL.includes('/node_modules/')) return ask()
  if (!packages.has(specifier)) packages.set(specifier, { ...ask(), shortCircuit: true })
  return packages.get(specifier)
}

registerHooks({
  resolve: (specifier, context, next) => found(specifier, context, () => next(specifier, context)),
  load: (url, context, next) =>
    url.endsWith('.tsx')
      ? { format: 'module', source: javascriptOf(fileURLToPath(url)), shortCircuit: true }
      : next(url, context),
})
