// Which wordings are there, how does each read, and how is it changed?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { locales } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { blanksOf, filled, type Template, WriteTemplate } from './template.ts'
import { listTemplates, openTemplate, writeTemplate } from './templates.server.ts'

type Answer<O extends { run: (...args: never[]) => Promise<unknown> }> = PageContext<Awaited<ReturnType<O['run']>>>

export const templatesPage = get(listTemplates, {
  title: 'papers.template.title',
  body: (page) => <Templates page={page} />,
})

export const templatePage = get(openTemplate, {
  title: 'papers.template.title',
  body: (page) => <Opened page={page} />,
})

export const editTemplatePage = form(
  openTemplate,
  writeTemplate,
  { title: 'papers.template.title', body: (page) => <Edit page={page} /> },
  ({ kind }) => ({ to: `/papers/templates/${kind}`, said: 'papers.template.done' }),
)

function Templates({ page: { t, data } }: { page: Answer<typeof listTemplates> }) {
  return (
    <div class="tv-narrow">
      <BackLink href="/papers">{t('papers.title')}</BackLink>
      <h1>{t('papers.template.title')}</h1>
      <p class="tv-lead">{t('papers.template.lead')}</p>
      <Table
        caption={t('papers.template.title')}
        captionLook="hidden"
        columns={[
          {
            name: t('papers.kind'),
            cell: ({ kind }) => <a href={`/papers/templates/${kind}`}>{t(`papers.kind.${kind}`)}</a>,
          },
          {
            name: t('papers.template.now'),
            cell: ({ now }) => (now ? versionWords({ t }, now) : t('papers.template.none')),
          },
          { name: t('papers.template.next'), cell: ({ next }) => (next ? versionWords({ t }, next) : '') },
        ]}
        rows={data}
        empty=""
      />
    </div>
  )
}

const versionWords = ({ t }: Pick<Answer<typeof openTemplate>, 't'>, one: Template) =>
  t('papers.template.version', { version: one.version, from: formatDate(one.fromOn) })

function Opened({ page }: { page: Answer<typeof openTemplate> }) {
  const { t, data, locale } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/papers/templates">{t('papers.template.title')}</BackLink>
      <h1>{t(`papers.kind.${data.kind}`)}</h1>
      <ButtonLink href={`/papers/templates/${data.kind}/edit`}>{t('papers.template.edit')}</ButtonLink>
      {data.versions.map((one) => (
        <section>
          <h2>
            {versionWords(page, one)}
            {one.version === data.now ? ` · ${t('papers.template.holds')}` : ''}
          </h2>
          <p class="tv-quiet">{one.by ?? t('papers.template.proposal')}</p>
          <details class="govuk-details" open={one.version === data.now}>
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">{t('papers.template.read')}</span>
            </summary>
            <div class="govuk-details__text">
              <Wording text={one.words[locale]} />
            </div>
          </details>
        </section>
      ))}
    </div>
  )
}

/** As it will be read, with its blanks still open. */
function Wording({ text }: { text: string }) {
  const { title, blocks } = filled(text, {})
  const say = (content: readonly unknown[]) => content.map(String).join('')
  return (
    <>
      <p>
        <strong>{title}</strong>
      </p>
      {blocks.map((block) => {
        if (block.kind === 'heading') return <h3>{block.text}</h3>
        if (block.kind === 'paragraph') return <p>{say(block.content)}</p>
        if (block.kind !== 'list') return null
        return (
          <ul>
            {block.items.map((item) => (
              <li>{say(item)}</li>
            ))}
          </ul>
        )
      })}
    </>
  )
}

function Edit({ page }: { page: Answer<typeof openTemplate> }) {
  const { t, data } = page
  const [newest] = data.versions
  return (
    <div class="tv-narrow">
      <BackLink href={`/papers/templates/${data.kind}`}>{t(`papers.kind.${data.kind}`)}</BackLink>
      <h1>{t('papers.template.editTitle', { kind: t(`papers.kind.${data.kind}`) })}</h1>
      <p class="tv-lead">{t('papers.template.editLead')}</p>
      <dl class="govuk-summary-list govuk-summary-list--no-border">
        {blanksOf[data.kind].map((name) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{`{${name}}`}</dt>
            <dd class="govuk-summary-list__value">{t(`papers.blank.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <Form page={page}>
        <KeptNow page={page} of={WriteTemplate} name="version" version={newest.version} kept={newest.words} />
        <Field page={page} of={WriteTemplate} name="fromOn" value={data.today} />
        {locales.map((locale) => (
          <Field page={page} of={WriteTemplate} name={locale} rows={18} value={newest.words[locale]} />
        ))}
        <Button>{t('papers.template.save')}</Button>
      </Form>
    </div>
  )
}
