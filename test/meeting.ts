// How does a test bring a core group together over one case, with something said of everything?

import { today } from '../app/core/clock.server.ts'
import { formatDate } from '../app/i18n/format.ts'
import { addItem, closeAgenda } from '../app/meetings/agenda/arrange.server.ts'
import { callMeeting } from '../app/meetings/calendar/calendar.server.ts'
import { pledgeSilence, recordApologies } from '../app/meetings/live/attendance.server.ts'
import { beginMeeting, decideItem } from '../app/meetings/live/live.server.ts'
import { addAction } from '../app/meetings/plan/plan.server.ts'
import { answerResearch } from '../app/meetings/research/research.server.ts'
import { sayView } from '../app/meetings/view/views.server.ts'
import type { Cast } from './cast.ts'

type Said = Record<
  'wants' | 'fears' | 'safer' | 'reason' | 'told' | 'relevance' | 'decision' | 'why' | 'action' | 'result' | 'sent',
  string
>

/** Words of their own for everything that is said at a meeting: for those of the network who promised silence there. */
export const ofMeeting: Said = {
  ...{ reason: 'Kanaarpäevakord', told: 'Kanaarinfo', relevance: 'Kanaarvajadus', decision: 'Kanaarotsus' },
  ...{ wants: 'Kanaartahe', fears: 'Kanaarkartus', safer: 'Kanaarkindel' },
  ...{ why: 'Kanaarotsusepõhjus', action: 'Kanaartöö', result: 'Kanaartulemus', sent: 'Kanaarkiri' },
}

/** A meeting of Ida-Viru that is under way: Lea and Mall have promised silence and speak of this case. */
export async function givenMeeting(
  cast: Cast,
  caseId: string,
  said: Said,
): Promise<{ meeting: string; action: string }> {
  const call = { network: cast.networks.ida, mode: 'sitting', onDate: today() }
  const { id } = await callMeeting.run(cast.lea, call)
  await addItem.run(cast.lea, { id, case: caseId, reason: said.reason })
  const asked = {
    asked: 'yes',
    on: formatDate(today()),
    way: 'call',
    wants: said.wants,
    fears: said.fears,
    safer: said.safer,
  }
  await sayView.run(cast.lea, { id, case: caseId, ...asked })
  await closeAgenda.run(cast.lea, { id })
  await beginMeeting.run(cast.lea, { id })
  for (const who of [cast.lea, cast.mall]) await pledgeSilence.run(who, { id, silent: 'yes' })
  const toldTo = ['victim_support']
  await answerResearch.run(cast.mall, {
    id,
    case: caseId,
    known: 'something',
    words: said.told,
    relevance: said.relevance,
    toldTo,
  })
  await recordApologies.run(cast.lea, { id, person: cast.mall.id, sent: said.sent, sentOn: '25.11.2026' })
  await decideItem.run(cast.lea, { id, case: caseId, outcome: 'planned', words: said.decision, reason: said.why })
  const agreed = { owner: cast.mall.id, dueOn: '31.12.2099', contact: 'none', what: said.action, result: said.result }
  const { action } = await addAction.run(cast.lea, { id: caseId, ...agreed, meeting: id })
  return { meeting: id, action }
}
