// What is answered to the entries of a device that name what is not hers – and to the same ones that name what never was?
import { randomUUID } from 'node:crypto'
import { today } from '../../../app/core/clock.server.ts'
import { csrfToken } from '../../../app/core/session.server.ts'
import type { Person } from '../../../app/core/user.ts'
import { usualVisit } from '../../support.ts'
import type { Cell } from '../matrix/expectations.ts'
import { malformed, type Scene, strange } from './forms.ts'
import { difference } from './send.ts'

/** Every field of an entry that holds an identifier, in each kind of entry. */
const fields: [kind: 'visit' | 'outing', field: string][] = [
  ['visit', 'assignment'],
  ['visit', 'entry'],
  ['outing', 'outing'],
  ['outing', 'entry'],
]

export async function tryEntries(scene: Scene, cell: Cell): Promise<void> {
  const { desk, things } = scene
  const own = things.cases?.find(
    ({ facts }) => facts.helper === cell.who.who && facts.support === 'active' && !facts.walled,
  )
  for (const [kind, field] of fields) {
    const whole: Record<string, unknown> = {
      visit: { ...usualVisit, assignment: own?.ids.assignment, day: today() },
      outing: { outing: own?.ids.outing, what: 'out', at: Date.now() - 60_000 },
    }
    const send = async (value: string) => {
      const entry = { kind, entry: randomUUID(), ...(whole[kind] as object), [field]: value }
      const body = JSON.stringify({ _csrf: csrfToken(cell.who.person as Person), entries: [entry] })
      const headers = { 'content-type': 'application/json' }
      return desk.ask({ cell, path: cell.place.path, body, headers }, [value, entry.entry])
    }
    const { figures } = desk
    const missing = await send(randomUUID())
    const name = `${cell.method} ${cell.address} ${kind} ${field}`
    figures.fields.add(name)
    figures.routes.add(`${cell.method} ${cell.address}`)
    const at = { field: { name: field, list: false, number: false }, valid: [own?.ids[field] ?? ''], html: '' }
    for (const { id, table, kind: was } of await strange(scene, cell, at)) {
      figures.pairs++
      figures.kinds[was] = (figures.kinds[was] ?? 0) + 1
      const fault = difference(await send(id), missing)
      if (fault) figures.differ.push(`${name} × ${cell.who.name}, ${was} ${table}: ${fault}`)
    }
    for (const value of malformed) {
      figures.kinds.malformed = (figures.kinds.malformed ?? 0) + 1
      const answer = await send(value)
      if (answer.raw.includes('"taken":true'))
        figures.differ.push(`${name} × ${cell.who.name}: took ${value.slice(0, 40)}`)
    }
  }
}
