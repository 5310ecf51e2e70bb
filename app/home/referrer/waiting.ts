// What do those wait for who brought a case to my network from outside?
import type { WaitingReferral } from '../../cases/referred/referred.server.ts'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { dueWords } from '../../ui/date.ts'
import type { Task } from '../../ui/tasks.tsx'

export function referralTasks(t: T, waiting: readonly WaitingReferral[], today: string): Task[] {
  return waiting.map(({ caseId, number, more, dueOn }) => ({
    kind: dueOn <= today ? 'danger' : 'attention',
    text: t(more ? 'home.task.referralMore' : 'home.task.referral', { number }),
    hint: `${formatDate(dueOn)}, ${dueWords(dueOn, today, t)}`,
    action: { href: `/cases/${caseId}/referred`, text: t('home.open') },
  }))
}
