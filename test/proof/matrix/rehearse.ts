// How can a form be sent that may take effect, again and again in the same world? Everything happens, and nothing is kept.
import pg from 'pg'

type Query = (this: pg.Client, ...args: unknown[]) => unknown
const real = pg.Client.prototype.query as Query
let rehearsing = false

/** Runs `work` with every transaction of the program taken back at its end; the program hears that it was kept. */
export async function rehearse<R>(work: () => Promise<R>): Promise<R> {
  rehearsing = true
  try {
    return await work()
  } finally {
    rehearsing = false
  }
}

/** Puts the stage up; the answer takes it down again. */
export function openStage(): () => void {
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    if (!rehearsing || args[0] !== 'commit') return real.apply(this, args)
    return (real.apply(this, ['rollback']) as Promise<pg.QueryResult>).then((told) => ({ ...told, command: 'COMMIT' }))
  } as typeof pg.Client.prototype.query
  return () => {
    pg.Client.prototype.query = real as typeof pg.Client.prototype.query
  }
}
