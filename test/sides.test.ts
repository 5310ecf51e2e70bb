// Is everything that can be done about a case told with the side of the case that it was about?
import { expect, test } from 'vitest'
import { partOf } from '../app/cases/views/views.ts'
import { allOperations } from '../app/core/operation.server.ts'
import { catalogues } from '../app/i18n/i18n.ts'
import '../app/access-routes.ts'
import '../app/jobs.ts'
import '../app/routes.ts'

// What is about people, the house or figures, and never about one case.
const aboutNoCase = [
  /^(access|account|audit|calendar|confirmation|draft|evaluation|expense|filter|home|instrument|material|paper|passkey|people)\./,
  /^(recruitment|relation|report|setting|substitution|supervision|volunteer|wall|watch)\./,
  /^(case\.(list|find(\.ask)?)|other)$|^field\.(device|report|rules|sending|state)|^import\.(?!row)|^support\.(overdue|report|supervision|work)/,
]
const ofNoCase = (action: string) => aboutNoCase.some((beginning) => beginning.test(action))

/** By the operations that there are, and by the words of the log, which knows what is no operation as well. */
const actions = new Set([
  ...allOperations().map(({ name }) => name),
  ...Object.keys(catalogues.et).flatMap((key) => /^audit\.action\.(.+)$/.exec(key)?.[1] ?? []),
])

test('every action about a case has a side of its own in the words of “who saw this case and why”', () => {
  expect(actions.size).toBeGreaterThan(400)
  expect([...actions].filter((action) => partOf(action) === 'other' && !ofNoCase(action))).toEqual([])
})

test('what is about no case has none', () => {
  expect([...actions].filter((action) => partOf(action) !== 'other' && ofNoCase(action))).toEqual([])
})
