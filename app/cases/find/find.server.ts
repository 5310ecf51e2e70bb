// In which of the cases that I may open anyway is the person of whom somebody speaks to me?
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../core/db.server.ts'
import { Invalid } from '../../core/errors.ts'
import { command, query, unaudited } from '../../core/operation.server.ts'
import { blindIndex } from '../../core/seal.server.ts'
import { settingsOn } from '../../core/settings.server.ts'
import type { Person } from '../../core/user.ts'
import { keepers } from '../cases.server.ts'
import { sealReason } from '../identity/reveal.server.ts'
import { reasonFrom } from '../identity/reveal.ts'
import { FindCases, wantedOf } from './find.ts'

export type FoundCase = {
  id: string
  number: string
  county: string
  referredOn: string
  status: 'open' | 'closed'
  kind: 'victim' | 'perpetrator' | 'child' | 'adult'
  how: 'code' | 'name'
}
type Keys = { names: Buffer[]; codes: Buffer[] }

/** The keys are made anew for each network, as they were when the people were written down. */
function keysOf(me: Person, who: string): Keys {
  const wanted = wantedOf(who)
  if ('fault' in wanted) throw new Invalid({ who: { key: `cases.find.fault.${wanted.fault}` } })
  const of = <T>(make: (network: string) => T[]) => me.networks.flatMap(make)
  if ('code' in wanted) return { names: [], codes: of((network) => [blindIndex(network, wanted.code)]) }
  return { names: of((network) => wanted.names.map((name) => blindIndex(`${network}/name`, name))), codes: [] }
}

// The rows are read again under the policies: the keys alone show nothing.
async function casesOf(db: Db, { names, codes }: Keys): Promise<FoundCase[]> {
  const { rows } = await sql<FoundCase>`
    select c.id, c.number, county.name as county, c.referred_on, c.status, h.kind, h.how
    from cases_named(${names}::bytea[], ${codes}::bytea[]) h join case_file c on c.id = h.id join county on county.code = c.county_code
    order by c.referred_on desc, c.number desc, h.kind desc limit 50`.execute(db)
  return rows
}

// The same search is known again in the log, and what was typed is not.
const traceOf = ({ names, codes }: Keys): string =>
  createHash('sha256')
    .update(Buffer.concat([...names, ...codes]))
    .digest('hex')
    .slice(0, 16)

// What was found stands on the log of each case that was found, once, with why and by which kind of thing; never by what.
async function noteIn(db: Db, found: readonly FoundCase[], why: string): Promise<void> {
  const by = (how: FoundCase['how']) => found.filter((one) => one.how === how).map(({ id }) => id)
  await sql`select audit_append(case when c.id = any(${by('code')}::uuid[]) then 'case.found.code' else 'case.found.name' end, 'search', null,
    c.id, c.network_id, 'done', '{}', null, ${sealReason(why)}::bytea) from case_file c where c.id = any(${[...by('code'), ...by('name')]}::uuid[])`
    .execute(db)
    .catch(unaudited)
}

/** How many are left is told before anything is typed. */
export const askWhom = query('case.find.ask', { roles: keepers, input: z.object({}) }, async (db) => ({
  perDay: (await settingsOn(db)).findsPerDay,
}))

type Output = { found: FoundCase[]; trace: string; purpose: string }

export const findCases = command(
  'case.find',
  {
    roles: keepers,
    input: FindCases,
    turn: 'find',
    about: (_input, { found, trace, purpose }: Output) => ({
      kind: 'search',
      id: trace,
      hits: new Set(found.map(({ id }) => id)).size,
      reason: sealReason(purpose),
    }),
  },
  async (db, { who, purpose, reason }, me): Promise<Output> => {
    const said = reason?.trim() ?? ''
    if (purpose === 'other' && said.length < reasonFrom)
      throw new Invalid({ reason: { key: 'cases.reveal.reasonNeeded', args: { min: reasonFrom } } })
    const keys = keysOf(me, who)
    const found = await casesOf(db, keys)
    const why = [purpose, said].filter(Boolean).join(': ')
    if (found.length > 0) await noteIn(db, found, why)
    return { found, trace: traceOf(keys), purpose: why }
  },
)
