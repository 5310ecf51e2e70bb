// By which keys is somebody of a case found again, however the name was spelled, before or after a wedding?
import { soundOf } from '../../i18n/search-name.ts'

type Named = { givenName?: string | undefined; familyName?: string | undefined; formerNames?: string | undefined }

/** One family name as keys tell it: whole, and of a double name its last part alone. */
export function familySounds(family: string): string[] {
  const words = soundOf(family).split(' ').filter(Boolean)
  return words.length > 1 ? [words.join(' '), words.at(-1) ?? ''] : words
}

/** Every family name that somebody bears or bore, as keys tell it. */
export const familiesOf = ({ familyName, formerNames }: Pick<Named, 'familyName' | 'formerNames'>): string[] =>
  [familyName ?? '', ...(formerNames ?? '').split(/[,;]/)].flatMap(familySounds)

/**
 * The keys of one person: the first given name with each family name there was, in either order. Nothing where a name is not known whole,
 * for half a name would find half the country.
 */
export function nameKeys(of: Named): string[] {
  const [given = ''] = soundOf(of.givenName ?? '').split(' ')
  if (given.length < 2) return []
  const keys = familiesOf(of)
    .filter((family) => family.length > 1)
    .map((family) => [given, family].toSorted().join('|'))
  return [...new Set(keys)].slice(0, 12)
}
