// Which four to seven places does each role have, and how many things wait there?
import type { Person } from './core/user.ts'
import { mainRole } from './core/user.ts'
import type { Key, T } from './i18n/i18n.ts'
import type { NavItem } from './ui/layout.tsx'

type Place = readonly [address: string, label: Key]

const places: Partial<Record<Person['roles'][number], readonly Place[]>> = {
  admin: [
    ['/people', 'access.people.title'],
    ['/settings', 'access.settings.title'],
    ['/audit', 'audit.title'],
  ],
  coordinator: [
    ['/matching', 'matching.title'],
    ['/assignments', 'matching.list.tab'],
    ['/cases', 'cases.title.list'],
    ['/volunteers', 'volunteers.tab'],
    ['/imports', 'imports.tab'],
    ['/support/overdue', 'support.overdue.title'],
    ['/concerns', 'support.title.concerns'],
  ],
  manager: [['/volunteers', 'volunteers.tab']],
  lead: [
    ['/cases', 'cases.title.list'],
    ['/concerns', 'support.title.concerns'],
    ['/assignments', 'matching.list.tab'],
    ['/volunteers', 'volunteers.tab'],
  ],
  member: [['/cases', 'cases.title.list']],
  supervisor: [
    ['/supervision', 'support.supervision.title'],
    ['/concerns', 'support.title.concerns'],
    ['/assignments', 'matching.list.tab'],
    ['/volunteers', 'volunteers.tab'],
  ],
  volunteer: [
    ['/assignments', 'matching.list.own'],
    ['/support/visits', 'support.visit.list'],
    ['/support/reports', 'support.title.reports'],
    ['/support/help', 'support.help.tab'],
    ['/my-profile', 'volunteers.own.tab'],
  ],
  auditor: [
    ['/cases', 'cases.title.list'],
    ['/audit', 'audit.title'],
    ['/settings', 'access.settings.title'],
  ],
}

/** The service navigation of this person on this page. */
export function navOf(me: Person, t: T, path: string): NavItem[] {
  const role = mainRole(me)
  const mine = (role && places[role]) ?? []
  return mine.map(([href, label]) => ({
    href,
    label: t(label),
    current: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
  }))
}
