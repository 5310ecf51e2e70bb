// What is answered about one entry, and what becomes of what was found in it?
import { Form, Tokens } from '../../core/form/form.tsx'
import { action, form, type PageContext } from '../../core/page.tsx'
import { formatDate, isoDate } from '../../i18n/format.ts'
import { Reading } from '../../support/feedback/words.tsx'
import { Danger, durationWords, OutsideWords } from '../../support/visit/words.tsx'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { lookAt, openLook, replyFromLook, topicFromLook } from './looks.server.ts'
import { daysOf } from './result.tsx'
import { answerField, answers, findingsIn, noteField } from './sample.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openLook)['run']>>>

const here = (round: string, entry: string) => `/supervision/samples/${round}/looks/${entry}`

// Where something was found it is offered at once to do something with it; otherwise the next one is opened.
export const lookPage = form(
  openLook,
  lookAt,
  { title: 'supervision.sample.tab', body: (page) => <One page={page} /> },
  ({ round, entry, wanting, next }) => ({
    to: wanting ? here(round, entry) : next ? here(round, next) : `/supervision/samples/${round}`,
    said: wanting || next ? 'supervision.sample.saved' : 'supervision.sample.savedLast',
  }),
)

const back = (params: Record<string, string>) => here(params.round ?? '', params.entry ?? '')
export const replyAction = action(replyFromLook, (_, params) => ({ to: back(params), said: 'supervision.sample.sent' }))
export const topicAction = action(topicFromLook, (_, params) => ({ to: back(params), said: 'supervision.sample.put' }))

function One({ page }: { page: Page }) {
  const { t, data } = page
  const { round, visit, given, look } = data
  const open = round.endedAt === null && !visit.closed
  const looked = given.filter((one) => one.looked).length
  return (
    <div class="tv-narrow">
      <BackLink href={`/supervision/samples/${round.id}`}>{daysOf(round)}</BackLink>
      <p class="tv-quiet">{t('supervision.sample.progress', { given: given.length, looked })}</p>
      <h1>
        {visit.volunteer}, {formatDate(visit.onDate)}
      </h1>
      {visit.supersededAt ? <Callout kind="attention">{t('supervision.sample.mended')}</Callout> : null}
      <Entry page={page} />
      {look ? <Found page={page} /> : null}
      {open ? <Ask page={page} /> : null}
      {visit.closed && !look ? <p>{t('supervision.sample.shutNow')}</p> : null}
      {data.readings.map((reading) => (
        <Reading t={t} reading={reading} />
      ))}
    </div>
  )
}

function Entry({ page: { t, data } }: { page: Page }) {
  const { visit } = data
  return (
    <Summary
      rows={[
        { name: t('support.caseNumber'), value: visit.number },
        { name: t('support.visit.way'), value: t(`support.way.${visit.way}`) },
        { name: t('support.visit.minutes'), value: durationWords(t, visit.minutes) },
        visit.danger && { name: t('support.visit.flag'), value: <Danger t={t} /> },
        visit.outside.length > 0 && { name: t('support.outside.name'), value: <OutsideWords t={t} visit={visit} /> },
        {
          name: t('support.visit.note'),
          value: visit.closed ? t('support.visit.noteClosed') : (visit.note ?? t('support.visit.noNote')),
        },
      ]}
    />
  )
}

/** What was answered, and for what is wanting two ways to go on with one press. */
function Found({ page }: { page: Page }) {
  const { t, data, locale } = page
  const { look, questions, round, given } = data
  if (!look) return null
  const findings = findingsIn(questions, look)
  const next = given.find((one) => one.open && !one.looked)
  return (
    <Callout
      kind={findings.length > 0 ? 'attention' : 'note'}
      title={t(findings.length > 0 ? 'supervision.sample.isWanting' : 'supervision.sample.isFine')}
    >
      <p class="tv-quiet">{[look.by, formatDate(isoDate(look.at))].filter(Boolean).join(', ')}</p>
      {findings.length > 0 ? (
        <ul class="govuk-list govuk-list--bullet">
          {findings.map(({ question, note }) => (
            <li>{[question[locale], note].filter(Boolean).join(' ')}</li>
          ))}
        </ul>
      ) : null}
      {look.closed ? <p>{t('supervision.session.closed')}</p> : null}
      {findings.length > 0 ? <GoOn page={page} /> : null}
      {next && !round.endedAt ? (
        <ButtonLink href={here(round.id, next.id)}>{t('supervision.sample.next')}</ButtonLink>
      ) : null}
    </Callout>
  )
}

function GoOn({ page }: { page: Page }) {
  const { t, data } = page
  if (data.visit.closed) return null
  const to = here(data.round.id, data.entry.id)
  return (
    <ButtonGroup>
      {data.replied ? null : (
        <form method="post" action={`${to}/reply`}>
          <Tokens page={page} />
          <Button kind="secondary">{t('supervision.sample.reply')}</Button>
        </form>
      )}
      {data.topic ? (
        <p>{t('supervision.sample.isTopic')}</p>
      ) : (
        <form method="post" action={`${to}/topic`}>
          <Tokens page={page} />
          <Button kind="secondary">{t('supervision.sample.topic')}</Button>
        </form>
      )}
    </ButtonGroup>
  )
}

/** The checklist; once it was answered it is folded away, unless something is being typed in it. */
function Ask({ page }: { page: Page }) {
  const { t, data, values, errors } = page
  const typed = Object.keys(errors).length > 0 || Object.keys(values).some((name) => /^(answer|note)\d$/.test(name))
  if (!data.look)
    return (
      <>
        <h2>{t('supervision.sample.checklist')}</h2>
        <Questions page={page} />
      </>
    )
  return (
    <details class="govuk-details" open={typed}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t('supervision.sample.again')}</span>
      </summary>
      <div class="govuk-details__text">
        <Questions page={page} />
      </div>
    </details>
  )
}

function Questions({ page }: { page: Page }) {
  const { t, data, values, errors, locale, path } = page
  const { questions, look } = data
  const options = answers.map((value) => ({ value, label: t(`supervision.sample.answer.${value}`) }))
  return (
    <>
      <p class="tv-quiet">{t('supervision.sample.lookLead')}</p>
      <Form page={page} draft={path}>
        <Overtaken page={page} />
        {questions.map((question, nth) => (
          <>
            <Radios
              {...{ t, id: answerField(nth), name: answerField(nth), label: question[locale], options }}
              {...{ inline: true, small: true }}
              error={errors[answerField(nth)]}
              value={String(values[answerField(nth)] ?? look?.answers[nth] ?? '')}
            />
            <TextInput
              {...{ t, id: noteField(nth), name: noteField(nth), label: t('supervision.sample.note'), optional: true }}
              error={errors[noteField(nth)]}
              value={String(values[noteField(nth)] ?? look?.notes[nth] ?? '')}
              maxLength={300}
            />
          </>
        ))}
        <Button kind={look ? 'secondary' : 'primary'}>{t('supervision.sample.save')}</Button>
      </Form>
    </>
  )
}

/** What somebody else has answered while I was at it; nothing that was chosen here is lost. */
function Overtaken({ page }: { page: Page }) {
  const { t, data, values, locale } = page
  const { look, questions } = data
  const [read, now] = [values.seen, look?.id ?? '']
  return (
    <>
      {look && read !== undefined && read !== now ? (
        <Callout kind="attention" title={t('core.form.keptNow')}>
          <dl>
            {questions.map((question, nth) => (
              <>
                <dt>{question[locale]}</dt>
                <dd>
                  {[t(`supervision.sample.answer.${look.answers[nth] ?? 'na'}`), look.notes[nth]]
                    .filter(Boolean)
                    .join(', ')}
                </dd>
              </>
            ))}
          </dl>
        </Callout>
      ) : null}
      <input type="hidden" name="seen" value={now} />
    </>
  )
}
