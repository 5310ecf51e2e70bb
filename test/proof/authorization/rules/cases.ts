// Who may read what of a case? R11 and R12, the access table, decisions 7 and 13; §3.4 for what is sealed.
import type { Row } from '../world/world.ts'
import { keptFrom } from './invited.ts'
import { closed, has, inNetwork, leads, type Rights, rolesOf, sharesCase, unfounded, walledOff } from './rights.ts'
import { readsNote } from './supervision.ts'

export type Login = 'tugivork_read' | 'tugivork_write'
export type Rule = (rights: Rights, row: Row, login: Login) => boolean

/** R12: one's own network, the coordinator all over the country (without names), the data protection officer. */
const known: Rule = (rights, row) => has(rights, 'coordinator', 'auditor') || sharesCase(rights, row)

/** Decision 18: who it is about, where she is and what was told of her are then nobody's but the lead's – or an emergency's. */
const named: Rule = (rights, row, login) =>
  !unfounded(rights, row.case_id) || sharesCase(rights, row) || byGlass(rights, row, login)

/** Who helps today and who guides her. */
const helping: Rule = (rights, row) =>
  rights.supported.has(row.case_id ?? '') || rights.supervised.has(row.case_id ?? '')

/** §3.4: one value at a time, for the minutes of a look that somebody gave a purpose for, while they still may look at it. */
function looksAt(rights: Rights, what: string | null, row: Row): boolean {
  return rights.facts.rows('reveal').some((look) => {
    if (
      look.person_id !== rights.me ||
      look.case_id !== row.case_id ||
      Date.parse(look.until ?? '') <= rights.facts.now
    )
      return false
    return what === null || (look.what === what && look.item_id === row.id)
  })
}

/** The access table, `case.reveal`: the network and the coordinator. */
const mayLook: Rule = (rights, row, login) =>
  has(rights, 'coordinator') || sharesCase(rights, row) || byGlass(rights, row, login)

/** Decision 16: the one case of an emergency, by work that says that it is done this way. */
export const byGlass: Rule = (rights, row) => rights.glass !== null && rights.glass.caseId === row.case_id

/** … and by the login that writes nothing, but for what one look at a name needs. */
const readByGlass: Rule = (rights, row, login) => login === 'tugivork_read' && byGlass(rights, row, login)

/** `assignment.look`: a support person, at what the brief of today opens to her. */
function openedTo(rights: Rights, row: Row): boolean {
  if (!rights.supported.has(row.case_id ?? '')) return false
  const briefs = rights.facts
    .rows('case_brief')
    .filter((brief) => brief.case_id === row.case_id && !brief.superseded_at)
  return briefs.some((brief) => (JSON.parse(brief.whereabouts_ids ?? '[]') as string[]).includes(row.id ?? ''))
}

/** Decision 7: the key of a case is its network's, its support person's and her supervisor's; others' for the minutes of a look. */
function keyOfCase(rights: Rights, row: Row, login: Login): boolean {
  const of = { ...row, case_id: row.owner_id ?? null }
  if (sharesCase(rights, of) || helping(rights, of, login) || byGlass(rights, of, login)) return true
  return has(rights, 'coordinator') && named(rights, of, login) && looksAt(rights, null, of)
}

const keys: Record<string, Rule> = {
  case: keyOfCase,
  // The coordinator's, and the volunteer's whose personal code it closes.
  volunteer: (rights, row) => has(rights, 'coordinator') || row.owner_id === rights.volunteer,
  // What a referee said is the coordinator's (decision 25).
  reference: (rights) => has(rights, 'coordinator'),
  person: (rights, row) => row.owner_id === rights.me,
  import: (rights, row, login) => {
    const batch = rights.facts.one('import_batch', row.owner_id)
    return batch !== undefined && ofThisDesk(rights, batch, login)
  },
  // What was spoken of in a supervision (decision 30).
  session: (rights, row) => readsNote(rights, row.owner_id),
  // Whom a volunteer knows is hers alone (decision 36).
  circle: (rights, row) => {
    const of = rights.facts.one('volunteer_circle', row.owner_id)?.volunteer_id
    return rights.volunteer !== null && of === rights.volunteer
  },
  // What was paid is for her who claims it, and for the coordinator.
  expense: (rights, row) => {
    const of = rights.facts.one('expense', row.owner_id)
    if (walledOff(rights, of?.case_id)) return false
    return has(rights, 'coordinator') || (rights.volunteer !== null && of?.volunteer_id === rights.volunteer)
  },
  checkin: (rights, row) => {
    const of = rights.facts.one('wellbeing_checkin', row.owner_id)?.volunteer_id ?? ''
    return rights.supervisees.has(of) || (rights.volunteer !== null && of === rights.volunteer)
  },
  // What a month's report says is for its writer, for who answers it, and for the coordinator.
  report: (rights, row) => {
    const writer = rights.facts.one('month_report', row.owner_id)?.volunteer_id ?? ''
    return has(rights, 'coordinator') || writer === rights.volunteer || rights.supervisees.has(writer)
  },
}

/** Decision 11: a workbook belongs to the desk at which it is read in. */
export const ofThisDesk: Rule = (rights, row) =>
  has(rights, 'coordinator') && (row.made_for ?? row.made_by) === rights.desk

/** `case.risk`: levels and grounds for the network and the coordinator's figures; not for the auditor. */
const risk: Rule = (rights, row, login) =>
  has(rights, 'coordinator') || sharesCase(rights, row) || readByGlass(rights, row, login)

const places: Rule = (rights, row, login) => {
  const open = has(rights, 'coordinator') || sharesCase(rights, row) || openedTo(rights, row)
  return (open || (byGlass(rights, row, login) && rights.glass?.danger === true)) && looksAt(rights, 'whereabouts', row)
}

/** What is planned: the network's own and the helpers', one's own as long as one helps, and those of whom one guides. */
const planned: Rule = (rights, row, login) => {
  if (sharesCase(rights, row) || readByGlass(rights, row, login)) return true
  const id = row.case_id ?? ''
  const own = rights.supported.has(id) && row.recorded_by === rights.me
  return row.assignment_id !== null && (own || rights.guidedSupports.has(row.assignment_id ?? ''))
}

export const caseRules: Record<string, Rule> = {
  case_file: (rights, row, login) => known(rights, row, login) || byGlass(rights, { case_id: row.id ?? null }, login),
  case_transfer: (rights, row, login) => transfer(rights, row, login),
  case_closing: (rights, row) => has(rights, 'coordinator', 'auditor') || sharesCase(rights, row),
  // Of whom something was told for the comparison; what it was is nowhere.
  case_link_fact: (rights, row) => sharesCase(rights, row),
  // How a name sounds is compared by the database alone.
  case_name_key: () => false,
  case_surname: () => false,
  // Whether somebody has been here before is for the lead; an earlier case behind a wall was not there either.
  case_repeat: (rights, row) => leads(rights, row) && !rights.walled.has(row.earlier_case_id ?? ''),
  case_follow_up: (rights, row) => sharesCase(rights, row),
  case_incident: (rights, row) => sharesCase(rights, row),
  // What she said of herself is her network's alone.
  case_diversity: (rights, row) => sharesCase(rights, row),
  case_basis: (rights, row) => has(rights, 'coordinator', 'auditor') || sharesCase(rights, row),
  // For the figures of reports, which the coordinator composes.
  case_known: (rights) => has(rights, 'coordinator'),
  // R4: the process reminds.
  case_task: (rights, row, login) => risk(rights, row, login) || has(rights, 'system'),
  case_person: (rights, row, login) =>
    named(rights, row, login) &&
    mayLook(rights, row, login) &&
    // A look holds for what corrects the entry meanwhile.
    (looksAt(rights, 'identity', row) || looksAt(rights, 'identity', { ...row, id: row.corrects_id ?? null })),
  case_whereabouts: (rights, row, login) => named(rights, row, login) && places(rights, row, login),
  case_brief: (rights, row, login) =>
    named(rights, row, login) &&
    (sharesCase(rights, row) || helping(rights, row, login) || readByGlass(rights, row, login)),
  // Decision on the safe contact: its rules, and her own plan where she agrees, for whoever helps her too; people, the plan and what the
  // network plans for the network alone.
  safe_contact: (rights, row, login) =>
    named(rights, row, login) &&
    (sharesCase(rights, row) ||
      (['rules', 'told'].includes(row.part ?? '') && helping(rights, row, login)) ||
      readByGlass(rights, row, login)),
  contact_plan: (rights, row, login) => named(rights, row, login) && planned(rights, row, login),
  assessment: risk,
  // One's own looks; with a case that is shut before an agency its looks are too.
  reveal: (rights, row, login) => {
    // As a member what one may look at; as who helps, the place that was opened to her.
    const opened =
      row.what === 'whereabouts' && openedTo(rights, { id: row.item_id ?? null, case_id: row.case_id ?? null })
    const inside = !rights.networks.has(row.network_id ?? '') || mayLook(rights, row, login) || opened
    return row.person_id === rights.me && inside && named(rights, row, login)
  },
  sealed_key: (rights, row, login) => keys[row.kind ?? '']?.(rights, row, login) ?? false,
  // The lead asks and the network sees when it was made; the auditor sees every change of a key.
  key_change: (rights, row) => has(rights, 'auditor') || sharesCase(rights, row),
  erasure: (rights, row) => has(rights, 'coordinator', 'auditor') || leads(rights, row),
  // Whoever may agree, answers for the case or watches over all; one's own requests are told by a function that hides whether there is a case.
  break_glass: (rights, row) =>
    row.case_id !== null &&
    row.person_id !== rights.me &&
    (has(rights, 'coordinator', 'auditor', 'system') || leads(rights, row) || judgesInstead(rights, row)),
}

/** Where no auditor and no lead is left who neither used it, nor agreed, nor stands before a wall, the administrator judges, in person. */
function judgesInstead(rights: Rights, row: Row): boolean {
  const { facts, me, inPerson } = rights
  if (!has(rights, 'admin') || !inPerson || !row.opened_at || row.second_by === me) return false
  const walled = new Set(
    facts.rows('wall').flatMap((wall) => (wall.case_id === row.case_id && !wall.lifted_at ? [wall.person_id] : [])),
  )
  const left = facts
    .rows('person')
    .filter(
      ({ id, status }) =>
        status === 'active' && id !== row.person_id && id !== row.second_by && !walled.has(id ?? null),
    )
  const judges = left.filter(({ id }) =>
    rolesOf(facts, id ?? null).some(
      ({ role, network_id }) => role === 'auditor' || (role === 'lead' && network_id === row.network_id),
    ),
  )
  return judges.length === 0 && !walled.has(me)
}

/** Decision 28: both leads, then and afterwards; the others of the network that has the case; who watches over all. */
const transfer: Rule = (rights, row, login) => {
  if (has(rights, 'coordinator', 'auditor', 'system')) return true
  const file = rights.facts.one('case_file', row.case_id) ?? {}
  const over = (unfounded(rights, row.case_id) || closed(rights, row.case_id)) && !leads(rights, file)
  const shut = over || keptFrom(rights, row.case_id)
  if (shut && inNetwork(rights, row) && has(rights, 'member') && !byGlass(rights, row, login)) return false
  if (leads(rights, row) || leads(rights, { network_id: row.to_network_id ?? null })) return true
  return inNetwork(rights, file) && (caseRules.case_file?.(rights, file, login) ?? false)
}

export { readByGlass }
