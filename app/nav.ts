// Which four to seven places does each role have, and how many things wait there?
import type { Person } from './core/user.ts'
import { mainRole } from './core/user.ts'
import type { Key, T } from './i18n/i18n.ts'
import type { NavItem } from './ui/layout.tsx'

type Place = readonly [address: string, label: Key]

const today: Place = ['/', 'home.tab']

const places: Partial<Record<Person['roles'][number], readonly Place[]>> = {
  admin: [today, ['/people', 'access.people.title'], ['/settings', 'access.settings.title'], ['/audit', 'audit.title']],
  coordinator: [
    today,
    ['/matching', 'matching.title'],
    ['/assignments', 'matching.list.tab'],
    ['/cases', 'cases.title.list'],
    ['/volunteers', 'volunteers.tab'],
    ['/reports', 'home.nav.periods'],
    ['/imports', 'imports.tab'],
  ],
  manager: [
    today,
    ['/reports', 'home.nav.periods'],
    ['/volunteers', 'volunteers.tab'],
    ['/recruitment', 'recruitment.tab'],
    ['/settings', 'access.settings.title'],
  ],
  lead: [
    today,
    ['/cases', 'cases.title.list'],
    ['/meetings', 'meetings.title'],
    ['/assignments', 'matching.list.tab'],
    ['/volunteers', 'volunteers.tab'],
    ['/concerns', 'home.nav.concerns'],
    ['/break-glass', 'cases.glass.title'],
  ],
  member: [
    today,
    ['/cases', 'cases.title.list'],
    ['/meetings', 'meetings.title'],
    ['/cases/new', 'home.nav.newCase'],
    ['/break-glass', 'cases.glass.title'],
    ['/help', 'access.help.title'],
  ],
  supervisor: [
    today,
    ['/supervision', 'home.nav.supervision'],
    ['/concerns', 'home.nav.concerns'],
    ['/assignments', 'matching.list.tab'],
    ['/volunteers', 'volunteers.tab'],
    ['/break-glass', 'cases.glass.title'],
  ],
  volunteer: [
    today,
    ['/assignments', 'matching.list.own'],
    ['/support/visits', 'home.nav.visits'],
    ['/support/reports', 'home.nav.reports'],
    ['/my-profile', 'volunteers.own.tab'],
  ],
  trainer: [
    today,
    ['/materials', 'materials.title'],
    ['/account', 'access.account.title'],
    ['/help', 'access.help.title'],
    ['/privacy', 'home.nav.privacy'],
  ],
  steering: [
    today,
    ['/reports', 'home.nav.periods'],
    ['/reach', 'evaluation.reach.title'],
    ['/help', 'access.help.title'],
    ['/privacy', 'home.nav.privacy'],
  ],
  referrer: [
    today,
    ['/cases/new', 'home.nav.newCase'],
    ['/help', 'access.help.title'],
    ['/privacy', 'home.nav.privacy'],
  ],
  auditor: [
    today,
    ['/cases', 'cases.title.list'],
    ['/watch', 'audit.watch.title'],
    ['/walls', 'audit.wall.title'],
    ['/break-glass', 'cases.glass.title'],
    ['/reports', 'home.nav.periods'],
    ['/audit', 'audit.title'],
    ['/erasures', 'safekeeping.erasure.title'],
    ['/settings', 'access.settings.title'],
  ],
}

/** The service navigation of this person on this page. */
export function navOf(me: Person, t: T, path: string): NavItem[] {
  const role = mainRole(me)
  // Whoever must first register keys has nowhere else to go.
  const mine = (!me.owes && role && places[role]) || []
  const here = mine.filter(([href]) => path === href || (href !== '/' && path.startsWith(`${href}/`)))
  // Of a place and one within it the narrower is where one is.
  const current = here.toSorted(([a], [b]) => b.length - a.length)[0]?.[0]
  return mine.map(([href, label]) => ({ href, label: t(label), current: href === current }))
}
