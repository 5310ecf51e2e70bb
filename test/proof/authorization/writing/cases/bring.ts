// May somebody from outside bring a case, and what may they write of it? Decision 53: in their own name, and in the one transaction that brings it.
import { has } from '../../rules/rights.ts'
import { type Attempt, type Draw, type Given, now, pick } from '../draw.ts'
import { change, insertion, type Values } from '../statements.ts'

const [id, person] = ['00000000-0000-4000-8000-0000000d0001', '00000000-0000-4000-8000-0000000d0002']
const closed = '\\x01'

/** That it begins, without which nobody writes anything; and its row. */
function beginning({ random }: Given, network: string, created_by: string, status = 'open'): string {
  const number = `M-2026-${random.whole(100_000, 999_999)}`
  const row = { network_id: network, id, number, county_code: '0045', language: 'et', source: 'police', status }
  const file = insertion('case_file', { ...row, referred_on: '2026-11-01', legal_basis: 'law', created_by })
  return random.chance(0.9) ? `select referral_begin('${id}', '${network}'); ${file}` : file
}
const begun = (text: string) => text.startsWith('select')

/** A network that is not one's own: to that one refers as its member. */
const elsewhere = (given: Given) =>
  pick(given, 'network', ({ id, status }) => {
    const there = status === 'active' || given.random.chance(0.1)
    return there && !given.rights.networks.has(id ?? '')
  })

const bring: Draw = (given) => {
  const network = elsewhere(given)
  if (!network) return null
  const status = given.random.chance(0.2) ? 'closed' : 'open'
  const text = beginning(given, network.id ?? '', given.signed, status)
  const allowed = has(given.rights, 'referrer') && network.status === 'active' && begun(text)
  return { table: 'case_file', name: 'case_file insert', text, allowed: allowed && status === 'open' && given.honest }
}

type Word = { table: string; row: Values; before?: string; spoiled?: Values[] }

function words({ rights }: Given, network_id: string, recorded_by: string): Word[] {
  const of = { network_id, case_id: id }
  const told = { ...of, recorded_by }
  const notOver = { spoiled: [{ superseded_at: now }] }
  const named = insertion('case_person', { ...told, id: person, kind: 'victim', given_name_sealed: closed })
  return [
    { table: 'case_person', row: { ...told, kind: 'victim', given_name_sealed: closed }, ...notOver },
    { table: 'case_whereabouts', row: { ...told, kind: 'address', value_sealed: closed }, ...notOver },
    { table: 'case_brief', row: { ...told, whereabouts_ids: [] }, ...notOver },
    { table: 'safe_contact', row: { ...told, part: 'rules', words_sealed: closed }, ...notOver },
    { table: 'case_diversity', row: { ...told, origin: 'other', disability: 'no', lgbt: 'no' }, ...notOver },
    {
      ...{ table: 'case_task', row: { ...of, kind: 'tell-child-protection', due_on: '2026-12-24' } },
      spoiled: [{ kind: 'assess-again' }, { done_at: now, done_by: recorded_by }],
    },
    {
      ...{ table: 'sealed_key', row: { kind: 'case', owner_id: id, network_id, master_id: 'm', wrapped: closed } },
      spoiled: [{ kind: 'import' }, { network_id: [...rights.networks][0] ?? null }],
    },
    { table: 'case_name_key', row: { ...of, person_row: person, key_index: closed }, before: named },
    { table: 'case_surname', row: { ...of, person_row: person, name_index: closed }, before: named },
  ]
}

/** Each word in one's own name, where there is a name to it; nothing begins as done or set aside, and the key is that of the case. */
const tell: Draw = (given) => {
  const network = elsewhere(given)
  if (!network) return null
  const { table, row, before, spoiled } = given.random.pick(words(given, network.id ?? '', given.signed))
  const text = beginning(given, network.id ?? '', given.me)
  const said = (values: Values) => [text, ...(before ? [before] : []), insertion(table, values)].join('; ')
  const named = 'recorded_by' in row || before !== undefined
  const allowed = has(given.rights, 'referrer') && network.status === 'active' && begun(text)
  return {
    ...{ table, name: `${table} insert`, text: said(row), allowed: allowed && (given.honest || !named) },
    spoiled: () => (spoiled ?? []).map((more) => said({ ...row, ...more })),
  }
}

/** The proof of its ground, and the words of the case that are closed with its key, come after both. */
const addTo: Draw = (given) => {
  const network = elsewhere(given)
  if (!network) return null
  const text = beginning(given, network.id ?? '', given.me)
  const then = given.random.chance(0.5)
    ? ['case_basis', `update case_basis set proof_sealed = '${closed}' where case_id = '${id}'`]
    : ['case_file', change('case_file', { id }, { why_marac_sealed: closed })]
  const [table = '', last] = then
  const allowed = has(given.rights, 'referrer') && network.status === 'active' && begun(text)
  return { table, name: `${table} update`, text: `${text}; ${last}`, allowed } satisfies Attempt
}

export const bringDraws: Draw[] = [bring, tell, tell, tell, addTo]
