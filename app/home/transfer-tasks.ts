// Which cases are asked of my network, and what became of those that I asked others to take?
import type { TransferLine } from '../cases/transfer/transfer.ts'
import { formatDate } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { dueWords } from '../ui/date.ts'
import type { Task } from '../ui/tasks.tsx'

type Facts = { transfers: readonly TransferLine[]; today: string }

/** A line for each: to be answered, still without an answer, or not taken over. */
export function transferTasks(t: T, { transfers, today }: Facts): Task[] {
  return transfers.flatMap((one): Task[] => {
    const late = one.dueOn < today
    const key = wordOf(one, late)
    if (!key) return []
    return [
      {
        kind: one.takes && one.state === 'open' ? (one.urgent || late ? 'danger' : 'attention') : 'attention',
        text: t(`home.transfer.${key}`, { number: one.number, network: one.takes ? one.from : one.to }),
        hint: one.state === 'open' ? `${formatDate(one.dueOn)}, ${dueWords(one.dueOn, today, t)}` : undefined,
        action: { href: `/transfers/${one.id}`, text: t('home.open') },
      },
    ]
  })
}

function wordOf(one: TransferLine, late: boolean): 'answer' | 'late' | 'refused' | 'lapsed' | null {
  if (one.state === 'open') return one.takes ? 'answer' : late ? 'late' : null
  if (!one.gives) return null
  return one.state === 'refused' || one.state === 'lapsed' ? one.state : null
}
