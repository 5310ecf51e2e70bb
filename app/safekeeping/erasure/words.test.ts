// What was written about a case and closed by the process, not by the key of the case: is none of it left after an erasure, and does every page say so?
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { processColumns, recipient, said, type Written, wordsLeft, writtenOf } from '../../../test/erased.ts'
import { openSite } from '../../../test/site.ts'
import { openViews } from '../../cases/views/views.server.ts'
import { sealForProcess } from '../../core/seal.server.ts'
import { useLedger } from '../../process/ledger.server.ts'
import { askErasure, confirmErasure } from './erasures.server.ts'

let cast: Cast
let id = ''
let about: Written
const folder = mkdtempSync(join(tmpdir(), 'tugivork-words-'))
beforeAll(async () => {
  cast = await openCast()
  useLedger(join(folder, 'erasures.jsonl'))
  id = await referCase(cast.lea)
  about = await writtenOf(cast, id)
}, 120_000)
afterAll(async () => {
  await cast.close()
  rmSync(folder, { recursive: true })
})

const confirm = (request: string) => confirmErasure.run(cast.aino, { id: request, sure: 'on' })

test('of every column that the process closes there was something, and after the erasure there is nothing', async () => {
  expect(await wordsLeft(cast.admin, id)).toEqual(processColumns.map(({ name }) => name))
  await confirm(about.request)
  expect(await wordsLeft(cast.admin, id)).toEqual([])
  await saysSo(about)
})

/** Every page that showed such words goes on and says what became of them. */
async function saysSo({ meeting, glass, wall, request }: Written): Promise<void> {
  const gone = 'Kustutatud koos juhtumiga.'
  const site = await openSite(cast)
  try {
    for (const [who, path, times] of [
      ['aino', `/break-glass/${glass}/review`, 2],
      ['aino', `/walls/${wall}`, 1],
      ['aino', `/erasures/${request}`, 1],
      ['lea', `/meetings/${meeting}/minutes`, 4],
      ['lea', `/cases/${id}/views`, 2],
    ] as const) {
      const page = await site.as(who)
      expect((await page.goto(path))?.status(), path).toBe(200)
      const text = (await page.locator('main').textContent()) ?? ''
      expect(text.split(gone).length - 1, path).toBe(times)
      // Why somebody looked is in the chain, and stays for those who answer for it.
      if (!path.endsWith('/views')) expect(text, path).not.toContain(said)
      await page.context().close()
    }
  } finally {
    await site.close()
  }
  expect((await openViews.run(cast.lea, { id })).events.filter(({ purpose }) => purpose?.includes(said)).length).toBe(1)
}

test('what is of several cases goes with the last of them', async () => {
  const [second, third] = [await referCase(cast.lea), await referCase(cast.lea)]
  const { rows: files } = await cast.admin.query<{ id: string }>(
    `insert into outgoing_file (network_id, meeting_id, version, form, recipient_sealed, why_sealed, sha256, sent_by)
     select network_id, $1, 2, 'pdf', $2, $2, sha256, sent_by from outgoing_file limit 1 returning id`,
    [about.meeting, sealForProcess('outgoing', JSON.stringify(recipient))],
  )
  await cast.admin.query(
    'insert into outgoing_case (network_id, case_id, file_id) select network_id, id, $1 from case_file where id = any ($2)',
    [files[0]?.id, [second, third]],
  )
  const there = () =>
    cast.admin.query('select from outgoing_file where id = $1 and octet_length(recipient_sealed) > 0', [files[0]?.id])
  for (const [of, rest] of [
    [second, 1],
    [third, 0],
  ] as const) {
    const { rows } = await cast.admin.query('select number from case_file where id = $1', [of])
    await confirm((await askErasure.run(cast.lea, { number: rows[0].number, ground: 'wish', reason: said })).id)
    expect((await there()).rowCount).toBe(rest)
  }
})
