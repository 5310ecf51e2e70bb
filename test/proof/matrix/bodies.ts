// What would somebody type into this form? Made from the form's own schema, so that a new form has its words by itself.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Page } from '../../../app/core/page.tsx'
import { csrfToken, ownerMark } from '../../../app/core/session.server.ts'
import { dayFromNow } from '../../substitution.ts'
import type { Actor } from './actors.ts'
import type { Things } from './world/thing.ts'

const byKind: Record<string, string> = {
  ...{
    text: 'Näidis-sõna',
    long: 'Näidis-põhjus, mis on piisavalt pikk, et sellest aru saada.',
    yes: 'on',
    number: '3',
  },
  ...{ email: 'uus.konto@naidis.example', tel: '5551 2345', money: '2,50', date: dayFromNow(0), password: 'x' },
}
// Where the kind of the field says too little.
const byName: Record<string, string> = {
  ...{ phone: '5551 2345', nationalId: '', county: '0045', municipality: '0511', number: 'M-2026-999', version: '1' },
  ...{
    day: dayFromNow(0),
    minutes: '30',
    expense: '',
    save: 'draft',
    withVictim: 'yes',
    open: 'yes',
    months: '6',
    madeOn: dayFromNow(0),
    counties: '0045',
  },
  ...{
    value: '3',
    reason: 'Näidis-põhjus, mis on piisavalt pikk.',
    validTo: dayFromNow(20),
    wantedSex: 'any',
    why: 'Näidis-miks',
  },
  ...{
    entry: '00000000-0000-4000-8000-00000000f1e1',
    at: '1764230400000',
    month: '2026-11',
    childrenReason: 'Näidis-põhjus',
    personalCode: '47101010033',
    who: 'Anna Näidis-Org',
    password: 'väga-pikk-näidis-lause-7',
    passwordAgain: 'väga-pikk-näidis-lause-7',
  },
}

/** Whom and what this person can name, of what there is in the world. */
function named(things: Things, who: Actor): Record<string, string> {
  const of = (kind: string, name: string, id = 'id') =>
    things[kind]?.find((thing) => thing.name === name)?.ids[id] ?? ''
  const mine = ['vera', 'siim', 'max'].includes(who.who) ? 'foreign' : 'own'
  return {
    ...{ case: of('cases', mine === 'own' ? 'ended' : 'askedForeign'), network: of('seats', mine, 'network') },
    ...{ place: of('cases', mine, 'place'), assignment: of('cases', mine, 'assignment') },
    // Of a meeting she writes herself; whoever guides her writes a visit of none.
    outing: who.role === 'volunteer' ? of('cases', mine, 'outing') : '',
    ids: who.role === 'admin' || who.role === 'manager' ? of('confirmations', 'by the coordinator') : '',
    ...{ id: of('volunteers', who.who) || of('volunteers', 'lou'), volunteer: of('volunteers', 'vaba') },
    ...{ takerId: of('people', 'max'), giverId: of('people', 'max'), supervisor: of('people', 'tiia') },
  }
}

/** The fields of the page's command, filled in; with the tokens of the one who sends. */
export function bodyOf(page: Page, who: Actor, things: Things): URLSearchParams {
  const body = new URLSearchParams({ ...byName, locale: 'et', sure: 'on' })
  const names = named(things, who)
  for (const [name, schema] of fieldsOf(page)) {
    const typed = names[name] ?? typedIn(name, schema)
    if (typed) body.set(name, typed)
    else body.delete(name)
  }
  if (who.person?.claim) {
    body.set('_csrf', csrfToken(who.person))
    body.set('_owner', ownerMark(who.person))
  }
  body.set('_once', randomUUID())
  return body
}

function fieldsOf(page: Page): [string, z.ZodType][] {
  const input = page.operations.at(-1)?.input
  return input instanceof z.ZodObject ? Object.entries(input.shape as Record<string, z.ZodType>) : []
}

function typedIn(name: string, schema: z.ZodType): string {
  if (schema instanceof z.ZodEnum) return String(schema.options[0])
  const { kind = '', options, optional } = schema.meta() ?? {}
  if (options?.[0]) return options[0].value
  if (byName[name] !== undefined) return byName[name]
  if (kind === 'date' || /(On|From|To)$/.test(name)) return dayFromNow(0)
  return optional ? '' : (byKind[kind] ?? '')
}
