// Who was asked about somebody, how far is it, and what did they say?
import { Tokens } from '../../core/form/form.tsx'
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button, ButtonGroup } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { isChoice, questions, type ReferenceCount, type ReferenceState } from './reference.ts'
import { type Reference, revokeReference, sendAgain } from './references.server.ts'

const looks: Record<ReferenceState, TagKind> = {
  asked: 'wait',
  answered: 'ok',
  expired: 'attention',
  revoked: 'neutral',
}

export function References({ page, id, all }: { page: PageContext<unknown>; id: string; all: readonly Reference[] }) {
  const { t } = page
  if (all.length === 0) return null
  return (
    <section>
      <h2>{t('recruitment.reference.all')}</h2>
      {all.map((one) => (
        <section>
          <h3>{one.referee?.name ?? t('recruitment.reference.somebody')}</h3>
          <p>
            <Tag kind={looks[one.state]}>{t(`recruitment.reference.state.${one.state}`, { date: dayOf(one) })}</Tag>
          </p>
          <p class="tv-quiet">
            {[one.referee?.email, t('recruitment.reference.askedBy', { name: one.by, date: formatDate(one.askedAt) })]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {one.answers ? <Said t={t} one={one} /> : null}
          <Doing page={page} id={id} one={one} />
        </section>
      ))}
    </section>
  )
}

const dayOf = ({ state, answeredAt, revokedAt, expiresAt }: Reference) =>
  formatDate((state === 'answered' ? answeredAt : state === 'revoked' ? revokedAt : expiresAt) ?? expiresAt)

function Said({ t, one }: { t: T; one: Reference }) {
  const { answers } = one
  if (!answers) return null
  return (
    <Summary
      rows={questions.map((question) => {
        const said = answers[question]
        const value = isChoice(question) ? t(`recruitment.reference.says.${answers[question]}`) : said
        return said
          ? { name: t(`recruitment.reference.q.${question}`), value: <span class="tv-written">{value}</span> }
          : null
      })}
    />
  )
}

function Doing({ page, id, one }: { page: PageContext<unknown>; id: string; one: Reference }) {
  const { t } = page
  if (!page.can(sendAgain) || !page.can(revokeReference)) return null
  if (one.state === 'answered' || one.state === 'revoked') return null
  return (
    <form method="post" action={`/recruitment/${id}/references/${one.id}/again`}>
      <Tokens page={page} />
      <ButtonGroup>
        <Button kind="secondary" about={one.referee?.name}>
          {t('recruitment.reference.again')}
        </Button>
        <Button kind="quiet" formaction={`/recruitment/${id}/references/${one.id}/revoke`} about={one.referee?.name}>
          {t('recruitment.reference.revoke')}
        </Button>
      </ButtonGroup>
    </form>
  )
}

/** On the board: how many have answered, and whether a link has run out. */
export function Counted({ t, count }: { t: T; count: ReferenceCount | null }) {
  if (!count || count.asked === 0) return null
  const words = t('recruitment.reference.count', { answered: count.answered, asked: count.asked })
  return (
    <div>
      {count.expired > 0 ? <Tag kind="attention">{t('recruitment.reference.countExpired', { words })}</Tag> : words}
    </div>
  )
}
