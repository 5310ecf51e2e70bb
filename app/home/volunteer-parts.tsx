// What else is on a volunteer's first page: who guides her, her papers, and what her hours added up to?
import type { PageContext } from '../core/page.tsx'
import { formatDate, formatHours, isoDate } from '../i18n/format.ts'
import { inWords } from '../materials/material.ts'
import { LoadParts, LoadTag } from '../supervision/wellbeing/load-parts.tsx'
import { partsOf } from '../supervision/wellbeing/wellbeing.ts'
import { OwnOuting } from '../support/outing/card.tsx'
import { isDrill } from '../support/outing/outing.ts'
import { ButtonLink } from '../ui/buttons.tsx'
import { relativeDay } from '../ui/date.ts'
import { Callout } from '../ui/panel.tsx'
import { Tag } from '../ui/tag.tsx'
import type { VolunteerFacts } from './support.server.ts'

type Props = { page: PageContext<VolunteerFacts> }

/** From where she is expected back today: one press says that all is well. */
export function WaitedFor({ page }: Props) {
  const { t, data } = page
  return (
    <>
      {data.outings.map((of) => (
        <section class="tv-card">
          <h2>
            <a href={`/outings/${of.id}`}>{t(isDrill(of) ? 'support.drill.title' : 'support.outing.title')}</a>
          </h2>
          <OwnOuting page={page} of={of} longer={data.longer} />
        </section>
      ))}
    </>
  )
}

/** Who guides her, how to reach them, when they speak next; and a way to say how she is. */
export function Guide({ page: { t, data, locale } }: Props) {
  const { guide } = data
  if (!guide) return null
  const when = guide.nextOn && {
    date: guide.nextAt
      ? t('supervision.session.at', { date: formatDate(guide.nextOn), time: guide.nextAt })
      : formatDate(guide.nextOn),
    relative: relativeDay(guide.nextOn, data.today, locale),
  }
  return (
    <section>
      <h2>{t(guide.standsIn ? 'home.guide.deputy' : 'home.guide')}</h2>
      <p>
        <strong>{guide.name}</strong>
        {guide.phone ? (
          <>
            {' '}
            <a href={`tel:${guide.phone}`}>{guide.phone}</a>
          </>
        ) : null}
        <br />
        {when ? t('home.guide.next', when) : t('home.guide.noNext')}
      </p>
      <ButtonLink kind="secondary" href="/my-wellbeing">
        {t('supervision.checkin.own')}
      </ButtonLink>
    </section>
  )
}

/** What helps in the situation she is in today, and the way to everything else. */
export function Materials({ page: { t, data, locale } }: Props) {
  return (
    <section>
      <h2>{t('home.materials')}</h2>
      <ul>
        {data.materials.map((one) => (
          <li>
            <a href={`/materials/${one.situation}`}>{inWords(one, locale).title}</a>
          </li>
        ))}
        <li>
          <a href="/materials">{t('home.materials.all')}</a>
        </li>
      </ul>
    </section>
  )
}

/** What she carries now and what it is made of: what whoever guides her sees too, and nobody else. */
export function Carried({ page: { t, data } }: Props) {
  const { load } = data
  if (!load || partsOf(load).length === 0) return null
  return (
    <section>
      <h2>
        {t('home.load')} <LoadTag t={t} load={load} />
      </h2>
      <LoadParts t={t} load={load} />
      <p class="tv-quiet">{t('home.load.whose')}</p>
    </section>
  )
}

/** What was written to her and she has not read yet. */
export function Unread({ page: { t, data } }: Props) {
  const [first, ...more] = data.unread
  if (!first) return null
  return (
    <Callout title={t('home.messages', { count: data.unread.length })}>
      <p>
        {more.length > 0 ? (
          <a href="/my-messages">{t('home.messages.read')}</a>
        ) : (
          <a href={`/my-messages/${first.id}`}>{first.title}</a>
        )}
      </p>
    </Callout>
  )
}

/** That what she wrote was read. */
export function Read({ page: { t, data } }: Props) {
  const { read } = data
  if (!read) return null
  const words = { name: read.by ?? t('home.word.somebody'), date: formatDate(isoDate(read.readAt)) }
  return (
    <Callout title={t('support.entry.isRead', words)}>
      <p>
        <a href={`/support/visits/${read.visitId}`}>{t(read.replied ? 'home.read.reply' : 'home.read.open')}</a>
      </p>
    </Callout>
  )
}

/** The year in hours and in what they were made of. */
export function Year({ page: { t, data } }: Props) {
  const { contacts, minutes, meetings, calls, accompanied } = data.year
  if (contacts === 0) return null
  const parts = [
    meetings > 0 ? t('home.year.meetings', { count: meetings }) : null,
    calls > 0 ? t('home.year.calls', { count: calls }) : null,
    accompanied > 0 ? t('home.year.accompanied', { count: accompanied }) : null,
  ].filter((part) => part !== null)
  return (
    <section>
      <h2>{t('home.year')}</h2>
      <p>
        <strong>{t('home.year.hours', { hours: formatHours(minutes) })}</strong>
        {parts.length > 0 ? `: ${parts.join(', ')}.` : '.'} {t('home.year.thanks')}
      </p>
    </section>
  )
}

/** Training and papers with the day on which they lapse; what lapses soon is marked. */
export function Papers({ page: { t, data } }: Props) {
  if (data.papers.length === 0) return null
  return (
    <section>
      <h2>{t('home.papers')}</h2>
      {data.unsigned > 0 ? (
        <Callout kind="attention">
          <p>
            <a href="/my-papers">{t('home.papers.unsigned', { count: data.unsigned })}</a>
          </p>
        </Callout>
      ) : null}
      <ul>
        {data.papers.map(({ kind, state, until }) => (
          <li>
            {t(`volunteers.evidence.${kind}`)}{' '}
            {state === 'valid' ? (
              <span class="tv-quiet">
                {until ? t('home.papers.until', { date: formatDate(until) }) : t('home.papers.fine')}
              </span>
            ) : (
              <Tag kind={state === 'soon' ? 'wait' : 'attention'}>
                {state === 'soon' && until
                  ? t('home.papers.until', { date: formatDate(until) })
                  : t('home.papers.missing')}
              </Tag>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href="/my-papers">{t('home.papers.own')}</a>
      </p>
    </section>
  )
}
