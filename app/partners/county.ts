// How is a county called among people?

/** "Harju maakond" → "Harjumaa". */
export const shortName = (name: string): string => name.replace(' maakond', 'maa')

/** The same by its code. */
export const shortCounty = (counties: readonly { code: string; name: string }[], code: string): string =>
  shortName(counties.find((county) => county.code === code)?.name ?? code)
