// How do a file that goes out, and those that have gone, look on a page?
import { Field, type FormPage } from '../../core/form/form.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Callout, Confirmation } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { type HandedOut, type Outgoing, Recipient } from './outgoing.ts'

/** Who gets it, where they work, how they hear of a change, and why. */
export function RecipientFields({ page }: { page: FormPage }) {
  const field = { page, of: Recipient }
  return (
    <>
      <Field {...field} name="name" />
      <Field {...field} name="organisation" />
      <Field {...field} name="email" />
      <Field {...field} name="why" rows={2} />
    </>
  )
}

/** The file and its password, shown this once. The file comes with the page, so that it lies nowhere in between. */
export function Handed({ t, of, back }: { t: T; of: HandedOut; back: { href: string; text: string } }) {
  const { file, password, name, organisation, sha256 } = of
  return (
    <div class="tv-narrow">
      <Confirmation title={t('cases.outgoing.ready')}>
        <p>{t('cases.outgoing.readyFor', { name, organisation })}</p>
      </Confirmation>
      <p>
        <ButtonLink
          href={`data:application/octet-stream;base64,${file.body.toString('base64')}`}
          download={file.name}
          id="container"
        >
          {t('cases.outgoing.download')}
        </ButtonLink>
      </p>
      <h2>{t('cases.outgoing.password')}</h2>
      <p class="tv-words">
        <strong id="password">{password}</strong>
      </p>
      <Callout kind="attention" title={t('cases.outgoing.once')}>
        <p>{t('cases.outgoing.onceText')}</p>
      </Callout>
      <h2>{t('cases.outgoing.open')}</h2>
      <p>{t('cases.outgoing.openText')}</p>
      <Summary rows={[{ name: t('cases.outgoing.sha256'), value: <Print of={sha256} /> }]} />
      <p>
        <a href={back.href}>{back.text}</a>
      </p>
    </div>
  )
}

const Print = ({ of }: { of: string }) => <span class="tv-words">{(of.match(/.{8}/g) ?? []).join(' ')}</span>

/** What went out, to whom, why and by whom; nothing where nothing has. */
export function GoneOut({ t, files }: { t: T; files: readonly Outgoing[] }) {
  if (files.length === 0) return null
  return (
    <Table<Outgoing>
      caption={t('cases.outgoing.title')}
      captionLook="m"
      rows={files}
      empty={null}
      columns={[
        {
          name: t('cases.outgoing.to'),
          head: true,
          cell: ({ to }) => (to ? `${to.name}, ${to.organisation}` : t('safekeeping.erased')),
        },
        {
          name: t('cases.outgoing.what'),
          cell: (one) => (
            <>
              {whatWords(t, one)}
              <div class="tv-quiet">
                {t('cases.outgoing.sha256')}: <Print of={one.sha256} />
              </div>
            </>
          ),
        },
        {
          name: t('cases.outgoing.whyGiven'),
          cell: ({ to, why }) => why ?? t(to ? 'cases.outgoing.whyKept' : 'safekeeping.erased'),
        },
        { name: t('cases.outgoing.by'), cell: ({ sentBy, sentAt }) => `${sentBy ?? '–'}, ${formatInstant(sentAt)}` },
      ]}
    />
  )
}

function whatWords(t: T, { onDate, version, form }: Outgoing): string {
  const of = { version, form: t(`cases.outgoing.form.${form}`) }
  return onDate ? t('cases.outgoing.minutesOn', { date: formatDate(onDate), ...of }) : t('cases.outgoing.minutes', of)
}
