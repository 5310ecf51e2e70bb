// Which entries of one round wait to be looked at, and what came of it once it was over?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { BackLink, ButtonLink } from '../../ui/buttons.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { Tag } from '../../ui/tag.tsx'
import { type Given, openRound } from './looks.server.ts'
import { daysOf, Result } from './result.tsx'
import { mayEnd } from './rounds.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openRound)['run']>>>

export const roundPage = get(openRound, { title: 'supervision.sample.tab', body: (page) => <One page={page} /> })

function One({ page }: { page: Page }) {
  const { t, data, locale, me } = page
  const { round, questions, given } = data
  const looked = given.filter((one) => one.looked).length
  const next = given.find((one) => one.open && !one.looked)
  return (
    <>
      <BackLink href="/supervision/samples">{t('supervision.sample.tab')}</BackLink>
      <h1>{daysOf(round)}</h1>
      {round.endedAt ? (
        <p>
          <Tag kind="ok">{t('supervision.sample.ended', { date: formatDate(isoDate(round.endedAt)) })}</Tag>
        </p>
      ) : (
        <p class="tv-lead">
          {t('supervision.sample.progress', { given: given.length, looked })}{' '}
          {t('supervision.sample.until', { date: formatDate(round.dueOn) })}
        </p>
      )}
      {next && !round.endedAt ? (
        <ButtonLink href={`/supervision/samples/${round.id}/looks/${next.id}`}>
          {t(looked > 0 ? 'supervision.sample.goOn' : 'supervision.sample.begin')}
        </ButtonLink>
      ) : null}
      {round.figures ? (
        <Result t={t} locale={locale} round={{ ...round, figures: round.figures, questions }} />
      ) : round.endedAt ? (
        <p>{t('supervision.sample.countrySoon')}</p>
      ) : null}
      <Table
        caption={t('supervision.sample.drawnEntries')}
        columns={columns(page)}
        rows={given}
        empty={<p>{t('supervision.sample.noneGiven')}</p>}
      />
      {mayEnd(me, round) && !round.endedAt ? (
        <ButtonLink href={`/supervision/samples/${round.id}/end`} kind={next ? 'secondary' : 'primary'}>
          {t('supervision.sample.end')}
        </ButtonLink>
      ) : null}
      <p>
        <a href={`/supervision/samples/${round.id}/lot`}>{t('supervision.sample.lot')}</a>
      </p>
    </>
  )
}

function columns({ t, data }: Page): Column<Given>[] {
  return [
    {
      name: t('support.visit.day'),
      head: true,
      cell: ({ id, onDate, number }) => (
        <a href={`/supervision/samples/${data.round.id}/looks/${id}`}>
          {formatDate(onDate)}, {number}
        </a>
      ),
    },
    { name: t('support.volunteer'), cell: ({ name }) => name },
    { name: t('supervision.sample.drawnAs'), cell: ({ drawnAs }) => t(`supervision.sample.as.${drawnAs}`) },
    {
      name: t('supervision.coverage.state'),
      cell: ({ looked, wanting, open }) =>
        looked ? (
          <Tag kind={wanting ? 'attention' : 'ok'}>
            {t(wanting ? 'supervision.sample.isWanting' : 'supervision.sample.isFine')}
          </Tag>
        ) : (
          <Tag kind={open ? 'wait' : 'neutral'}>{t(open ? 'supervision.sample.waits' : 'supervision.sample.shut')}</Tag>
        ),
    },
  ]
}
