// What of a notebook is on the very device that somebody looks from, and how is what is half written there thrown away? For this no key is needed.

// Named here once more: what both scripts shared would be a file of its own, and the page that works without network must not need another.
const [base, table, plainName, half, waits] = ['field', 'kept', 'plain', 'sealed/draft', 'sealed/entry/']

const part = document.querySelector<HTMLElement>('[data-here]')
if (part && 'indexedDB' in window) void tell(part)

const answered = <V>(request: IDBRequest<V>): Promise<V> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })

async function tell(at: HTMLElement): Promise<void> {
  // Where there is no notebook, opening one would make one.
  const known = 'databases' in indexedDB ? await indexedDB.databases() : []
  if (!known.some(({ name }) => name === base)) return
  const db = await answered(indexedDB.open(base))
  const read = () => db.transaction(table).objectStore(table)
  const plain = db.objectStoreNames.contains(table)
    ? await answered<{ device: string } | undefined>(read().get(plainName))
    : undefined
  const mark = plain && document.querySelector<HTMLElement>(`[data-device="${CSS.escape(plain.device)}"]`)
  // It is somebody else's, or was made ready by another account: then it is not hers to empty from here.
  if (!mark) return
  mark.hidden = false
  const put = (name: string, shown: boolean) => {
    for (const one of at.querySelectorAll<HTMLElement>(`[data-put="${name}"]`)) one.hidden = !shown
  }
  const say = async () => {
    const names = (await answered(read().getAllKeys())).map(String)
    put('half', names.includes(half))
    put(
      'waiting',
      names.some((name) => name.startsWith(waits)),
    )
    put('nothing', !names.some((name) => name === half || name.startsWith(waits)))
    at.hidden = false
  }
  at.querySelector('[data-do="throw"]')?.addEventListener('click', async () => {
    const sure = at.querySelector<HTMLElement>('[data-put="sure"]')
    if (sure?.hidden) return put('sure', true)
    const trip = db.transaction(table, 'readwrite', { durability: 'strict' })
    trip.objectStore(table).delete(half)
    await new Promise((done, failed) => {
      trip.oncomplete = done
      trip.onabort = () => failed(trip.error)
    })
    await say()
    put('sure', false)
    put('thrown', true)
  })
  await say()
}
