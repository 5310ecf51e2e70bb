// Where does the coordinator write to support persons, and see to whom it goes before it goes?
import { Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Select } from '../../ui/choices.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Table } from '../../ui/table.tsx'
import { statusName } from '../glance.tsx'
import { languages } from '../volunteer.ts'
import { audienceStatuses } from './message.ts'
import { type Draft, listMessages, openMessage, openNewMessage, type Sent, sendMessage } from './messages.server.ts'
import { AllWords, titleOf, WordFields } from './words.tsx'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>
type Counties = Draft['counties']

export const messagesPage = get(listMessages, {
  title: 'volunteers.message.tab',
  body: (page) => <Messages page={page} />,
})

export const messagePage = get(openMessage, {
  title: 'volunteers.message.tab',
  body: (page) => <Opened page={page} />,
})

export const newMessagePage = form(
  openNewMessage,
  sendMessage,
  { title: 'volunteers.message.tab', body: (page) => <Write page={page} /> },
  ({ id }) => ({ to: `/messages/${id}`, said: 'volunteers.message.sent' }),
)

function Messages({ page: { t, data } }: { page: Answer<typeof listMessages> }) {
  return (
    <>
      <BackLink href="/volunteers">{t('volunteers.list.title')}</BackLink>
      <h1>{t('volunteers.message.title')}</h1>
      <p class="tv-lead">{t('volunteers.message.lead')}</p>
      <ButtonLink href="/messages/new">{t('volunteers.message.write')}</ButtonLink>
      <Table
        caption={t('volunteers.message.gone')}
        columns={[
          {
            name: t('volunteers.message.subject'),
            cell: (one) => <a href={`/messages/${one.id}`}>{titleOf(one.words)}</a>,
          },
          { name: t('volunteers.message.to'), cell: (one) => audienceText(t, data.counties, one) },
          { name: t('volunteers.message.when'), cell: (one) => formatInstant(one.sentAt) },
          { name: t('volunteers.message.read'), cell: (one) => readText(t, { ...one, few: data.few }) },
        ]}
        rows={data.sent}
        empty={<p>{t('volunteers.message.none')}</p>}
      />
      <h2>{t('volunteers.message.templates')}</h2>
      <ul>
        {data.templates.map(({ template, name }) => (
          <li>
            <a href={`/messages/new?template=${template}`}>{name}</a> ·{' '}
            <a class="tv-quiet" href={`/messages/templates/${template}`}>
              {t('volunteers.message.templateEdit')}
              <span class="govuk-visually-hidden">: {name}</span>
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a href="/messages/templates/new">{t('volunteers.message.templateNew')}</a>
      </p>
    </>
  )
}

/** "Ida-Virumaa · vene keel · aktiivne" */
function audienceText(t: T, counties: Counties, { countyCode, language, status }: Sent): string {
  return [
    countyCode ? shortCounty(counties, countyCode) : null,
    language ? t(`volunteers.language.${language as (typeof languages)[number]}`) : null,
    statusText(t, status as (typeof audienceStatuses)[number]),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

const statusText = (t: T, status: (typeof audienceStatuses)[number]) =>
  status === 'all' ? t('volunteers.message.everybody') : statusName(t, status)

/** Of few nothing; of more than that at least so many, or fewer than the smallest number that is told. */
function readText(t: T, { copies, read, few }: Pick<Sent, 'copies' | 'read'> & { few: number }): string {
  if (read === null) return t('volunteers.message.few', { copies })
  if (read === 0) return t('volunteers.message.readFew', { copies, few })
  return t('volunteers.message.readBy', { copies, read })
}

function Opened({ page: { t, data } }: { page: Answer<typeof openMessage> }) {
  const { words, copies, read, few, by, sentAt } = data
  return (
    <div class="tv-narrow">
      <BackLink href="/messages">{t('volunteers.message.title')}</BackLink>
      <h1>{titleOf(words)}</h1>
      <p>{t('volunteers.message.sentBy', { name: by, at: formatInstant(sentAt) })}</p>
      <p>{readText(t, { copies: copies.length, read, few })}</p>
      <AllWords t={t} words={words} />
      <People title={t('volunteers.message.reached', { count: copies.length })} people={copies} />
      <p class="tv-quiet">{t('volunteers.message.whoRead')}</p>
    </div>
  )
}

function People({ title, people }: { title: string; people: readonly { id: string; code: string; name: string }[] }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{title}</span>
      </summary>
      <ul class="govuk-details__text govuk-list">
        {people.map(({ id, code, name }) => (
          <li>
            <a href={`/volunteers/${id}`}>{code}</a> {name}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Write({ page }: { page: PageContext<Draft> }) {
  const { t, data } = page
  const { reached, wanted } = data
  return (
    <div class="tv-narrow">
      <BackLink href="/messages">{t('volunteers.message.title')}</BackLink>
      <h1>{t('volunteers.message.write')}</h1>
      <h2>{t('volunteers.message.toWhom')}</h2>
      <Whom page={page} />
      <Preview page={page} />
      {reached.length === 0 ? null : (
        <>
          <h2>{t('volunteers.message.what')}</h2>
          <Callout>
            <p>{t('volunteers.message.rule')}</p>
          </Callout>
          <Form page={page}>
            <input type="hidden" name="count" value={reached.length} />
            {(['county', 'language', 'status', 'template'] as const).map((name) => (
              <input type="hidden" name={name} value={wanted[name] ?? ''} />
            ))}
            <WordFields page={page} words={data.words} needed={[...new Set(reached.map(({ locale }) => locale))]} />
            <Button>{t('volunteers.message.send', { count: reached.length })}</Button>
          </Form>
        </>
      )}
    </div>
  )
}

/** A question of its own, asked by address: who would get it is seen before a word is written. */
function Whom({ page: { t, data } }: { page: PageContext<Draft> }) {
  const { wanted, counties, templates } = data
  const any = { value: '', label: t('volunteers.filter.any') }
  const lists = [
    [
      'county',
      t('volunteers.filter.county'),
      [any, ...counties.map(({ code }) => ({ value: code, label: shortCounty(counties, code) }))],
    ],
    [
      'language',
      t('volunteers.filter.language'),
      [any, ...languages.map((value) => ({ value, label: t(`volunteers.language.${value}`) }))],
    ],
    ['status', t('volunteers.field.status'), audienceStatuses.map((value) => ({ value, label: statusText(t, value) }))],
    [
      'template',
      t('volunteers.message.template'),
      [
        { value: '', label: t('volunteers.message.noTemplate') },
        ...templates.map(({ template, name }) => ({ value: template, label: name })),
      ],
    ],
  ] as const
  return (
    <form method="get" action="/messages/new">
      {lists.map(([name, label, options]) => (
        <Select t={t} id={name} name={name} label={label} options={options} value={wanted[name] ?? ''} />
      ))}
      <Button kind="secondary">{t('volunteers.message.look')}</Button>
    </form>
  )
}

function Preview({ page: { t, data } }: { page: PageContext<Draft> }) {
  const { reached, missed } = data
  if (reached.length + missed.length === 0) return <p>{t('volunteers.message.nobody')}</p>
  const by = Map.groupBy(reached, ({ locale }) => locale)
  const parts = [...by].map(([locale, own]) => `${t(`volunteers.language.${locale}`)} ${own.length}`)
  return (
    <>
      <p>
        <strong>{t('volunteers.message.reached', { count: reached.length })}</strong>
        {parts.length > 0 ? ` (${parts.join(', ')})` : null}
      </p>
      {reached.length > 0 ? <People title={t('volunteers.message.names')} people={reached} /> : null}
      {missed.length > 0 ? (
        <People title={t('volunteers.message.missed', { count: missed.length })} people={missed} />
      ) : null}
    </>
  )
}
