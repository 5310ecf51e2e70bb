// May somebody set a value, or ask for a looser one? The access table and decision 56.
import { has, rolesOf } from '../rules/rights.ts'
import { type Draw, insert } from './draw.ts'

/** Freshly proved and in person; what is looser than what holds nobody sets, and how long something is kept neither way. */
const rule: Draw = (given) => {
  const [name, value, alone] = given.random.pick([
    ['watchDenials', '3', true],
    ['maxActiveCases', '3', true],
    // Five hold in this world.
    ['revealsPerDay', '3', true],
    ['revealsPerDay', '8', false],
    ['paperYears', '5', false],
    ['fieldPinDigits', '8', true],
    ['fieldPinDigits', '4', false],
    ['oidcAcr', '"substantial"', false],
    ['helperPassword', '"yes"', false],
  ] as const)
  const row = { name, valid_from: '2031-01-01', value, note: 'x', set_by: given.signed }
  const theirs = name === 'watchDenials' ? has(given.rights, 'auditor') : has(given.rights, 'coordinator', 'admin')
  return insert('setting', row, theirs && alone && given.rights.fresh && given.rights.inPerson && given.honest)
}

/** … but asks for it, as far as two may go. */
const askRule: Draw = (given) => {
  const [name, value, asked] = given.random.pick([
    ['revealsPerDay', '8', true],
    ['revealsPerDay', '31', false],
    ['revealsPerDay', '3', false],
    ['paperYears', '5', true],
    ['oidcAcr', '"substantial"', true],
    ['helperPassword', '"yes"', true],
    ['maxActiveCases', '3', false],
  ] as const)
  const row = { name, value, valid_from: '2031-01-01', note: 'x', asked_by: given.signed, expires_at: '@until' }
  const sets = rolesOf(given.rights.facts, given.me).some(({ role }) => role === 'coordinator' || role === 'admin')
  const theirs = sets && has(given.rights, 'coordinator', 'admin') && given.rights.fresh && given.rights.inPerson
  const attempt = insert('setting_asked', row, theirs && asked && given.honest)
  return { ...attempt, text: attempt.text.replace(`'@until'`, `now() + interval '5 days'`) }
}

export const settingDraws: Draw[] = [rule, askRule]
