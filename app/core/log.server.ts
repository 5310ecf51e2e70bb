// What does the process tell its log? Only keys listed here, so that a name or an address cannot slip in.
type Line = {
  method?: string
  route?: string
  status?: number
  directive?: string
  ms?: number
  incident?: string
  job?: string
  count?: number
  seq?: number
  port?: number
  error?: unknown
}

let sink: (line: string) => void = (line) => process.stdout.write(`${line}\n`)

/** Writes one JSON line. An error is told by its class, its code and where it arose – its message may hold what a person typed. */
export function log(event: string, line: Line = {}): void {
  const { error, ...plain } = line
  const about = error instanceof Error ? { error: error.name, code: codeOf(error), at: framesOf(error) } : {}
  sink(JSON.stringify({ at: new Date().toISOString(), event, ...plain, ...about }))
}

/** For tests and for a quiet command line: where the lines go. */
export function logTo(next: (line: string) => void): void {
  sink = next
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function framesOf(error: Error): string[] {
  const own = (error.stack ?? '').split('\n').filter((frame) => frame.includes('/app/') || frame.includes('/db/'))
  return own.slice(0, 4).map((frame) => frame.trim().replace(/^at .*?(?=\/(app|db)\/)/, ''))
}
