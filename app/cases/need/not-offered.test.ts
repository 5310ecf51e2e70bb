// Does a case to which nobody was offered say why, to its network alone, until somebody is?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { today } from '../../core/clock.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { formatDate } from '../../i18n/format.ts'
import { openTimeline } from '../timeline.server.ts'
import { offerSupport } from './needs.server.ts'
import { explainNotOffered, openNotOffered, versionOf } from './not-offered.server.ts'
import { openSupport } from './support.server.ts'

let cast: Cast
let id: string
beforeAll(async () => {
  cast = await openCast()
  id = await referCase(cast.lea)
})
afterAll(() => cast.close())
const why = 'Näidis: temaga ei saa veel ohutult rääkida'

test('a member or the lead says why, which the network reads and the coordinator does not', async () => {
  await expect(explainNotOffered.run(cast.lea, { id, why: ' ' })).rejects.toBeInstanceOf(Invalid)
  await explainNotOffered.run(cast.mall, { id, why: 'Näidis: telefon on tema käes' })
  // Of two who write at once the second one reads first what the other has said.
  await expect(explainNotOffered.run(cast.lea, { id, why })).rejects.toMatchObject({
    said: { key: 'core.error.overtaken' },
  })
  const seen = versionOf((await openNotOffered.run(cast.lea, { id })).before)
  await explainNotOffered.run(cast.lea, { id, why, seen })
  expect((await openNotOffered.run(cast.mall, { id })).before).toMatchObject({ why })
  expect((await openSupport.run(cast.mall, { id })).notOffered).toMatchObject({ why })
  expect((await openSupport.run(cast.kim, { id })).notOffered).toBeNull()
  expect((await openTimeline.run(cast.lea, { id })).events.map(({ kind }) => kind)).toContain('not-offered')
  const { rows } = await cast.admin.query('select not_offered_sealed from case_file where id = $1', [id])
  expect(rows[0]?.not_offered_sealed.toString('utf8')).not.toContain('Näidis')
})

test('nobody else, and nobody once somebody was offered', async () => {
  await expect(explainNotOffered.run(cast.max, { id, why })).rejects.toBeInstanceOf(NotFound)
  for (const who of [cast.kim, cast.lou, cast.sirje, cast.aino])
    await expect(explainNotOffered.run(who, { id, why })).rejects.toBeInstanceOf(Refused)
  const offer = { offeredOn: formatDate(today()), answer: 'declined', declineReason: 'not_now' }
  await offerSupport.run(cast.lea, { id, ...offer })
  await expect(explainNotOffered.run(cast.lea, { id, why })).rejects.toBeInstanceOf(Conflict)
})
