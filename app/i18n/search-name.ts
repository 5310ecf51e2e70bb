// Under which spellings can a name be found, so that Мария, Maria and Marija are one?

// As Estonian writes Russian and Ukrainian names, already without hooks and tildes (ž → z, õ → o).
const cyrillic: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'je', ё: 'jo', ж: 'z', з: 'z', и: 'i', і: 'i' },
  ...{ ї: 'ji', й: 'j', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u' },
  ...{ ф: 'f', х: 'h', ц: 'ts', ч: 'ts', ш: 's', щ: 'sts', ъ: '', ы: 'o', ь: '', э: 'e', ю: 'ju', я: 'ja' },
}
const noMark: Record<string, string> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th' }

const foldings: [pattern: RegExp, instead: string][] = [
  // Hushes: ž, zh and ж are one sound, and so are š, sh, sch, ш; ts, tš, tch, č, ch, ц, ч; щ, shch, štš.
  ...([
    [/sch/g, 's'],
    [/ch|c(?=[iey])/g, 'ts'],
    [/sh/g, 's'],
    [/zh/g, 'z'],
    [/tz|t+s/g, 'ts'],
  ] as [RegExp, string][]),
  // Letters that English or Estonian habit doubles or changes: Mihhail, Mikhail; Vassili; Alexandr; Viktor, Victor.
  ...([
    [/kh|h+/g, 'h'],
    [/s+/g, 's'],
    [/c+k?/g, 'k'],
    [/x/g, 'ks'],
    [/w/g, 'v'],
    [/ph/g, 'f'],
  ] as [RegExp, string][]),
  // The sound of j: Julia, Yulia, Iuliia, Юлия; Tatjana, Tatiana; Jelena, Elena; Fjodorov, Fedorov; Juri, Yuriy, Юрий.
  ...([
    [/y(?=[aeiou])/g, 'j'],
    [/y/g, 'i'],
    [/j+/g, 'j'],
    [/i?ji|ij|i{2,}/g, 'i'],
    [/(?<=[^aeiou])jo/g, 'e'],
    [/(?<=[^aeiou])j(?!$)|j(?![aeiou])/g, 'i'],
    [/(?<=^|[aeou])i(?=[aou])|(?<=[aeou])i(?=e)/g, 'j'],
    [/(?<=^|[aeiou])je/g, 'e'],
  ] as [RegExp, string][]),
]

/** Letters and digits only, no case, no marks, no other alphabet; one entry a word. */
function plainWords(text: string, letters: Record<string, string>): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => letters[letter] ?? noMark[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

// A soft sign before a vowel is heard as j (Татьяна); ы is õ in Estonian and y elsewhere; č has lost its hook in `plain`.
function soundWords(text: string): string[] {
  const heard = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/ь(?=[еёиюя])/g, 'й')
    .replaceAll('č', 'ch')
  return plainWords(heard, { ...cyrillic, ы: 'y' }).map((word) =>
    foldings.reduce((folded, [pattern, instead]) => folded.replace(pattern, instead), word),
  )
}

/** How a name sounds, whatever the alphabet and the habit of spelling; equal for spellings of one name. */
export function soundOf(name: string): string {
  return soundWords(name).join(' ')
}

/** What is stored beside a name and searched: its words as written, and as they sound where that differs. */
export function searchName(name: string): string {
  return [...new Set([...plainWords(name, cyrillic), ...soundWords(name)])].join(' ')
}

/** A typed search as pairs of spellings, one pair a word; a stored name must begin a word with one of each pair. */
export function searchWords(query: string): { plain: string; sound: string }[] {
  const sounds = soundWords(query)
  return plainWords(query, cyrillic).map((plain, at) => ({ plain, sound: sounds[at] ?? plain }))
}

/** The rule of the search on one stored name, as the database applies it (apart from its tolerance for slips). */
export function nameMatches(stored: string, query: string): boolean {
  const words = stored.split(/[ -]/)
  return searchWords(query).every((wanted) =>
    words.some((word) => word.startsWith(wanted.plain) || word.startsWith(wanted.sound)),
  )
}
