// How are the words changed with which a message can begin?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { locales } from '../../i18n/i18n.ts'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { WriteTemplate } from './message.ts'
import { openMessageTemplate, openNewMessageTemplate, type Template, writeMessageTemplate } from './templates.server.ts'
import { WordFields } from './words.tsx'

const view = { title: 'volunteers.message.tab', body: (page: PageContext<Template>) => <Edit page={page} /> } as const
const done = { to: '/messages', said: 'volunteers.message.templateDone' } as const

export const newTemplatePage = form(openNewMessageTemplate, writeMessageTemplate, view, () => done)
export const messageTemplatePage = form(openMessageTemplate, writeMessageTemplate, view, () => done)

function Edit({ page }: { page: PageContext<Template> }) {
  const { t, data, values } = page
  const kept = (name: 'template' | 'version') => String(values[name] ?? data[name])
  return (
    <div class="tv-narrow">
      <BackLink href="/messages">{t('volunteers.message.title')}</BackLink>
      <h1>{t(data.version === 0 ? 'volunteers.message.templateNew' : 'volunteers.message.templateEdit')}</h1>
      <p class="tv-lead">{t('volunteers.message.templateLead')}</p>
      <Form page={page}>
        <input type="hidden" name="template" value={kept('template')} />
        <input type="hidden" name="version" value={kept('version')} />
        <Field page={page} of={WriteTemplate} name="name" value={data.name} />
        <WordFields page={page} words={data.words} needed={locales} />
        <Button>{t('volunteers.save')}</Button>
      </Form>
    </div>
  )
}
