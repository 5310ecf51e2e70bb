// Who may ask another network to take a case over, what does it learn before it answers, and how may it end?
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { referCase } from '../../../test/cases.ts'
import { type Cast, openCast } from '../../../test/cast.ts'
import { givenAssessment } from '../../../test/closing.ts'
import { asked, givenAsked, givenReady } from '../../../test/transfer.ts'
import { today } from '../../core/clock.server.ts'
import { asPerson } from '../../core/db.server.ts'
import { Conflict, Invalid, NotFound, Refused } from '../../core/errors.ts'
import { openCase } from '../case-file.server.ts'
import { listCases } from '../cases.server.ts'
import { gapsOf } from '../closing/closing.server.ts'
import { acceptTransfer, refuseTransfer, revokeTransfer } from './answer.server.ts'
import { remindOfTransfers } from './clock.server.ts'
import { prepareTransfer, sendTransfer } from './send.server.ts'
import { openTransfer } from './transfers.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

const one = async <Row = Record<string, unknown>>(text: string, values: unknown[]) =>
  (await cast.admin.query(text, values)).rows[0] as Row

describe('asking', () => {
  test('a case without a level of risk does not go, and what is missing goes with a reason only', async () => {
    const id = await referCase(cast.lea)
    const { lacks } = await prepareTransfer.run(cast.lea, { id })
    expect(lacks).toContainEqual({ kind: 'risk', blocks: true })
    const to = cast.networks.harju
    await expect(sendTransfer.run(cast.lea, { id, to, ...asked })).rejects.toThrow(Conflict)
    await givenAssessment(cast, id, '2026-01-05')
    const { why: _, ...silent } = asked
    await expect(sendTransfer.run(cast.lea, { id, to, ...silent })).rejects.toThrow(Invalid)
    const { transfer } = await sendTransfer.run(cast.lea, { id, to, ...asked })
    expect(await one('select lacks from case_transfer where id = $1', [transfer])).toEqual({ lacks: ['risk-old'] })
    await expect(sendTransfer.run(cast.lea, { id, to, ...asked })).rejects.toThrow(Conflict)
  })

  test('consent carries it only where the case rests on consent', async () => {
    const id = await givenReady(cast)
    await cast.admin.query(
      `update case_file set legal_basis = 'law', consent_on = null, consent_way = null where id = $1`,
      [id],
    )
    const to = cast.networks.harju
    await expect(sendTransfer.run(cast.lea, { id, to, ...asked })).rejects.toThrow(Invalid)
    await sendTransfer.run(cast.lea, { id, to, ...asked, ground: 'law' })
  })

  test('only the lead of the network that has it asks: Max, Mall and Kim cannot', async () => {
    const id = await givenReady(cast)
    const form = { id, to: cast.networks.harju, ...asked }
    await expect(sendTransfer.run(cast.max, form)).rejects.toThrow(NotFound)
    await expect(sendTransfer.run(cast.mall, form)).rejects.toThrow(Refused)
    await expect(sendTransfer.run(cast.kim, form)).rejects.toThrow(Refused)
    await expect(sendTransfer.run(cast.lea, { ...form, to: cast.networks.ida })).rejects.toThrow(Invalid)
  })

  test('before the answer the other lead sees figures and no word; to everybody else there is nothing', async () => {
    const { caseId, transfer } = await givenAsked(cast)
    const seen = await openTransfer.run(cast.max, { id: transfer })
    expect([seen.words, seen.ground, seen.why, seen.answer]).toEqual([null, null, null, null])
    expect(seen.transfer).toMatchObject({
      level: 'standard',
      children: true,
      county: 'Ida-Viru maakond',
      reason: 'moved',
    })
    expect((await openTransfer.run(cast.lea, { id: transfer })).words).toBe(asked.words)
    await expect(openCase.run(cast.max, { id: caseId })).rejects.toThrow(NotFound)
    await expect(acceptTransfer.run(cast.lea, { id: transfer })).rejects.toThrow(NotFound)
    await expect(revokeTransfer.run(cast.max, { id: transfer, because: 'wish' })).rejects.toThrow(NotFound)
    expect(await asPerson('read', cast.lea.claim, (db) => gapsOf(db, caseId))).toContainEqual({
      kind: 'transfer',
      id: transfer,
    })
    expect((await listCases.run(cast.lea, {})).rows.find((row) => row.id === caseId)?.leaving).toBe(transfer)
    const leaving = async (who = cast.lea) => (await listCases.run(who, { moved: 'leaving' })).rows.map((row) => row.id)
    expect([(await leaving()).includes(caseId), await leaving(cast.max)]).toEqual([true, []])
    expect((await listCases.run(cast.lea, { moved: 'came' })).rows).toEqual([])
  })
})

describe('the other ends', () => {
  test('refused and taken back, the case stays; nobody comes later', async () => {
    const first = await givenAsked(cast)
    await refuseTransfer.run(cast.max, { id: first.transfer, because: 'capacity', words: 'Näidis-vastus' })
    expect((await openTransfer.run(cast.lea, { id: first.transfer })).answer).toBe('Näidis-vastus')
    await expect(acceptTransfer.run(cast.max, { id: first.transfer })).rejects.toThrow(Conflict)
    await expect(revokeTransfer.run(cast.lea, { id: first.transfer, because: 'wish' })).rejects.toThrow(Conflict)
    const second = await givenAsked(cast, first.caseId)
    await revokeTransfer.run(cast.lea, { id: second.transfer, because: 'wish' })
    await expect(acceptTransfer.run(cast.max, { id: second.transfer })).rejects.toThrow(Conflict)
    expect((await openCase.run(cast.lea, { id: first.caseId })).head.leaving).toBeNull()
  })

  test('two answers at once have one winner, and the other hears that it is over', async () => {
    for (let round = 0; round < 8; round++) {
      const { caseId, transfer } = await givenAsked(cast)
      const both = await Promise.allSettled([
        acceptTransfer.run(cast.max, { id: transfer }),
        revokeTransfer.run(cast.lea, { id: transfer, because: 'mistake' }),
      ])
      const lost = both.filter((answer) => answer.status === 'rejected')
      expect(lost.length).toBe(1)
      expect(lost[0]?.reason).toBeInstanceOf(Conflict)
      const { network_id } = await one<{ network_id: string }>('select network_id from case_file where id = $1', [
        caseId,
      ])
      expect(network_id).toBe(both[0]?.status === 'fulfilled' ? cast.networks.harju : cast.networks.ida)
    }
  })

  test('in an emergency it waits, and after an erasure or without a ground it goes nowhere', async () => {
    const { caseId, transfer } = await givenAsked(cast)
    await cast.admin.query(
      `insert into break_glass (person_id, number, network_id, case_id, reason, words_sealed, needs_second, second_by, second_at, opened_at, until, review_due_on)
      select $2, number, network_id, id, 'danger', '\\x01', true, $3, now(), now(), now() + interval '30 minutes', current_date from case_file where id = $1`,
      [caseId, cast.max.id, cast.lea.id],
    )
    await expect(acceptTransfer.run(cast.max, { id: transfer })).rejects.toMatchObject({
      said: { key: 'transfer.error.busy' },
    })
    await cast.admin.query('select erase_case($1)', [caseId])
    await expect(acceptTransfer.run(cast.max, { id: transfer })).rejects.toThrow(Conflict)
    expect(await one('select state, level, children from case_transfer where id = $1', [transfer])).toEqual({
      state: 'lapsed',
      level: null,
      children: null,
    })
    const other = await givenAsked(cast)
    await cast.admin.query(
      `update case_file set legal_basis = 'none', consent_on = null, consent_way = null where id = $1`,
      [other.caseId],
    )
    await expect(acceptTransfer.run(cast.max, { id: other.transfer })).rejects.toThrow(Conflict)
  })

  test('who does not answer is reminded, then both, then the coordinator; in the end it lapses', async () => {
    const { transfer } = await givenAsked(cast)
    const told = async (due: string, lapses: string) => {
      await cast.admin.query('delete from mail_outbox')
      await cast.admin.query(
        `update case_transfer set due_on = $4::date + $2::int, lapses_on = $4::date + $3::int where id = $1`,
        [transfer, due, lapses, today()],
      )
      await remindOfTransfers(cast.sys)
      const { rows } = await cast.admin.query<{ person_id: string }>(
        `select person_id from mail_outbox where unique_key like 'transfer:' || $1 || '%'`,
        [transfer],
      )
      return new Set(rows.map((row) => row.person_id))
    }
    expect(await told('1', '9')).toEqual(new Set())
    expect(await told('0', '9')).toEqual(new Set([cast.max.id]))
    expect(await told('-10', '9')).toEqual(new Set([cast.max.id, cast.lea.id, cast.kim.id]))
    await told('-10', '-1')
    expect(await one('select state, answered_by from case_transfer where id = $1', [transfer])).toEqual({
      state: 'lapsed',
      answered_by: null,
    })
    await expect(acceptTransfer.run(cast.max, { id: transfer })).rejects.toThrow(Conflict)
  })
})
