// In which words is it told how much somebody carries, and what that is made of?
import { formatHours } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { type Level, type Load, levelOf, type Part, partsOf } from './wellbeing.ts'

const tags: Record<Level, TagKind> = { light: 'ok', steady: 'neutral', much: 'attention' }

export function LoadTag({ t, load }: { t: T; load: Load }) {
  const level = levelOf(load)
  return <Tag kind={tags[level]}>{t(`supervision.load.level.${level}`)}</Tag>
}

function words(t: T, load: Load, part: Part): string {
  switch (part) {
    case 'hours':
      return t('supervision.load.hours', { hours: formatHours(load.minutes) })
    case 'talk':
      return t('supervision.load.talk', { count: load.talkDays ?? 0 })
    case 'children':
      return t('supervision.load.children')
    default:
      return t(`supervision.load.${part}`, { count: load[part] })
  }
}

/** One line a part, with its points where it has any. */
export function LoadParts({ t, load }: { t: T; load: Load }) {
  return (
    <ul class="govuk-list">
      {partsOf(load).map((part) => (
        <li>
          {words(t, load, part)}{' '}
          {load.points[part] > 0 ? <span class="tv-quiet tv-nowrap">{`+${load.points[part]}`}</span> : null}
        </li>
      ))}
    </ul>
  )
}
