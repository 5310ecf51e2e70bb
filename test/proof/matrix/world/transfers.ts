// Which transfers between networks are there in the world of the matrix, and whose is each?
import { acceptTransfer } from '../../../../app/cases/transfer/answer.server.ts'
import { sendTransfer } from '../../../../app/cases/transfer/send.server.ts'
import type { Cast } from '../../../cast.ts'
import { asked, givenReady } from '../../../transfer.ts'
import type { Thing, Things } from './thing.ts'

/** Two cases for which Lea has asked Harju: one waits, one has gone over. They are on no other list. */
export async function transfersOf(cast: Cast): Promise<Things> {
  const [transfers, arrived]: [Thing[], Thing[]] = [[], []]
  for (const name of ['waiting', 'gone']) {
    const caseId = await givenReady(cast)
    const words = `Kanaar-transfer-${name}`
    const { transfer } = await sendTransfer.run(cast.lea, { id: caseId, to: cast.networks.harju, ...asked, words })
    transfers.push({
      name,
      ids: { id: transfer },
      words: { words },
      facts: { from: 'ida', to: 'harju', gone: name === 'gone' },
    })
    if (name === 'waiting') continue
    await acceptTransfer.run(cast.max, { id: transfer })
    arrived.push({ name, ids: { id: caseId }, facts: { network: 'harju' } })
  }
  return { transfers, arrived }
}
