// How does a possible link stand, in a word and a shape?
import type { T } from '../../i18n/i18n.ts'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { LinkState } from './link.ts'

const stateKinds: Record<LinkState, TagKind> = { open: 'attention', clear: 'ok', conflict: 'danger' }
export const LinkTag = ({ t, state }: { t: T; state: LinkState }) => (
  <Tag kind={stateKinds[state]}>{t(`cases.link.state.${state}`)}</Tag>
)
