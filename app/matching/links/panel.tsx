// What does the coordinator see of a possible link: its kind, how strong it is, whom to ask – and never what is alike?
import type { LinkState } from '../../cases/links/link.ts'
import { Tokens } from '../../core/form/form.tsx'
import type { PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { kindsOf } from '../../volunteers/circle/circle.ts'
import { type MatchLink, unasked } from './links.server.ts'

const kindWords = (t: T, classes: readonly string[]) =>
  kindsOf(classes)
    .map((kind) => t(`cases.link.kind.${kind}`).toLowerCase())
    .join(', ')

/** "telefoninumber, nimi – tugev" */
export const linkText = (t: T, { classes, strong }: Pick<MatchLink, 'classes' | 'strong'>) =>
  classes.length === 0
    ? t('matching.link.nothingNow')
    : t('matching.link.text', { kinds: kindWords(t, classes), strength: strong ? 'strong' : 'weak' })

const titles = {
  open: 'matching.link.open',
  clear: 'matching.link.clear',
  conflict: 'matching.link.conflict',
} as const satisfies Record<LinkState, string>

type Props = { page: PageContext<unknown>; link: MatchLink | null; need: string; volunteer: string }

/** Beside a pair on the pages of matching; nothing where nothing is alike. */
export function LinkPanel({ page, link, need, volunteer }: Props) {
  const { t } = page
  if (!link) return null
  const { state, askedAt } = link
  return (
    <Callout kind={state === 'clear' ? 'note' : 'attention'} title={t(titles[state])}>
      <p>{linkText(t, link)}</p>
      {state === 'open' ? <p>{t(link.strong ? 'matching.link.stops' : 'matching.link.weakLead')}</p> : null}
      {state === 'open' && askedAt && !unasked(link) ? (
        <p>{t('matching.link.askedOn', { date: formatDate(isoDate(askedAt)) })}</p>
      ) : null}
      {unasked(link) ? (
        <form method="post" action={`/matching/${need}/ask/${volunteer}`}>
          <Tokens page={page} />
          <Button kind="secondary">{t('matching.link.ask')}</Button>
        </form>
      ) : null}
    </Callout>
  )
}
