// Does a name find itself, however it is spelled, and nobody else?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameKeys } from './name-key.ts'

const meet = (a: Parameters<typeof nameKeys>[0], b: Parameters<typeof nameKeys>[0]) =>
  nameKeys(a).some((key) => nameKeys(b).includes(key))
const named = (text: string, formerNames?: string) => {
  const [givenName, ...family] = text.split(' ')
  return { givenName, familyName: family.join(' '), formerNames }
}

test.each([
  ['Jüri Õunapuu', 'Juri Ounapuu'],
  ['Юрий Иванов', 'Juri Ivanov'],
  ['Юлия Щербакова', 'Yuliya Shcherbakova'],
  ['Елена Жукова', 'Jelena Žukova'],
  ['Ksenia Wolkova', 'Ксения Волкова'],
  ['Tšaikina Olga', 'Ольга Чайкина'],
  ['Signe Kivi', 'Kivi Signe'],
  ['Anne-Mai Näidis', 'ANNE-MAI NAIDIS'],
  ['Alexandr Petrov', 'Aleksandr Petrov'],
])('%s and %s are one name', (a, b) => {
  expect(meet(named(a), named(b))).toBe(true)
})

test.each([
  ['Anna Kask', 'Anne Kask'],
  ['Mari Tamm', 'Mari Saar'],
  ['Olga Ivanova', 'Olga Petrova'],
])('%s and %s are two', (a, b) => {
  expect(meet(named(a), named(b))).toBe(false)
})

test('a former name and the last part of a double name find the same person; half a name finds nobody', () => {
  expect(meet(named('Anna Kask', 'Org, Tamm'), named('Anna Tamm'))).toBe(true)
  expect(meet(named('Anna Org-Kask'), named('Anna Kask'))).toBe(true)
  expect(nameKeys({ givenName: 'Anna' })).toEqual([])
  expect(nameKeys({ familyName: 'Kask' })).toEqual([])
})

test('dots, hooks and capitals make no other person', () => {
  const name = fc.stringMatching(/^[a-zõäöüšž]{2,15}$/)
  fc.assert(
    fc.property(name, name, (givenName, familyName) => {
      const bare = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
      expect(nameKeys({ givenName: bare(givenName), familyName: bare(familyName) })).toEqual(
        nameKeys({ givenName, familyName }),
      )
    }),
    { numRuns: 5000 },
  )
})
