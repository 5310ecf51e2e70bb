// Whom does the help reach, and whom not?
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatNumber } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { Tabs } from '../../ui/record/tabs-as-links.tsx'
import { Table } from '../../ui/table.tsx'
import { openCoverage } from '../coverage/coverage.server.ts'
import { hiddenNote, publishedText } from '../disclosure-words.ts'
import { openReach } from './reach.server.ts'
import { cellOf, type ReachFact, type ReachHalf, reachAnswers, reachFacts, ruleOf } from './reach.ts'

type Page = PageContext<Awaited<ReturnType<typeof openReach.run>>>

export const reachPage = get(openReach, {
  title: 'evaluation.reach.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        {page.can(openCoverage) ? <BackLink href="/coverage">{t('evaluation.coverage.title')}</BackLink> : null}
        {page.me.roles.includes('lead') ? <BackLink href="/">{t('home.tab')}</BackLink> : null}
        <h1>{t('evaluation.reach.title')}</h1>
        <p class="tv-lead">{t('evaluation.reach.lead')}</p>
        <p>
          <a href="/reach/capacity">{t('reports.capacity.title')}</a>
        </p>
        {data.half ? <Half page={page} half={data.half} /> : <p>{t('evaluation.reach.none')}</p>}
        <p class="tv-quiet">{t('evaluation.reach.next', { date: formatDate(data.next) })}</p>
      </>
    )
  },
})

const span = ({ fromOn, toOn }: Pick<ReachHalf, 'fromOn' | 'toOn'>) => `${formatDate(fromOn)}–${formatDate(toOn)}`

function Half({ page: { t, data }, half }: { page: Page; half: ReachHalf }) {
  const total = half.figures.get('all')
  return (
    <>
      {data.halves.length > 1 ? (
        <Tabs
          label={t('evaluation.reach.half')}
          tabs={data.halves.map((one) => ({
            href: `/reach?from=${one.fromOn}`,
            text: span(one),
            current: one.fromOn === half.fromOn,
          }))}
        />
      ) : (
        <h2>{span(half)}</h2>
      )}
      <p>
        {t('evaluation.reach.cases')}:{' '}
        <strong>{typeof total === 'number' ? formatNumber(total) : t('evaluation.hidden.mark')}</strong>
      </p>
      <div class="tv-columns">
        {[reachFacts.slice(0, 3), reachFacts.slice(3)].map((facts) => (
          <div>
            {facts.map((fact) => (
              <FactTable page={{ t }} half={half} fact={fact} />
            ))}
          </div>
        ))}
      </div>
      <p class="tv-quiet">{hiddenNote(ruleOf(half.threshold), t)}</p>
      <p class="tv-quiet">{t('evaluation.reach.once')}</p>
    </>
  )
}

function FactTable({ page: { t }, half, fact }: { page: Pick<Page, 't'>; half: ReachHalf; fact: ReachFact }) {
  const own = fact === 'sex' || fact === 'age'
  return (
    <Table
      caption={t(own ? `evaluation.reach.${fact}` : `cases.diversity.${fact}`)}
      empty={null}
      rows={reachAnswers[fact].map((answer) => ({ answer }))}
      columns={[
        {
          name: t('evaluation.reach.answer'),
          head: true,
          cell: ({ answer }) =>
            t((own ? `evaluation.reach.${fact}.answer.${answer}` : `cases.diversity.answer.${answer}`) as Key),
        },
        {
          name: t('evaluation.reach.cases'),
          number: true,
          cell: ({ answer }) => publishedText(half.figures, cellOf(fact, answer), t),
        },
      ]}
    />
  )
}
