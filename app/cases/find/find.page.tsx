// How does somebody who is told a name on the telephone find the case, without a name being opened?
import { Field, Form } from '../../core/form/form.tsx'
import { shownOnce } from '../../core/form/shown-once.ts'
import type { View } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { caseHref } from '../frame.tsx'
import { Why } from '../identity/why.tsx'
import { startReferral } from '../referral/referral.server.ts'
import { askWhom, findCases } from './find.server.ts'
import { FindCases, findPurposes } from './find.ts'

type Asked = Awaited<ReturnType<(typeof askWhom)['run']>>
type Answer = Awaited<ReturnType<(typeof findCases)['run']>>

const Back = ({ t }: { t: T }) => <BackLink href="/cases">{t('cases.list.title')}</BackLink>

const asking: View<Asked> = {
  title: 'cases.find.title',
  body: (page) => {
    const { t, data } = page
    return (
      <>
        <Back t={t} />
        <h1>{t('cases.find.title')}</h1>
        <p class="tv-lead">{t('cases.find.lead')}</p>
        <p>{t('cases.find.logged', { count: data.perDay })}</p>
        <Form page={page}>
          <Field page={page} of={FindCases} name="who" autocomplete="off" />
          <Why
            page={page}
            label={t('cases.find.purpose')}
            options={findPurposes.map((value) => ({ value, label: t(`cases.find.purpose.${value}`) }))}
          />
          <Button>{t('cases.find.search')}</Button>
        </Form>
      </>
    )
  },
}

const showing: View<Answer> = {
  title: 'cases.find.title',
  body: ({ t, data, can }) => (
    <>
      <Back t={t} />
      <h1>{t('cases.find.found', { count: data.found.length })}</h1>
      {data.found.length ? <p class="tv-lead">{t('cases.find.foundLead')}</p> : null}
      <Table
        caption={t('cases.find.title')}
        captionLook="hidden"
        rows={data.found}
        empty={<p>{t('cases.find.nobody')}</p>}
        columns={[
          { name: t('cases.column.number'), cell: (one) => <a href={caseHref(one.id)}>{one.number}</a>, nowrap: true },
          { name: t('cases.find.as'), cell: (one) => t(`cases.person.${one.kind}`) },
          { name: t('cases.repeat.how'), cell: (one) => t(`cases.repeat.how.${one.how}`) },
          { name: t('cases.column.county'), cell: (one) => one.county },
          { name: t('cases.column.referred'), cell: (one) => formatDate(one.referredOn), nowrap: true },
          { name: t('cases.filter.status'), cell: (one) => t(`cases.status.${one.status}`) },
        ]}
      />
      <ButtonGroup>
        <ButtonLink href="/cases/find" kind="secondary">
          {t('cases.find.again')}
        </ButtonLink>
        {data.found.length === 0 && can(startReferral) ? (
          <ButtonLink href="/cases/new">{t('cases.list.new')}</ButtonLink>
        ) : null}
      </ButtonGroup>
    </>
  ),
}

/** The name travels in the form and the answer stands on a page that no browser keeps: nothing of it is in an address. */
export const findPage = shownOnce(askWhom, findCases, asking, showing)
