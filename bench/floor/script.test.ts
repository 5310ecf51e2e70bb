// Does the floor learn exactly what an operation sends, and which parts of it change from request to request?
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTimeline } from '../../app/cases/timeline.server.ts'
import { today } from '../../app/core/clock.server.ts'
import { logVisit } from '../../app/support/visit/visits.server.ts'
import { type Cast, openCast } from '../../test/cast.ts'
import { givenSupport } from '../../test/support.ts'
import { scriptOf } from './script.ts'

let cast: Cast
let support: Awaited<ReturnType<typeof givenSupport>>

beforeAll(async () => {
  cast = await openCast()
  support = await givenSupport(cast, '2026-05-01')
})
afterAll(() => cast.close())

test('a look at a case: its statements with the case as a word, the audit event last, no transaction', async () => {
  const { caseId } = support
  const script = await scriptOf('read', { case: caseId, me: cast.lea.id }, () =>
    openTimeline.run(cast.lea, { id: caseId }),
  )
  expect(script.steps.length).toBeGreaterThan(1)
  expect(script.steps.at(-1)?.text).toMatch(/select audit_append/)
  expect(script.steps.filter(({ text }) => /^\s*(begin|commit|set local)/i.test(text))).toEqual([])
  const values = script.steps.flatMap((step) => step.values)
  expect(values).toContainEqual({ word: 'case' })
  expect(JSON.stringify(script)).not.toContain(caseId)
})

test('a visit: the key of the form is a word, its row is new each time, its note is sealed for that row', async () => {
  const once = randomUUID()
  const input = { assignment: support.assignment, day: today(), way: 'phone', minutes: '30', note: 'Näidis' }
  const known = { me: cast.lou.id, case: support.caseId, once }
  const script = await scriptOf('write', known, () => logVisit.run(cast.lou, input, once))
  const values = script.steps.flatMap((step) => step.values)
  expect(values).toContainEqual({ word: 'once' })
  const sealed = values.find((value) => 'sealed' in value) as { sealed: number }
  const inserted = script.steps.find(({ text }) => text.includes('insert into "visit"'))
  expect(inserted?.values).toContainEqual({ fresh: sealed.sealed })
})
