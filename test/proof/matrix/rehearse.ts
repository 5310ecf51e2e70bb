// How can a form be sent that may take effect, again and again in the same world? Everything happens, and nothing is kept.
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

type Query = (this: pg.Client, ...args: unknown[]) => Promise<pg.QueryResult>
const real = pg.Client.prototype.query as unknown as Query
let rehearsing = false

/** Whoever listens is asked, on its own connection, before a transaction is taken back. */
export const listening = new AsyncLocalStorage<(ask: (text: string) => Promise<pg.QueryResult>) => Promise<void>>()

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
    const heard = listening.getStore()?.((text) => real.apply(this, [text]))
    const taken = real.apply(this, ['rollback']).then((told) => ({ ...told, command: 'COMMIT' }))
    return Promise.all([taken, heard]).then(([told]) => told)
  } as unknown as typeof pg.Client.prototype.query
  return () => {
    pg.Client.prototype.query = real as unknown as typeof pg.Client.prototype.query
  }
}
