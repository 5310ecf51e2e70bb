// Which four to seven places does each role have, and how many things wait there?
import type { Person } from './core/user.ts'
import { mainRole } from './core/user.ts'
import type { Key, T } from './i18n/i18n.ts'
import type { NavItem } from './ui/layout.tsx'

type Place = readonly [address: string, label: Key]

const places: Partial<Record<Person['roles'][number], readonly Place[]>> = {}

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
