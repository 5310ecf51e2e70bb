// Where does a device keep what it has: values under names, some of which everybody may read and most of which nobody can?

/** As much of a store as is needed; the tests have one in memory. */
export type Store = {
  get: <V>(name: string) => Promise<V | undefined>
  put: (name: string, value: unknown) => Promise<void>
  /** Read and written in one step: the same store is open in every page of this browser, and none writes in between. Nothing made is nothing written. */
  change: <V>(name: string, make: (now: V | undefined) => V | undefined) => Promise<V | undefined>
  /** Written and forgotten in one trip to the disk: either all of it is so afterwards, or nothing. */
  exchange: (written: readonly (readonly [string, unknown])[], dropped: readonly string[]) => Promise<void>
  drop: (...names: string[]) => Promise<void>
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
  const read = <V>(work: (of: IDBObjectStore) => IDBRequest<V>): Promise<V> =>
    answered(work(db.transaction(table, 'readonly').objectStore(table)))
  // Written is only what the store says is written.
  const write = async <V>(
    work: (of: IDBObjectStore) => V | Promise<V>,
    durability: IDBTransactionDurability,
  ): Promise<V> => {
    const trip = db.transaction(table, 'readwrite', { durability })
    const ended = new Promise<void>((done, failed) => {
      trip.oncomplete = () => done()
      trip.onabort = () => failed(trip.error)
    })
    const [value] = await Promise.all([work(trip.objectStore(table)), ended])
    return value
  }
  return {
    get: (name) => read((of) => of.get(name)),
    put: (name, value) => write((of) => void of.put(value, name), 'strict'),
    change: <V>(name: string, make: (now: V | undefined) => V | undefined) =>
      write(async (of) => {
        const made = make(await answered<V | undefined>(of.get(name)))
        if (made !== undefined) of.put(made, name)
        return made
      }, 'strict'),
    exchange: (written, dropped) =>
      write((of) => {
        for (const [name, value] of written) of.put(value, name)
        for (const name of dropped) of.delete(name)
      }, 'strict'),
    // What comes back after a power cut is sent once more, and counts no second time.
    drop: (...names) =>
      write((of) => {
        for (const name of names) of.delete(name)
      }, 'default'),
    names: async () => (await read((of) => of.getAllKeys())).map(String),
    wipe: () => write((of) => void of.clear(), 'strict'),
  }
}
