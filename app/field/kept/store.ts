// Where does a device keep what it has: values under names, some of which everybody may read and most of which nobody can?

/** As much of a store as is needed; the tests have one in memory. */
export type Store = {
  get: <V>(name: string) => Promise<V | undefined>
  put: (name: string, value: unknown) => Promise<void>
  drop: (name: string) => Promise<void>
  names: () => Promise<string[]>
  wipe: () => Promise<void>
}

const [base, table] = ['field', 'kept']

function answered<V>(request: IDBRequest<V>): Promise<V> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })
}

/** The browser's own store. Throws where it has none, or lets nobody write (a private window). */
export async function openStore(): Promise<Store> {
  const asked = indexedDB.open(base, 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore(table)
  const db = await answered(asked)
  const run = async <V>(
    mode: IDBTransactionMode,
    work: (of: IDBObjectStore) => IDBRequest<V>,
    durability: IDBTransactionDurability = 'default',
  ): Promise<V> => {
    const trip = db.transaction(table, mode, { durability })
    const ended = new Promise<void>((done, failed) => {
      trip.oncomplete = () => done()
      trip.onabort = () => failed(trip.error)
    })
    const value = await answered(work(trip.objectStore(table)))
    // Written is only what the store says is written.
    if (mode === 'readwrite') await ended
    return value
  }
  return {
    get: (name) => run('readonly', (of) => of.get(name)),
    put: async (name, value) => void (await run('readwrite', (of) => of.put(value, name), 'strict')),
    // What comes back after a power cut is sent once more, and counts no second time.
    drop: (name) => run('readwrite', (of) => of.delete(name)),
    names: async () => (await run('readonly', (of) => of.getAllKeys())).map(String),
    wipe: () => run('readwrite', (of) => of.clear(), 'strict'),
  }
}
