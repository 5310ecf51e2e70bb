// Is whoever takes another name found all the same when she looks at a case with somebody of the name that she had?
import { afterAll, beforeAll, expect, test } from 'vitest'
import '../../routes.ts'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { foundAbout, quiet } from '../../../test/watch.ts'
import { confirm } from '../../access/two-people/confirmations.server.ts'
import { askOwnName } from '../../access/two-people/names.server.ts'
import { openFinding } from '../../audit/watch/findings.server.ts'
import { openCase } from '../case-file.server.ts'
import { goThroughRules } from './rounds.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
}, 60_000)
afterAll(() => cast.close())

/** Asked for by herself, and confirmed by the administrator. */
async function called(name: string): Promise<void> {
  const { id } = await askOwnName.run(cast.mall, { name, reason: 'Näidis' })
  await confirm.run(cast.ott, { id, way: 'document' })
}

test('before the look and after it: every name that she had is compared, and the auditor reads which they were', async () => {
  const [before, after] = [await referCase(cast.lea), await referCase(cast.lea)]
  await quiet(cast)
  // The family of these cases is called Org.
  await called('Mall Näidis-Org')
  await openCase.run(cast.mall, { id: after })
  await called('Mall Näidis-Murakas')
  await openCase.run(cast.mall, { id: before })
  await goThroughRules(cast.sys)
  const found = (await foundAbout(cast, 'mall')).filter(({ rule }) => rule === 'surname')
  expect(found.map(({ case_id, count }) => [case_id, count]).toSorted()).toEqual(
    [
      [before, 1],
      [after, 1],
    ].toSorted(),
  )
  const { former, events } = await openFinding.run(cast.aino, { id: found.find((one) => one.case_id === after)?.id })
  expect(former.map(({ name }) => name)).toEqual(['Mall Näidis-Org', 'Mall Näidis-Maasik'])
  expect(events.map(({ actor, actorThen }) => [actor, actorThen])).toEqual([['Mall Näidis-Murakas', 'Mall Näidis-Org']])
})
