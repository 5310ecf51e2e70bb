// From when on is a case there for the agencies of its core group? Decision 52, from what stands in the rows alone.
import { type Answered, remembered } from '../branches/taken.ts'
import type { Row } from '../world/world.ts'
import { agencyOf, wordsSay } from './meetings.ts'
import { leads, type Rights } from './rights.ts'

/** Whoever leads knows of a case of the network from the referral on, and who speaks for victim support by the words of a role that two gave; no seat or chair gives it. */
const fromReferral = (rights: Rights, network: string | null | undefined) =>
  leads(rights, { network_id: network ?? null }) ||
  (agencyOf(rights.facts, network, rights.me) === 'victim_support' &&
    wordsSay(rights.facts, network, rights.me, 'ohvriabi'))

/** It stands on the agenda of a meeting of its own network of today, and people were invited to that meeting. */
const onAgenda = ({ facts }: Rights, file: Row) =>
  facts
    .rows('agenda_item')
    .some(
      (item) =>
        item.case_id === file.id &&
        item.network_id === file.network_id &&
        item.removed_at === null &&
        facts.one('meeting', item.meeting_id)?.invited_at !== null,
    )

/** I have judged the risk in it or am to finish a draft that stands, or something in it is mine to do. */
function byMyself({ facts, me }: Rights, file: Row): boolean {
  const of = (table: string) => facts.rows(table).filter((row) => row.case_id === file.id)
  const judges = of('assessment').filter((row) => row.state !== 'draft' || row.superseded_at === null)
  return (
    judges.some((row) => row.assessor_id === me || row.prepared_by === me) ||
    of('case_action').some((row) => row.owner_id === me)
  )
}

/** My agency has told something of it here, or has something to do that somebody of this network took on; who sits for `other` is of no one agency. */
function byAgency({ facts, me }: Rights, file: Row): boolean {
  const mine = agencyOf(facts, file.network_id, me)
  if (mine === null || mine === 'other') return false
  const here = (person: string | null | undefined) =>
    facts
      .rows('person_role')
      .some(
        (role) =>
          role.person_id === person &&
          role.network_id === file.network_id &&
          ['lead', 'member'].includes(role.role ?? ''),
      )
  const told = facts.rows('research').filter((row) => row.case_id === file.id && row.network_id === file.network_id)
  const agreed = facts.rows('case_action').filter((row) => row.case_id === file.id && here(row.owner_id))
  return [...told, ...agreed].some((row) => row.agency === mine)
}

/** A case of a network of mine that I know nothing of yet; of what is closed I know it still where I brought it. */
export function keptFrom(rights: Rights, caseId: string | null | undefined): boolean {
  const known = asked.get(rights) ?? new Map<string, Answered<boolean>>()
  asked.set(rights, known)
  return remembered(known, caseId ?? '', () => isKeptFrom(rights, rights.facts.one('case_file', caseId)))
}
// Asked of every row of every table.
const asked = new WeakMap<Rights, Map<string, Answered<boolean>>>()

function isKeptFrom(rights: Rights, file: Row | undefined): boolean {
  if (!file || !rights.networks.has(file.network_id ?? '') || fromReferral(rights, file.network_id)) return false
  if (file.created_by === rights.me || onAgenda(rights, file)) return false
  return file.status === 'closed' || !(byMyself(rights, file) || byAgency(rights, file))
}
