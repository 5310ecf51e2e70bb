// What happened, told in plain words?
import { isKey, type Key, type T } from '../i18n/i18n.ts'
import { nameThen } from '../i18n/names.ts'

/** What the chain knows that is no operation: what happens at the door, and what the database raises by itself. */
export const doorActions = [
  'access.passwordFailed',
  'access.codeFailed',
  'access.oidcFailed',
  'access.signOut',
  'access.exit',
  'access.firstAdmin',
  'access.recovered',
  'access.emailChanged',
  'access.nameChanged',
  'access.unsealed',
  'wall.raised',
  'case.found.name',
  'case.found.code',
  'calendar.read',
  'support.outing.remind',
  'support.outing.tellGuide',
  'support.outing.tellCoordinator',
  'support.outing.lapse',
] as const

export type AuditEvent = {
  seq: number
  at: Date
  action: string
  result: string
  actorId: string | null
  actor: string | null
  /** What they were called when it happened, where that was another name; so of everybody here. */
  actorThen?: string | null
  actorRoles: string[]
  /** In whose place it was done, where somebody stood in. */
  behalf: string | null
  behalfThen?: string | null
  caseId: string | null
  caseNumber: string | null
  networkId: string | null
  hits: number | null
  /** The two by whose word it was, where it was done at the door by nobody yet. */
  helpers?: string[]
  helpersThen?: (string | null)[]
  /** Why the key of a case was changed, by its name. */
  keyWhy?: string | null
  /** Why somebody was looked for: the purpose, and what was typed. */
  why?: string | null
}

/** The message of an action (`case.open` → `audit.action.case.open`), or the one that fits every action. */
export function actionKey(action: string): Key {
  const key = `audit.action.${action}`
  return isKey(key) ? key : 'audit.action.other'
}

/** `vaatas juhtumit`; an action without words of its own is told by its name. */
export function actionWords(t: T, action: string): string {
  return t(actionKey(action), { action })
}

/** Who did it; of somebody whose name is not for these eyes the role is told. */
export function actorWords(t: T, event: Actor & Pick<AuditEvent, 'behalf' | 'behalfThen'>): string {
  const who = ownWords(t, event)
  return event.behalf ? t('audit.standingIn', { who, giver: nameThen(t, event.behalf, event.behalfThen) }) : who
}

type Actor = Pick<AuditEvent, 'actor' | 'actorThen' | 'actorId' | 'actorRoles'>

function ownWords(t: T, event: Actor): string {
  if (event.actor) return nameThen(t, event.actor, event.actorThen)
  const role = event.actorRoles.map((held) => `core.role.${held}`).find(isKey)
  if (event.actorId && role) return t('audit.roleOnly', { role: t(role) })
  return t(event.actorId ? 'audit.somebody' : 'audit.nobody')
}

/** The two by whose word it was. */
export const helperWords = (t: T, { helpers = [], helpersThen = [] }: Pick<AuditEvent, 'helpers' | 'helpersThen'>) =>
  helpers.map((name, at) => nameThen(t, name, helpersThen[at])).join(', ')

/** One sentence: `Kim Näidis-Koort vaatas juhtumit M-2026-014`. */
export function sentenceOf(t: T, event: AuditEvent): string {
  const words = { who: actorWords(t, event), what: actionWords(t, event.action), number: event.caseNumber ?? '' }
  return t(event.caseNumber ? 'audit.sentenceCase' : 'audit.sentence', words)
}

/** The purpose in the words of the form, and what was typed beside it. */
export function whyWords(t: T, why: string): string {
  const [purpose = '', ...typed] = why.split(': ')
  const key = `cases.find.purpose.${purpose}`
  return [isKey(key) ? t(key) : purpose, typed.join(': ')].filter(Boolean).join(' – ')
}

/** `Juhtum on lõpetatud`: why a case got a new key; of older events nothing. */
export function keyWords(t: T, { keyWhy }: AuditEvent): string {
  const key = `safekeeping.key.why.${keyWhy}`
  return keyWhy && isKey(key) ? t(key) : ''
}

/** The same thing done several times on end by the same person; `event` is the newest of them. */
export type Run = { event: AuditEvent; count: number; from: Date; to: Date }

export function runsOf(events: readonly AuditEvent[]): Run[] {
  const same = (a: AuditEvent, b: AuditEvent) =>
    a.actorId === b.actorId &&
    a.actorThen === b.actorThen &&
    a.behalf === b.behalf &&
    a.behalfThen === b.behalfThen &&
    a.action === b.action &&
    a.caseId === b.caseId &&
    a.result === b.result &&
    a.helpers?.join() === b.helpers?.join() &&
    a.why === b.why &&
    a.keyWhy === b.keyWhy
  const runs: Run[] = []
  for (const event of events) {
    const last = runs.at(-1)
    if (last && same(last.event, event)) runs[runs.length - 1] = { ...last, count: last.count + 1, from: event.at }
    else runs.push({ event, count: 1, from: event.at, to: event.at })
  }
  return runs
}
