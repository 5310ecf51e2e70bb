// Who did what and who saw what – newest first, for those who may know?
import { allOperations } from '../core/operation.server.ts'
import { get, type PageContext } from '../core/page.tsx'
import type { T } from '../i18n/i18n.ts'
import { Select } from '../ui/choices.tsx'
import { DateInput, TextInput } from '../ui/fields.tsx'
import { Filter, Filtered, type Selected } from '../ui/record/filter.tsx'
import { type AuditEvent, actionWords, doorActions } from './audit.ts'
import { type AuditFilter, listAudit } from './audits.server.ts'
import { Events } from './events.tsx'

export const auditPage = get(listAudit, { title: 'audit.title', body: (page) => <AuditBody page={page} /> })

type Listed = PageContext<{ events: AuditEvent[]; more: boolean; filter: AuditFilter }>

function AuditBody({ page }: { page: Listed }) {
  const { t, data, me } = page
  const whole = me.roles.includes('auditor')
  const network = me.networks.length > 0
  const last = data.events.at(-1)
  return (
    <>
      <h1>{t('audit.title')}</h1>
      <p class="tv-lead">{t(whole ? 'audit.lead.all' : network ? 'audit.lead.network' : 'audit.lead.own')}</p>
      <Filtered filter={<Choose page={page} byPerson={whole || network} />}>
        <Events t={t} events={data.events} caption={t('audit.title')} />
        {data.more && last ? (
          <p>
            <a href={address({ ...data.filter, before: last.seq })} rel="next">
              {t('audit.older')}
            </a>
          </p>
        ) : null}
      </Filtered>
    </>
  )
}

const fields = ['day', 'person', 'number', 'action'] as const

function address(filter: AuditFilter): string {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')
  return entries.length
    ? `/audit?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`
    : '/audit'
}

function Choose({ page, byPerson }: { page: Listed; byPerson: boolean }) {
  const { t, data } = page
  const { filter } = data
  const selected: Selected[] = fields.flatMap((name) => {
    const value = filter[name]
    if (!value) return []
    const rest = { ...filter, [name]: undefined, before: undefined }
    return [{ text: name === 'action' ? actionWords(t, value) : value, href: address(rest) }]
  })
  const at = (name: (typeof fields)[number]) => ({ t, id: name, name, value: filter[name] ?? '' })
  return (
    <Filter t={t} action="/audit" selected={selected} clear="/audit">
      <DateInput {...at('day')} label={t('audit.day')} />
      {byPerson ? <TextInput {...at('person')} label={t('audit.person')} /> : null}
      <TextInput {...at('number')} label={t('audit.number')} hint={t('audit.numberHint')} />
      <Select {...at('action')} label={t('audit.what')} options={actionOptions(t)} />
    </Filter>
  )
}

function actionOptions(t: T) {
  const names = [...allOperations().map((operation) => operation.name), ...doorActions]
  const options = names.map((value) => ({ value, label: actionWords(t, value) }))
  return options.toSorted((a, b) => a.label.localeCompare(b.label, 'et'))
}
