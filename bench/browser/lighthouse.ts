// Which mark does Lighthouse give the pages of somebody who has signed in?
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { atLeast, notRun, type Row } from '../rows.ts'
import type { Session } from '../session.ts'
import type { Looked } from './browser.ts'

// Never waited for with this process standing still: the browser asks us about each page that is opened in it.
const run = promisify(execFile)
const cli = join(dirname(createRequire(import.meta.url).resolve('lighthouse/package.json')), 'cli/index.js')
const fixed = ['--only-categories=performance', '--quiet', '--output=json']

/** By its command line, a process of its own, on the browser that already runs; performance only, its mobile preset. */
export async function measureLighthouse(session: Session, pages: Looked[], port: number): Promise<Row[]> {
  const rows: Row[] = []
  for (const page of pages) {
    const title = `Lighthouse performance, ${page.name}`
    const mark = await markOf(session, page, port).catch((error: Error) => error)
    if (mark instanceof Error) rows.push(notRun(title, mark.message.trim().split('\n').at(-1) ?? ''))
    else rows.push(atLeast(title, mark, 0.98, { unit: '' }))
    session.say(`${title}: ${mark}`)
  }
  return rows
}

async function markOf({ product, place }: Session, { name, path, cookie }: Looked, port: number): Promise<number> {
  const out = join(place.folder, `lighthouse-${name}.json`)
  const headers = JSON.stringify({ cookie: `sid=${cookie}` })
  const own = [`${product.origin}${path}`, `--port=${port}`, `--output-path=${out}`, `--extra-headers=${headers}`]
  await run(process.execPath, [cli, ...own, ...fixed], { timeout: 240_000 })
  const report = JSON.parse(readFileSync(out, 'utf8')) as Report
  if (!report.finalDisplayedUrl.endsWith(path)) throw new Error(`it ended at ${report.finalDisplayedUrl}`)
  return report.categories.performance.score ?? Number.NaN
}

type Report = { finalDisplayedUrl: string; categories: { performance: { score: number | null } } }
