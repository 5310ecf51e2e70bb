// How does a test arrange a case that its lead asks another network to take over?
import { sendTransfer } from '../app/cases/transfer/send.server.ts'
import { today } from '../app/core/clock.server.ts'
import { addAction } from '../app/meetings/plan/plan.server.ts'
import { referCase } from './cases.ts'
import type { Cast } from './cast.ts'
import { givenAssessment } from './closing.ts'

export const asked = {
  reason: 'moved',
  words: 'Näidis-sõnum uuele juhile',
  urgency: 'usual',
  ground: 'consent',
  groundWords: 'Näidis-nõusolek telefonis',
  why: 'Näidis-põhjus',
}

/** Lea's case of Ida-Viru, assessed today. */
export async function givenReady(cast: Cast): Promise<string> {
  const id = await referCase(cast.lea)
  await givenAssessment(cast, id, today())
  return id
}

/** The same (or `caseId`), for which Lea has asked Harju. */
export async function givenAsked(cast: Cast, caseId?: string): Promise<{ caseId: string; transfer: string }> {
  const id = caseId ?? (await givenReady(cast))
  const { transfer } = await sendTransfer.run(cast.lea, { id, to: cast.networks.harju, ...asked })
  return { caseId: id, transfer }
}

/** One open action of Lea's case, in the name of Mall. */
export async function givenAction(cast: Cast, caseId: string): Promise<string> {
  const agreed = {
    owner: cast.mall.id,
    dueOn: '31.12.2099',
    contact: 'none',
    what: 'Näidis-töö',
    result: 'Näidis-tulemus',
  }
  return (await addAction.run(cast.lea, { id: caseId, ...agreed })).action
}
