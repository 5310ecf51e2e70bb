// Is a name the one that is seen, wherever it is typed in or pasted?
import { expect, test } from 'vitest'
import { z } from 'zod'
import { AddPerson } from '../../access/people/account-holder.ts'
import { Perpetrator } from '../../cases/referral/perpetrators.ts'
import { searchName } from '../../i18n/search-name.ts'
import { AddVolunteer } from '../../volunteers/volunteer-input.ts'
import { fieldMeta, optional } from './fields.ts'
import { name } from './name.ts'

const field = name({ label: 'access.account.name', max: 20 })
const unseen = ' Näi\u00addis-\u200b Ma\u2060ri\u202e\u00a0\u00a0Mets\ufeff'

test('what nobody sees in it is not in it, and it keeps its label, its limit and its sentence', () => {
  expect(z.object({ field }).parse({ field: unseen })).toEqual({ field: 'Näidis- Mari Mets' })
  expect(fieldMeta(field)).toMatchObject({ label: 'access.account.name', max: 20, kind: 'text' })
  const said = (raw: unknown) => z.object({ field }).safeParse({ field: raw }).error?.issues[0]?.message
  expect([said(undefined), said('\u200b'), said('x'.repeat(21)), said(['x'])]).toEqual([
    'core.error.missing',
    'core.error.missing',
    'core.error.long',
    'core.error.malformed',
  ])
  expect(said('\u200b'.repeat(40) + 'x'.repeat(20))).toBeUndefined()
})

test('where it may be left out, nothing but signs that nobody sees is nothing', () => {
  expect(z.object({ field: optional(field) }).parse({ field: ' \u200b\u00ad ' }).field).toBeUndefined()
})

test('accounts, volunteers and the people of a case are called as they are seen, and so they are found', () => {
  const { givenName, familyName, formerNames } = Perpetrator.shape
  for (const one of [AddPerson.shape.name, AddVolunteer.shape.name, givenName, familyName, formerNames])
    expect(z.object({ one }).parse({ one: unseen })).toEqual({ one: 'Näidis- Mari Mets' })
  expect(searchName('Näidis-Mari')).not.toBe(searchName('Näi\u00addis-Mari'))
})
