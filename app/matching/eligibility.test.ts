// Is every hard reason named, with its date, and none that does not hold?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { need, settings, today, volunteer, worlds } from '../../test/matching.ts'
import { translator } from '../i18n/i18n.ts'
import { type Candidate, judge, type Need } from './eligibility.ts'

const t = translator('et')

/** All reasons as the coordinator reads them. */
function reasons(changedNeed: Partial<Need>, changed: Partial<Candidate>): string[] {
  const { reasons } = judge(need(changedNeed), volunteer(changed), settings, today)
  return reasons.map(({ code, args }) => t(`matching.reason.${code}`, args))
}
function warnings(changedNeed: Partial<Need>, changed: Partial<Candidate>): string[] {
  return judge(need(changedNeed), volunteer(changed), settings, today).warnings.map(({ code }) => code)
}

test('with everything in order there is no reason against', () => {
  const verdict = judge(need(), volunteer(), settings, today)
  expect(verdict).toMatchObject({ eligible: true, reasons: [], warnings: [], load: { before: 0, after: 1, max: 2 } })
})

const nearAnd = (municipality: string): Partial<Candidate> => ({
  near: true,
  areas: [{ county: '0045', municipality }],
})
const contract = (from: string, to: string | null): Partial<Candidate> => ({ contract: { from, to } })
const checked = (on: string, passed = true): Partial<Candidate> => ({ childContact: true, background: { on, passed } })

test.each<[string, Partial<Need>, Partial<Candidate>]>([
  ['kannatanu ei ole tugiisikuga nõustunud', { agreed: false }, {}],
  ['on alles kandidaat', {}, { status: 'candidate' }],
  ['vestlus on pooleli', {}, { status: 'interview' }],
  ['väljaõpe on pooleli', {}, { status: 'training' }],
  ['on tugiisikuna lõpetanud', {}, { status: 'ended' }],
  ['paus, lõpp ei ole teada', {}, { status: 'paused' }],
  ['paus kuni 15.01.2027', {}, { status: 'paused', pausedUntil: '2027-01-15' }],
  ['väljaõpe on läbimata', {}, { trained: false }],
  ['lepingut ei ole', {}, { contract: null }],
  ['leping hakkab kehtima 24.11.2026', {}, contract('2026-11-24', null)],
  ['leping lõppes 22.11.2026', {}, contract('2026-01-01', '2026-11-22')],
  ['leping lõpeb 31.07.2027, tugi kestab arvatavasti kuni 01.08.2027', {}, contract('2026-01-01', '2027-07-31')],
  ['väljaõppe tunnistus lõppes 22.11.2026', {}, { trainedUntil: '2026-11-22' }],
  ['väljaõppe tunnistus lõpeb 30.11.2026, enne toe algust', {}, { trainedUntil: '2026-11-30' }],
  ['konfidentsiaalsuskinnitus on allkirjastamata', {}, { pledged: false }],
  ['konfidentsiaalsuskinnitus lõppes 22.11.2026', {}, { pledgedUntil: '2026-11-22' }],
  ['konfidentsiaalsuskinnitus lõpeb 23.11.2026, enne toe algust', {}, { pledgedUntil: '2026-11-23' }],
  ['taustakontroll on tegemata', {}, { childContact: true, background: null }],
  ['taustakontroll on tegemata', { childCount: 1 }, { background: null }],
  ['taustakontroll ei luba lastega kokku puutuda', {}, checked('2026-03-01', false)],
  ['taustakontroll aegus 02.11.2026', {}, checked('2025-11-02')],
  ['taustakontroll aegub 30.11.2026, enne toe algust', {}, checked('2025-11-30')],
  ['seos kannatanu või vägivallatsejaga', { conflicts: ['TI-001'] }, {}],
  ['on sellest juhtumist juba keeldunud', { declinedBy: ['TI-001'] }, {}],
  ['tunneb selles vallas või linnas inimesi', {}, { knownIn: ['0321'] }],
  ['elab kannatanuga samas vallas või linnas', { avoidLocal: true }, {}],
  ['ei räägi vene keelt', { language: 'ru' }, { languages: ['et', 'en'] }],
  ['kannatanu soovib naissoost tugiisikut', { wantedSex: 'F' }, { sex: 'M' }],
  ['kannatanu soovib meessoost tugiisikut', { wantedSex: 'M' }, { sex: null }],
  ['ei tegutse Ida-Virumaal', {}, { county: '0087', municipality: '0919' }],
  ['ei tegutse Ida-Virumaal', {}, { county: '0087', areas: [{ county: '0045', municipality: '0735' }] }],
  ['käib ainult oma vallas või linnas', { municipality: '0735' }, { near: true }],
  ['ajad ei klapi: kannatanule sobival ajal teda kätte ei saa', { hours: ['evening'] }, { hours: ['morning'] }],
  ['ei tee: politseisse ja kohtusse kaasa minek', { tasks: ['court', 'office'] }, { refuses: ['court', 'drive'] }],
  ['ei kohtu, kui lapsed on kaasas', { childCount: 1 }, { refuses: ['children'] }],
  ['juba 2 juhtumit, lubatud on 2', {}, { active: 2 }],
  ['juba 1 juhtum, lubatud on 1', {}, { active: 1, maxCases: 1 }],
])('%s', (sentence, changedNeed, changed) => {
  expect(reasons(changedNeed, changed)).toEqual([sentence])
})

test.each<[string, Partial<Need>, Partial<Candidate>]>([
  ['a pause that ends by the start', {}, { status: 'paused', pausedUntil: '2026-12-01' }],
  ['a contract without an end', {}, contract('2026-11-23', null)],
  ['a contract to the very end', {}, contract('2026-01-01', '2027-08-01')],
  ['a check on its last day', {}, checked('2025-12-01')],
  ['a certificate on its last day', {}, { trainedUntil: '2026-12-01' }],
  ['what ends in a support that is over already', { until: '2026-11-01' }, { trainedUntil: '2026-12-31' }],
  ['no check where no child is met', {}, { background: null }],
  ['somebody else tied or declining', { conflicts: ['TI-002'], declinedBy: ['TI-003'] }, { knownIn: ['0511'] }],
  ['the wanted sex', { wantedSex: 'F' }, {}],
  ['a whole county served', {}, { county: '0087', areas: [{ county: '0045', municipality: null }] }],
  ['the one municipality served', {}, { county: '0087', areas: [{ county: '0045', municipality: '0321' }] }],
  ['the telephone from anywhere', {}, { county: '0087', remoteOnly: true }],
  ['one place left', {}, { active: 1 }],
  ['her own municipality', {}, { near: true }],
  ['a municipality she named in her own county', { municipality: '0735' }, nearAnd('0735')],
  ['an hour in common', { hours: ['morning', 'evening'] }, { hours: ['evening', 'weekend'] }],
  ['what she leaves out and nobody asks for', { tasks: ['office'] }, { refuses: ['court', 'children'] }],
])('%s is no reason against', (_, changedNeed, changed) => {
  expect(reasons(changedNeed, changed)).toEqual([])
})

test('every reason is named, not only the first', () => {
  const all = reasons(
    { language: 'ru', wantedSex: 'F' },
    { trained: false, pledged: false, contract: null, sex: 'M', languages: ['et'] },
  )
  expect(all).toHaveLength(5)
})

test('what only deserves care is a warning', () => {
  expect(warnings({ avoidLocal: true }, { municipality: null })).toEqual(['localUnknown'])
  expect(warnings({ avoidLocal: true, municipality: null }, { county: '0087' })).toEqual([])
  const partly = { county: '0087', areas: [{ county: '0045', municipality: '0321' }] }
  expect(warnings({ municipality: null }, partly)).toEqual(['areaUnknown'])
  expect(warnings({ municipality: null }, { near: true })).toEqual(['areaUnknown'])
  expect(warnings({ hours: ['evening'] }, {})).toEqual(['hoursUnknown'])
  expect(warnings({}, { hours: ['evening'] })).toEqual([])
  expect(warnings({}, { remoteOnly: true })).toEqual(['telephoneOnly'])
})

const words = (own: Need, other: Candidate, rules = settings) =>
  judge(own, other, rules, today).warnings.map(({ code, args }) => t(`matching.reason.${code}`, args))

test('whatever ends before the support is expected to end is told with both days, and only then', () => {
  const ends = (until: string) => volunteer({ ...checked('2026-06-30'), trainedUntil: until, pledgedUntil: until })
  expect(words(need({ until: '2027-08-01' }), ends('2027-03-03'))).toEqual([
    'väljaõppe tunnistus lõpeb 03.03.2027, tugi kestab arvatavasti kuni 01.08.2027',
    'konfidentsiaalsuskinnitus lõpeb 03.03.2027, tugi kestab arvatavasti kuni 01.08.2027',
    'taustakontroll aegub 30.06.2027, tugi kestab arvatavasti kuni 01.08.2027',
  ])
  expect(words(need({ until: '2027-06-30' }), ends('2027-06-30'))).toEqual([])
  // Who meets no children needs no check, and is not told of one.
  expect(words(need({ until: '2027-08-01' }), volunteer({ background: { on: '2026-06-30', passed: true } }))).toEqual(
    [],
  )
  // A check that says itself how long it holds.
  const told = volunteer({ childContact: true, background: { on: '2026-06-30', passed: true, until: '2027-01-15' } })
  expect(words(need(), told)).toEqual(['taustakontroll aegub 15.01.2027, tugi kestab arvatavasti kuni 01.08.2027'])
})

test('where the rule says so, it speaks against her instead', () => {
  const strict = { ...settings, lapseForecast: 'refuse' as const }
  const her = volunteer({ ...checked('2026-06-30'), trainedUntil: '2027-08-01' })
  expect(words(need(), her, strict)).toEqual([])
  expect(judge(need(), her, strict, today)).toMatchObject({
    eligible: false,
    reasons: [{ code: 'backgroundEndsEarly' }],
  })
  expect(judge(need({ until: '2027-06-30' }), her, strict, today)).toMatchObject({ eligible: true })
})

test('every verdict is words in all three languages, and eligible exactly where nothing speaks against', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      for (const own of world.needs) {
        for (const other of world.volunteers) {
          const verdict = judge(own, other, settings, today)
          expect(verdict.eligible).toBe(verdict.reasons.length === 0)
          for (const { code, args } of [...verdict.reasons, ...verdict.warnings])
            for (const locale of ['et', 'en', 'ru'] as const)
              expect(translator(locale)(`matching.reason.${code}`, args)).not.toMatch(/[{}]|undefined/)
        }
      }
    }),
    { numRuns: 300 },
  )
})
