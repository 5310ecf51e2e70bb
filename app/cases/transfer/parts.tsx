// How is the state of a transfer shown, and why it was not taken over?
import { isKey, type T } from '../../i18n/i18n.ts'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { TransferLine, TransferState } from './transfer.ts'

const kinds: Record<TransferState, TagKind> = {
  open: 'wait',
  accepted: 'ok',
  refused: 'attention',
  revoked: 'neutral',
  lapsed: 'attention',
}

export function StateTag({ t, state }: { t: T; state: TransferState }) {
  return <Tag kind={kinds[state]}>{t(`transfer.state.${state}`)}</Tag>
}

/** Why it was refused or taken back, where somebody said. */
export function becauseOf(t: T, { state, because }: TransferLine): string | null {
  const key = `transfer.${state}.${because}`
  return because && isKey(key) ? t(key) : null
}
