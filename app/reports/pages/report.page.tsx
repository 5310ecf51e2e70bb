// What does a report say, what is still missing, and what may this person do with it?
import { fresh } from '../../access/fresh.ts'
import { download, get } from '../../core/page.tsx'
import { everywhere } from '../../evaluation/indicators/figures.ts'
import { periodLabel } from '../../evaluation/period.ts'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import { BackLink, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Figure, FigureRow, FigureTile } from '../../ui/figure.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Tag } from '../../ui/tag.tsx'
import { reportDocument, reportFile } from '../documents.server.ts'
import { openReport } from '../reports.server.ts'
import { bareText, figureText, keyFigures, type Part, tellReport } from '../told.ts'
import { isHiding } from '../written.ts'
import { type Answer, Counties, Definitions, Documents, History, Own, rowsOf } from './parts.tsx'

export const reportPage = get(openReport, { title: 'reports.tab', body: (page) => <Report page={page} /> })
/** A file leaves the house; afterwards one stands on the report again and takes it from there. */
export const reportDocumentPage = fresh(download(reportDocument, reportFile), {
  back: (path) => path.replace(/\/documents\/[^/]+$/, ''),
})

function Report({ page }: { page: Answer }) {
  const { t, data } = page
  const label = periodLabel(data.period)
  return (
    <>
      <BackLink href="/reports">{t('reports.page.back')}</BackLink>
      <h1>{t('reports.page.title', { period: t(label.key, label.args) })}</h1>
      <p class="tv-lead">{t('reports.page.subtitle')}</p>
      <p class="tv-quiet">
        {t('reports.known', { at: formatInstant(data.knownAt) })}
        {isHiding(data) ? ` ${t('evaluation.hidden.note', { threshold: data.threshold })}` : null}
      </p>
      {data.redefined.length > 0 ? (
        <Callout title={t('reports.redefined')}>
          <p>{data.redefined.map((id) => t(`evaluation.indicator.${id}.name`)).join(' · ')}</p>
          <p>{t('reports.redefinedText')}</p>
        </Callout>
      ) : null}
      <Margin page={page} />
      <h2>{t('reports.page.summary')}</h2>
      <Key page={page} />
      {tellReport(t).map((section) => (
        <section>
          <h2>{section.heading}</h2>
          {section.paragraphs.map((parts, at) => (
            <p>
              {parts.map((part, index) => (
                <Told page={page} part={part} id={`${section.key}-${at}-${index}`} />
              ))}
            </p>
          ))}
        </section>
      ))}
      <Counties page={page} />
      <Own page={page} />
      <Documents page={page} />
      <Definitions page={page} />
      <History page={page} />
    </>
  )
}

/** What is missing, and the one thing to do next. */
function Margin({ page }: { page: Answer }) {
  const { t, data } = page
  if (data.writable) return <Before page={page} />
  const returned = data.events.findLast(({ kind }) => kind === 'returned')
  return (
    <>
      {data.status === 'returned' && returned ? (
        <Callout kind="attention" title={t('reports.page.remark')}>
          <p>{returned.remark}</p>
        </Callout>
      ) : null}
      {data.awaits ? <Callout>{<p>{t('core.error.inPerson', { name: data.awaits })}</p>}</Callout> : null}
      <ButtonGroup>
        {data.answerable ? (
          <>
            <ButtonLink href={`/reports/${data.id}/accept`}>{t('reports.page.accept')}</ButtonLink>
            <ButtonLink href={`/reports/${data.id}/return`} kind="secondary">
              {t('reports.page.return')}
            </ButtonLink>
          </>
        ) : null}
        {data.exact ? (
          <ButtonLink href={`/reports/${data.id}/compare`} kind="secondary">
            {t('reports.page.compare')}
          </ButtonLink>
        ) : null}
      </ButtonGroup>
    </>
  )
}

function Before({ page }: { page: Answer }) {
  const { t, data } = page
  const blocked = data.missing.some(({ blocks }) => blocks)
  const remark = data.status === 'returned' ? data.events.findLast(({ kind }) => kind === 'returned')?.remark : null
  const text = (
    <ButtonLink href={`/reports/${data.id}/text`} kind={data.ownText ? 'secondary' : 'primary'}>
      {t(data.ownText ? 'reports.page.changeText' : 'reports.page.writeText')}
    </ButtonLink>
  )
  return (
    <>
      {remark ? (
        <Callout kind="attention" title={t('reports.page.remark')}>
          <p>{remark}</p>
        </Callout>
      ) : null}
      <Callout kind={blocked ? 'attention' : 'note'} title={t('reports.missing.title')}>
        <p>
          {t('reports.new.due', { date: formatDate(data.dueOn) })} · {dueWords(data.dueOn, data.today, t)}
        </p>
        {data.missing.length === 0 ? <p>{t('reports.missing.none')}</p> : null}
        <ul>
          {data.missing.map(({ code, count, blocks }) => (
            <li>
              <Tag kind={blocks ? 'attention' : 'neutral'}>
                {t(blocks ? 'reports.missing.must' : 'reports.missing.may')}
              </Tag>{' '}
              {t(`reports.missing.${code}`, { count })}
            </li>
          ))}
        </ul>
      </Callout>
      <ButtonGroup>
        {blocked ? null : <ButtonLink href={`/reports/${data.id}/submit`}>{t('reports.page.submit')}</ButtonLink>}
        {text}
        {data.status === 'returned' ? (
          <ButtonLink href={`/reports/${data.id}/compare`} kind="secondary">
            {t('reports.page.compare')}
          </ButtonLink>
        ) : null}
      </ButtonGroup>
    </>
  )
}

function Key({ page }: { page: Answer }) {
  const { t, data, locale } = page
  return (
    <FigureRow>
      {keyFigures.map((id) => (
        <FigureTile
          t={t}
          id={`key-${id}`}
          value={(id === 'hours' ? bareText : figureText)(id, data.shown[id][everywhere], t)}
          label={t(`evaluation.indicator.${id}.name`)}
          definition={data.definitions[id]?.meaning[locale]}
          href={rowsOf(data, id)}
        />
      ))}
    </FigureRow>
  )
}

function Told({ page, part, id }: { page: Answer; part: Part; id: string }) {
  const { t, data, locale } = page
  if (typeof part === 'string') return <>{part}</>
  return (
    <Figure
      id={id}
      value={figureText(part.figure, data.shown[part.figure][everywhere], t)}
      definition={data.definitions[part.figure]?.meaning[locale]}
      href={rowsOf(data, part.figure)}
    />
  )
}
