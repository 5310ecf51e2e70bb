// What does somebody see who brings cases and sees none: where to begin, what is begun, and whether what was sent has arrived?
import type { Caller, ReferralState, Sent } from '../../cases/referred/referred.ts'
import type { PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant, isoDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import type { ReferrerFacts } from './referrer.server.ts'

export function ReferrerHome({ page: { t, data } }: { page: PageContext<ReferrerFacts> }) {
  return (
    <>
      <h1>{t('home.referrer.title')}</h1>
      <p class="tv-lead">{t('home.referrer.lead')}</p>
      <ButtonLink href="/cases/new">{t('home.referrer.new')}</ButtonLink>
      {data.begun.length ? (
        <section>
          <h2>{t('cases.refer.unfinished')}</h2>
          {data.begun.map(({ id, updatedAt }) => (
            <div class="tv-card tv-card--quiet">
              <p>{t('cases.refer.savedAt', { at: formatInstant(updatedAt) })}</p>
              <ButtonLink href={`/cases/new/${id}/check`} kind="secondary">
                {t('cases.refer.goOn')}
              </ButtonLink>
            </div>
          ))}
        </section>
      ) : null}
      <section>
        <h2>{t('home.referrer.sent')}</h2>
        {data.sent.length === 0 ? (
          <p>{t('home.referrer.none')}</p>
        ) : (
          data.sent.map((one) => <SentCard t={t} one={one} />)
        )}
      </section>
    </>
  )
}

const kinds: Record<ReferralState, TagKind> = { received: 'wait', taken: 'ok', declined: 'neutral' }

/** The day, the network and one word; nothing of the case. */
function SentCard({ t, one }: { t: T; one: Sent }) {
  return (
    <div class="tv-card">
      <h3>{`${formatInstant(one.sentAt)} · ${one.network}`}</h3>
      <p>
        <Tag kind={kinds[one.state]}>{t(`cases.referred.state.${one.state}`)}</Tag>
        {one.answeredAt ? ` ${formatDate(isoDate(one.answeredAt))}` : null}
      </p>
      <p>{t(`home.referrer.means.${one.state}`)}</p>
      <Summary
        lines={false}
        rows={one.callers.map((caller) => ({ name: t('home.referrer.call'), value: <Reach caller={caller} /> }))}
      />
      <ButtonLink href={`/referrals/${one.id}`} kind="secondary">
        {t('cases.referred.add')}
      </ButtonLink>
    </div>
  )
}

function Reach({ caller: { name, phone, email } }: { caller: Caller }) {
  return (
    <>
      {name}
      {phone ? (
        <>
          , <a href={`tel:${phone}`}>{phone}</a>
        </>
      ) : null}
      , <a href={`mailto:${email}`}>{email}</a>
    </>
  )
}
