// How does one see at a glance how an assignment stands?
import type { T } from '../../i18n/i18n.ts'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { AssignmentState } from './assignment.ts'

const kinds: Record<AssignmentState, TagKind> = {
  ...{ proposed: 'wait', active: 'ok', ended: 'neutral', declined: 'neutral', withdrawn: 'neutral' },
}

/** Word and shape together; a question that has waited too long says so. */
export function StateTag({ t, status, late }: { t: T; status: string; late?: boolean }) {
  const state = status as AssignmentState
  return (
    <Tag kind={late ? 'attention' : kinds[state]}>{t(late ? 'matching.state.late' : `matching.state.${state}`)}</Tag>
  )
}
