// Is whatever is over, was made for something else, or is no such thing at all answered as what never was?
import { randomBytes } from 'node:crypto'
import { sealForProcess } from '../../../app/core/seal.server.ts'
import { type Asked, type Desk, difference } from './send.ts'

export type Values = Record<string, string>
export type Trial = {
  what: string
  never: string
  values: Values
  ask: (value: string) => Asked
  before?: () => Promise<unknown>
}

export const random = () => randomBytes(32).toString('base64url')
const badly: Values = {
  ...{ 'malformed: short': 'nimetu', 'malformed: long': 'a'.repeat(5000), 'malformed: dashes': '-'.repeat(43) },
  'malformed: signs': `${'a'.repeat(42)}!`,
}
export const sealed = (use: string, value: unknown) =>
  sealForProcess(use, typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Each of these is answered as one that never was. */
export async function alike(
  { ask, figures }: Desk,
  { what, never, values, ask: asking, before }: Trial,
): Promise<void> {
  figures.fields.add(what)
  const heard = async (value: string) => {
    await before?.()
    const asked = asking(value)
    figures.routes.add(`${asked.cell.method} ${asked.cell.address}`)
    return ask(asked, [value])
  }
  const missing = await heard(never)
  for (const [kind, value] of Object.entries({ random: random(), ...values, ...badly })) {
    const [group = kind] = kind.split(':')
    figures.pairs++
    figures.kinds[group] = (figures.kinds[group] ?? 0) + 1
    const fault = difference(await heard(value), missing)
    if (fault) figures.differ.push(`${what}, ${kind}: ${fault}`)
  }
}
