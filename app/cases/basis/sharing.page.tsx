// On what ground is this case shared, with whom now, and who has received something of it before?
import { actorWords } from '../../audit/audit.ts'
import { Tokens } from '../../core/form/form.tsx'
import { get, type PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { isKey, type Key, type T } from '../../i18n/i18n.ts'
import { Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { dueWords } from '../../ui/date.ts'
import { Callout } from '../../ui/panel.tsx'
import { SummaryCard, type SummaryRow } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { CaseFrame } from '../frame.tsx'
import { GoneOut } from '../outgoing/parts.tsx'
import { partOf } from '../views/views.ts'
import { openSharing } from './basis.server.ts'
import type { BasisLine, Recipient } from './basis.ts'
import { Eyes } from './eyes.tsx'

type Page = PageContext<Awaited<ReturnType<(typeof openSharing)['run']>>>

export const sharingPage = get(openSharing, {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <CaseFrame page={page} head={data.head} tab="sharing">
        <Tell page={page} />
        <Now page={page} />
        <SummaryCard title={t('cases.sharing.shared')} rows={sharedRows(page)} />
        {data.eyes ? (
          <Eyes t={t} eyes={data.eyes} shut={data.head.status === 'closed' || data.head.legalBasis === 'none'} />
        ) : null}
        {data.recipients ? <Recipients t={t} recipients={data.recipients} /> : null}
        <GoneOut t={t} files={data.outgoing} />
        <h2>{t('cases.sharing.history')}</h2>
        <ul class="govuk-list">
          {data.words.map((word) => (
            <li>
              {wordsOf(t, word)}
              {word.reason ? <> – {word.reason}</> : null}
              {data.head.own && (word.kind === 'consent' || word.kind === 'withdrawn') ? (
                <>
                  {' '}
                  <a href={`/cases/${data.head.id}/sharing/proof/${word.id}`}>
                    {t(word.picture ? 'cases.proof.look' : 'cases.proof.add')}
                    <span class="govuk-visually-hidden"> {formatDate(word.onDate)}</span>
                  </a>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      </CaseFrame>
    )
  },
})

/** Those who had received something are told that the wish was taken back; the list below says who they are. */
function Tell({ page }: { page: Page }) {
  const { t, data } = page
  const task = data.head.tasks.find((one) => one.kind === 'tell-recipients')
  if (!task || !data.head.own) return null
  return (
    <Callout kind="attention" title={t('cases.next.tell-recipients')}>
      <p>
        {t('cases.sharing.tellLead', {
          date: formatDate(task.dueOn),
          due: dueWords(task.dueOn, data.head.today, t),
        })}
      </p>
      <form method="post" action={`/cases/${data.head.id}/tasks/${task.id}`}>
        <Tokens page={page} />
        <Button>{t('cases.do.tell-recipients')}</Button>
      </form>
    </Callout>
  )
}

function Now({ page }: { page: Page }) {
  const { t, data } = page
  const { id, own, writes, legalBasis } = data.head
  const [latest] = data.words
  const rows: (SummaryRow | null)[] = [
    { name: t('cases.fact.basis'), value: t(`cases.basis.${legalBasis}`) },
    latest ? { name: t('cases.sharing.since'), value: wordsOf(t, latest) } : null,
    latest?.lawText ? { name: t('cases.basis.lawText'), value: latest.lawText } : null,
    latest?.reason ? { name: t('cases.basis.reason'), value: latest.reason } : null,
    latest?.proof ? { name: t('cases.basis.proof'), value: latest.proof } : null,
  ]
  return (
    <>
      {legalBasis === 'none' ? (
        <Callout kind="danger" title={t('cases.basis.none')}>
          <p>{t('cases.sharing.noneLead')}</p>
        </Callout>
      ) : null}
      <SummaryCard title={t('cases.sharing.ground')} rows={rows} />
      {own ? (
        <ButtonGroup>
          {legalBasis === 'consent' || legalBasis === 'imported' ? (
            <ButtonLink href={`/cases/${id}/sharing/withdraw`} kind="secondary">
              {t('cases.basis.withdraw')}
            </ButtonLink>
          ) : null}
          {legalBasis === 'consent' || !writes ? null : (
            <ButtonLink href={`/cases/${id}/sharing/consent`} kind="secondary">
              {t(legalBasis === 'none' ? 'cases.basis.giveAgain' : 'cases.basis.give')}
            </ButtonLink>
          )}
          {legalBasis === 'law' || !writes ? null : (
            <ButtonLink href={`/cases/${id}/sharing/law`} kind="quiet">
              {t('cases.basis.useLaw')}
            </ButtonLink>
          )}
        </ButtonGroup>
      ) : null}
    </>
  )
}

/** `Kannatanu nõusolek 01.11.2026, kirjalikult; kirja pannud Lea Näidis-Lind 02.11.2026`. */
function wordsOf(t: T, word: BasisLine): string {
  return t('cases.basis.line', {
    what: t(word.goesOn ? `cases.basis.word.withdrawn-${word.goesOn}` : (`cases.basis.word.${word.kind}` as Key)),
    date: formatDate(word.onDate),
    way: word.way ? `, ${t(`cases.consentWay.${word.way}` as Key).toLowerCase()}` : '',
    who: word.recordedBy ?? '–',
    recorded: formatDate(word.recordedAt),
  })
}

function sharedRows({ t, data }: Page): SummaryRow[] {
  const network = t(data.head.legalBasis === 'none' ? 'cases.sharing.leadOnly' : 'cases.sharing.network', {
    network: data.head.network,
  })
  const helpers = data.supports.map(({ code, status, startOn }) =>
    status === 'active' && startOn
      ? t('cases.sharing.helps', { code, date: formatDate(startOn) })
      : t('cases.sharing.asked', { code }),
  )
  const searching = data.needs.map(({ number }) => t('cases.sharing.searching', { number }))
  const support = [...helpers, ...searching]
  return [
    { name: t('cases.sharing.who'), value: network },
    { name: t('cases.column.helper'), value: support.length ? support.join(' · ') : t('cases.sharing.nobody') },
  ]
}

function Recipients({ t, recipients }: { t: T; recipients: readonly Recipient[] }) {
  return (
    <>
      <h2>{t('cases.sharing.recipients')}</h2>
      <p>{t('cases.sharing.recipientsLead')}</p>
      <Table
        caption={t('cases.sharing.recipients')}
        captionLook="hidden"
        rows={recipients}
        empty={<p>{t('cases.sharing.noRecipients')}</p>}
        columns={[
          { name: t('cases.sharing.who'), cell: (one) => whoWords(t, one) },
          { name: t('cases.sharing.what'), cell: (one) => whatWords(t, one) },
          { name: t('cases.sharing.first'), cell: (one) => formatDate(one.from), nowrap: true },
          { name: t('cases.sharing.last'), cell: (one) => formatDate(one.to), nowrap: true },
        ]}
      />
    </>
  )
}

function whoWords(t: T, one: Recipient): string {
  const name = actorWords(t, { actor: one.name, actorId: one.id, actorRoles: one.roles, behalf: null })
  const role = one.name ? one.roles.map((held) => `core.role.${held}`).find(isKey) : undefined
  return [name, one.code, role ? t(role) : null, one.agency].filter((word) => word !== null).join(' · ')
}

function whatWords(t: T, one: Recipient): string {
  const sides = [...new Set(one.actions.map(partOf))].map((part) => t(`cases.views.part.${part}`))
  return one.opened > 0 ? `${sides.join(', ')}; ${t('cases.sharing.opened', { count: one.opened })}` : sides.join(', ')
}
