// Is a name found however its letters are written?
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameMatches, searchName, soundOf } from './search-name.ts'

const spellings: string[][] = [
  ['Мария', 'Maria', 'Marija', 'Mariya', 'Mariia', 'MARIA'],
  ['Жукова', 'Žukova', 'Zhukova', 'Zukova'],
  ['Õunapuu', 'ounapuu', 'Ounapuu', 'ÕUNAPUU'],
  ['Юлия', 'Julia', 'Yulia', 'Yuliya', 'Julija', 'Iuliia'],
  ['Татьяна', 'Tatjana', 'Tatiana', 'Tatyana'],
  ['Елена', 'Jelena', 'Elena', 'Yelena'],
  ['Наталья', 'Natalja', 'Natalia', 'Natalya'],
  ['Наталия', 'Natalija', 'Natalia', 'Nataliya', 'Nataliia'],
  ['Екатерина', 'Jekaterina', 'Yekaterina', 'Ekaterina'],
  ['Ксения', 'Ksenia', 'Ksenija', 'Xenia', 'Kseniya'],
  ['Михаил', 'Mihhail', 'Mikhail', 'Mihail'],
  ['Василий', 'Vassili', 'Vasily', 'Vasiliy', 'Vassilij'],
  ['Васильев', 'Vassiljev', 'Vasilyev', 'Vasiliev'],
  ['Дмитрий', 'Dmitri', 'Dmitry', 'Dmitriy', 'Dmitrij'],
  ['Юрий', 'Juri', 'Jüri', 'Yuri', 'Yury', 'Yuriy', 'Jurij'],
  ['Евгений', 'Jevgeni', 'Evgeny', 'Yevgeniy', 'Evgenii'],
  ['Алексей', 'Aleksei', 'Alexey', 'Alexei', 'Aleksej'],
  ['Андреев', 'Andrejev', 'Andreev', 'Andreyev'],
  ['Фёдоров', 'Федоров', 'Fjodorov', 'Fyodorov', 'Fedorov'],
  ['Соловьёв', 'Solovjov', 'Solovyov'],
  ['Чехова', 'Tšehhova', 'Chekhova', 'Čehova', 'Tsehhova'],
  ['Щукина', 'Štšukina', 'Shchukina'],
  ['Шевченко', 'Ševtšenko', 'Shevchenko', 'Sevtsenko'],
  ['Зайцев', 'Zaitsev', 'Zaytsev', 'Zajtsev'],
  ['Майя', 'Maja', 'Maya', 'Maia'],
  ['Виктор', 'Viktor', 'Victor'],
  ['Людмила', 'Ljudmila', 'Lyudmila', 'Liudmila'],
]

describe('spellings of one name', () => {
  test.each(spellings.map((group) => ({ name: group[0], group })))('$name', ({ name = '', group }) => {
    for (const other of group) expect(`${other}: ${soundOf(other)}`).toBe(`${other}: ${soundOf(name)}`)
  })

  test('each finds each, with the rest of the name around it', () => {
    for (const group of spellings)
      for (const stored of group)
        for (const query of group)
          expect(nameMatches(searchName(`Anna Näidis-${stored}`), query), `${query} → ${stored}`).toBe(true)
  })

  test('ы is found as Estonians and as English speakers write it', () => {
    expect(nameMatches(searchName('Рыбаков'), 'Rõbakov')).toBe(true)
    expect(nameMatches(searchName('Рыбаков'), 'Rybakov')).toBe(true)
    expect(nameMatches(searchName('Rybakov'), 'Рыбаков')).toBe(true)
    expect(nameMatches(searchName('Rõbakov'), 'Рыбаков')).toBe(true)
  })

  test('names that only look alike stay apart', () => {
    const pairs: [string, string][] = [
      ['Mari', 'Maria Tamm'],
      ['Kask', 'Kaks'],
      ['Anne', 'Anu'],
    ]
    for (const [one, other] of pairs) expect(soundOf(one)).not.toBe(soundOf(other))
  })
})

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöüõšžАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ')
const name = fc
  .array(fc.string({ unit: letter, minLength: 2, maxLength: 9 }), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '))

describe('any name', () => {
  test('is found by itself, without its hooks and dots, in capitals and in any order of its words', () => {
    fc.assert(
      fc.property(name, (given) => {
        const stored = searchName(given)
        const bare = given.normalize('NFD').replace(/(?<=[a-z])\p{M}/gu, '')
        return [given, given.toUpperCase(), given.normalize('NFD'), bare, given.split(' ').reverse().join('-')].every(
          (query) => nameMatches(stored, query),
        )
      }),
    )
  })

  test('is found while it is still being typed', () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 9 }), (given, length) =>
        nameMatches(searchName(given), given.slice(0, length).trim()),
      ),
    )
  })

  test('is stored as nothing but small letters, digits and spaces', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        /^[\p{Ll}\p{Lo}\p{N} ]*$/u.test(searchName(text).replace(/[^\p{ASCII}]/gu, 'a')),
      ),
    )
  })
})

// Names put together from syllables, written after three published habits at once.
const syllables = [
  ['ва', 'va', 'va', 'va'],
  ['жа', 'ža', 'zha', 'zha'],
  ['ше', 'še', 'she', 'she'],
  ['чу', 'tšu', 'chu', 'chu'],
  ['лю', 'lju', 'lyu', 'liu'],
  ['ня', 'nja', 'nya', 'nia'],
  ['хо', 'ho', 'kho', 'kho'],
  ['щи', 'štši', 'shchi', 'shchi'],
  ['ци', 'tsi', 'tsi', 'tsi'],
] as const

test('a name made of Russian syllables sounds the same in Cyrillic, Estonian, British and passport spelling', () => {
  const made = fc.array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(made, (parts) => {
      const [russian, ...latin] = [0, 1, 2, 3].map((way) => soundOf(parts.map((part) => part[way] ?? '').join('')))
      return latin.every((sound) => sound === russian)
    }),
  )
})
