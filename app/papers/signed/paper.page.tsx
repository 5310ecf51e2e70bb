// What does one paper say of itself: who has signed, what was read of it, and what can be done?
import { fresh } from '../../access/fresh.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { download, form, get, type PageContext } from '../../core/page.tsx'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { FileInput } from '../../ui/fields.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Tag } from '../../ui/tag.tsx'
import { DropPaper, isOnlySeen, stateOf } from '../made/paper.ts'
import { dropPaper } from '../made/papers.server.ts'
import { State, spanWords } from '../made/parts.tsx'
import { type Opened, openPaper, type Signer, SignPaper, signedFile, signedFileOf, signPaper } from './signed.server.ts'

type Page = PageContext<Opened>

export const paperPage = get(openPaper, { title: 'papers.tab', body: (page) => <Paper page={page} /> })

export const signPaperPage = form(
  openPaper,
  signPaper,
  { title: 'papers.tab', body: (page) => <Sign page={page} /> },
  ({ paper }) => ({ to: `/papers/${paper}`, said: 'papers.sign.done' }),
)

export const dropPaperPage = form(
  openPaper,
  dropPaper,
  { title: 'papers.tab', body: (page) => <Drop page={page} /> },
  ({ volunteer }) => ({ to: `/volunteers/${volunteer}/papers`, said: 'papers.drop.done' }),
)

export const signedFilePage = fresh(download(signedFile, signedFileOf), {
  back: (path) => path.replace(/\/signed$/, ''),
})

const title = (t: T, data: Opened) => t(`papers.kind.${data.kind}`)

function Paper({ page }: { page: Page }) {
  const { t, data } = page
  const may = page.can(signPaper)
  const state = stateOf({ kind: data.kind, signedOn: data.copy?.signedOn ?? null, dropped: data.supersededAt !== null })
  return (
    <div class="tv-narrow">
      <BackLink href={may ? `/volunteers/${data.volunteerId}/papers` : '/my-papers'}>
        {may ? t('papers.ofVolunteer', { name: data.name }) : t('papers.own')}
      </BackLink>
      <h1>{title(t, data)}</h1>
      <p>
        <State t={t} state={state} signedOn={data.copy?.signedOn ?? null} />
      </p>
      {data.supersededReason ? <p>{t('papers.dropped', { reason: data.supersededReason })}</p> : null}
      <Facts page={page} />
      {data.facts ? <Files page={page} /> : <p>{t('papers.erased')}</p>}
      {state === 'waits' && !may ? <p>{t(`papers.howToSign.${isOnlySeen(data.kind) ? 'paper' : 'digital'}`)}</p> : null}
      <Copy page={page} />
      {may && state !== 'dropped' ? <Doing page={page} /> : null}
    </div>
  )
}

function Facts({ page: { t, data } }: { page: Page }) {
  return (
    <Summary
      rows={[
        { name: t('papers.who'), value: `${data.name}, ${data.code}` },
        data.validFrom !== null && { name: t('papers.span'), value: spanWords(t, data) },
        { name: t('papers.madeOn'), value: [formatDate(data.madeOn), data.madeBy].filter(Boolean).join(', ') },
        {
          name: t('papers.template.now'),
          value: t('papers.template.number', { version: data.template }),
          hint: t(`volunteers.language.${data.locale}`),
        },
      ]}
    />
  )
}

function Files({ page: { t, data } }: { page: Page }) {
  return (
    <ButtonGroup>
      <ButtonLink kind="secondary" href={`/papers/${data.id}/documents/pdf`} download>
        {t('papers.file.pdf')}
      </ButtonLink>
      <ButtonLink kind="secondary" href={`/papers/${data.id}/documents/docx`} download>
        {t('papers.file.docx')}
      </ButtonLink>
    </ButtonGroup>
  )
}

function Copy({ page: { t, data } }: { page: Page }) {
  const { copy } = data
  if (!copy) return null
  return (
    <section>
      <h2>{t('papers.copy')}</h2>
      <p>
        {t(`papers.copy.${copy.form as 'asice' | 'pdf' | 'seen'}`)}{' '}
        <span class="tv-quiet">
          {t('papers.copy.kept', { date: formatDate(copy.recordedAt), name: copy.by ?? '' })}
        </span>
      </p>
      {copy.form === 'asice' ? (
        <>
          {copy.signers.map((signer) => (
            <Signature t={t} signer={signer} />
          ))}
          <Callout title={t('papers.read.title')}>
            <p>{t('papers.read.text')}</p>
          </Callout>
        </>
      ) : null}
      {copy.form === 'seen' ? null : (
        <ButtonLink kind="secondary" href={`/papers/${data.id}/signed`} download>
          {t('papers.copy.download')}
        </ButtonLink>
      )}
    </section>
  )
}

function Signature({ t, signer }: { t: T; signer: Signer }) {
  const same = signer.files.filter(({ held }) => held === 'same').map(({ name }) => name)
  const others = signer.files.filter(({ held }) => held !== 'same')
  return (
    <Summary
      rows={[
        {
          name: t('papers.signer'),
          value: signer.name ?? t('papers.signer.unknown'),
          hint: t(
            signer.own === null ? 'papers.signer.uncompared' : signer.own ? 'papers.signer.own' : 'papers.signer.other',
          ),
        },
        {
          name: t('papers.claimedAt'),
          value: signer.claimedAt ? formatInstant(new Date(signer.claimedAt)) : t('papers.claimedAt.none'),
        },
        { name: t('papers.files'), value: same.length > 0 ? same.join(', ') : '–' },
        others.length > 0 && {
          name: t('papers.files.wrong'),
          value: others.map(({ name, held }) => (
            <div>
              {name} <Tag kind="danger">{t(`papers.held.${held as 'changed' | 'missing' | 'unknown'}`)}</Tag>
            </div>
          )),
        },
      ]}
    />
  )
}

function Doing({ page: { t, data } }: { page: Page }) {
  const key = isOnlySeen(data.kind) ? 'papers.sign.seen' : data.copy ? 'papers.sign.again' : 'papers.sign.action'
  return (
    <ButtonGroup>
      <ButtonLink kind={data.copy ? 'secondary' : 'primary'} href={`/papers/${data.id}/sign`}>
        {t(key)}
      </ButtonLink>
      <ButtonLink kind="quiet" href={`/papers/${data.id}/drop`}>
        {t('papers.drop.action')}
      </ButtonLink>
    </ButtonGroup>
  )
}

function Sign({ page }: { page: Page }) {
  const { t, data, errors } = page
  const seen = isOnlySeen(data.kind)
  return (
    <div class="tv-narrow">
      <BackLink href={`/papers/${data.id}`}>{title(t, data)}</BackLink>
      <h1>{t(seen ? 'papers.sign.seen' : 'papers.sign.action')}</h1>
      <p class="tv-lead">{t(seen ? 'papers.sign.leadSeen' : 'papers.sign.lead')}</p>
      <Form page={page} files={!seen}>
        {seen ? null : (
          <FileInput
            t={t}
            id="file"
            name="file"
            label={t('papers.sign.file')}
            hint={t('papers.sign.fileHint')}
            error={errors.file}
            accept=".asice,.bdoc,.pdf"
          />
        )}
        <Field page={page} of={SignPaper} name="signedOn" value={seen ? data.today : undefined} />
        <Button>{t('papers.sign.save')}</Button>
      </Form>
    </div>
  )
}

function Drop({ page }: { page: Page }) {
  const { t, data } = page
  return (
    <div class="tv-narrow">
      <BackLink href={`/papers/${data.id}`}>{title(t, data)}</BackLink>
      <h1>{t('papers.drop.action')}</h1>
      <p class="tv-lead">{t('papers.drop.lead')}</p>
      <Form page={page}>
        <Field page={page} of={DropPaper} name="reason" />
        <Button kind="danger">{t('papers.drop.action')}</Button>
      </Form>
    </div>
  )
}
