// What should one know of a volunteer, the most needed first: may this person be assigned today?

import type { Child } from 'hono/jsx'
import { askEmail } from '../../access/two-people/emails.server.ts'
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import { ButtonLink } from '../../ui/buttons.tsx'
import { Timeline } from '../../ui/record/timeline.tsx'
import { Summary, type SummaryAction } from '../../ui/summary.tsx'
import { Tag } from '../../ui/tag.tsx'
import { answer, languageNames, PhoneLink, statusKinds, statusName } from '../glance.tsx'
import { editVolunteer } from '../keeping.server.ts'
import { limitLines } from '../limits/words.ts'
import { Papers } from '../papers/papers-table.tsx'
import { accountRow } from './account-row.ts'
import { linkTo, Panel } from './panel.tsx'
import type { Opened } from './profile.server.ts'
import { withdrawTie } from './ties.server.ts'

type Page = PageContext<Opened>
type Props = { page: Page; may: boolean }

/** The whole profile; to the volunteer with `own`, what she can do here, before what she seldom reads. */
export function VolunteerProfile({ page, own }: { page: Page; own?: Child }) {
  const { t, data } = page
  const may = page.can(editVolunteer)
  return (
    <>
      <h1>{data.name}</h1>
      <p class="tv-lead">{t('volunteers.profile.lead', { code: data.code })}</p>
      <Panel page={page} may={may} own={own !== undefined} />
      {own}
      <div class="tv-columns">
        <div>
          <Standing page={page} may={may} />
          <Contact page={page} may={may} />
        </div>
        <div>
          <Work page={page} may={may} />
          <Ties page={page} may={may} />
        </div>
      </div>
      {data.whole ? <Papers page={page} may={may} /> : null}
      {data.whole ? <History page={page} /> : null}
    </>
  )
}

function Standing({ page: { t, data, me }, may }: Props) {
  const { now, load } = data.standing
  const link = (more: string, text: string): SummaryAction[] => (may ? [{ href: linkTo(data, more), text }] : [])
  return (
    <>
      <h2>{t('volunteers.profile.standing')}</h2>
      <Summary
        rows={[
          {
            name: t('volunteers.field.status'),
            value: (
              <Tag kind={now.status === 'active' ? 'ok' : statusKinds[now.status]}>{statusName(t, now.status)}</Tag>
            ),
            hint: now.untilOn
              ? t('volunteers.status.back', { until: formatDate(now.untilOn) })
              : t('volunteers.status.since', { from: formatDate(now.fromOn) }),
            actions: link('status', t('volunteers.profile.change')),
          },
          {
            name: t('support.away.tab'),
            value: awayWords(t, data.aways),
            actions: link('away', t('volunteers.profile.change')),
          },
          {
            name: t('volunteers.field.supervisor'),
            value: data.supervisor ?? t('volunteers.profile.noSupervisor'),
            actions: link('supervisor', t('volunteers.profile.change')),
          },
          { name: t('volunteers.list.lastUsed'), value: usedWords(t, load.active, load.lastUsed) },
          (may || data.account === 'ready') && accountRow(t, data, link('account', t('volunteers.account.make')), me),
        ]}
      />
    </>
  )
}

function awayWords(t: T, aways: Opened['aways']) {
  if (aways.length === 0) return t('support.away.none')
  return aways.map(({ fromOn, toOn }) => (
    <div>{t('support.away.days', { from: formatDate(fromOn), to: formatDate(toOn) })}</div>
  ))
}

function usedWords(t: T, active: number, lastUsed: string | null): string {
  if (active > 0) return t('volunteers.list.usedNow')
  return lastUsed ? formatDate(lastUsed) : t('volunteers.list.neverUsed')
}

function Contact({ page, may }: Props) {
  const { t, data, me } = page
  const none = t('volunteers.profile.unknown')
  // Of whoever has an account name and address are the account's, which two people change.
  const mends = data.personId !== null && page.can(askEmail) && data.personId !== me.id
  const asked = (what: 'name' | 'email') =>
    mends ? [{ href: `/people/${data.personId}/${what}`, text: t('volunteers.profile.change') }] : []
  return (
    <>
      <h2>{t('volunteers.profile.contact')}</h2>
      <Summary
        rows={[
          mends && { name: t('volunteers.field.name'), value: data.name, actions: asked('name') },
          { name: t('volunteers.field.phone'), value: data.phone ? <PhoneLink number={data.phone} /> : none },
          {
            name: t('volunteers.field.email'),
            value: data.email ? <a href={`mailto:${data.email}`}>{data.email}</a> : none,
            actions: asked('email'),
          },
          { name: t('volunteers.field.occupation'), value: data.occupation ?? none },
          data.whole && { name: t('volunteers.field.birthYear'), value: data.birthYear ?? none },
          may && {
            name: t('volunteers.field.personalCode'),
            value: t(data.hasPersonalCode ? 'volunteers.code.hidden' : 'volunteers.profile.unknown'),
            hint: data.hasPersonalCode ? t('volunteers.code.hint') : undefined,
            actions: data.hasPersonalCode ? [{ href: linkTo(data, 'code'), text: t('volunteers.code.show') }] : [],
          },
        ]}
      />
    </>
  )
}

function Work({ page: { t, data }, may }: Props) {
  const home = data.places.municipalities.find((one) => one.code === data.municipalityCode)?.name
  const county = shortCounty(data.places.counties, data.countyCode)
  const max = data.maxCases ?? data.settings.maxActiveCases
  const lines = limitLines(t, data.limits)
  return (
    <>
      <h2>{t('volunteers.profile.work')}</h2>
      <Summary
        rows={[
          { name: t('volunteers.field.home'), value: [home, county].filter(Boolean).join(', ') },
          { name: t('volunteers.field.areas'), value: areaNames(data).join(', ') || t('volunteers.profile.onlyHome') },
          { name: t('volunteers.field.allLanguages'), value: languageNames(t, data.languages) },
          {
            name: t('volunteers.limits.tab'),
            value: lines.length > 0 ? lines.map((line) => <div>{line}</div>) : t('volunteers.limits.none'),
            actions: may ? [{ href: linkTo(data, 'limits'), text: t('volunteers.profile.change') }] : undefined,
          },
          { name: t('volunteers.field.availability'), value: data.availability ?? t('volunteers.profile.unknown') },
          {
            name: t('volunteers.field.maxCases'),
            value: String(max),
            hint: data.maxCases === null ? t('volunteers.profile.commonMax') : undefined,
          },
          { name: t('volunteers.field.remote'), value: t(`volunteers.remote.${data.remoteOnly ? 'yes' : 'no'}`) },
          { name: t('volunteers.field.car'), value: answer(t, data.hasCar) },
          {
            name: t('volunteers.field.children'),
            value: t(
              `volunteers.children.${data.childContact === null ? 'undecided' : data.childContact ? 'yes' : 'no'}`,
            ),
            hint: data.childContactReason ?? undefined,
          },
          data.whole && data.notes !== null && { name: t('volunteers.field.notes'), value: data.notes },
        ]}
      />
      {may ? (
        <ButtonLink kind="secondary" href={linkTo(data, 'edit')}>
          {t('volunteers.edit.action')}
        </ButtonLink>
      ) : null}
    </>
  )
}

function areaNames({ areas, places }: Opened): string[] {
  return areas.map(({ county, municipality }) =>
    municipality
      ? (places.municipalities.find((one) => one.code === municipality)?.name ?? municipality)
      : shortCounty(places.counties, county),
  )
}

function Ties({ page: { t, data, can }, may }: Props) {
  if (data.ties.length === 0 && !may) return null
  return (
    <>
      <h2>{t('volunteers.tie.title')}</h2>
      {data.ties.length === 0 ? <p class="tv-quiet">{t('volunteers.tie.none')}</p> : null}
      <ul>
        {data.ties.map((tie) => (
          <li>
            {`${tie.municipality}: ${tie.reason}`}{' '}
            {can(withdrawTie) ? (
              <a href={`/ties/${tie.id}/withdraw`}>
                {t('volunteers.tie.withdraw')}
                <span class="govuk-visually-hidden">: {tie.municipality}</span>
              </a>
            ) : null}
          </li>
        ))}
      </ul>
      {may ? <a href={linkTo(data, 'tie')}>{t('volunteers.tie.add')}</a> : null}
    </>
  )
}

function History({ page: { t, data, locale } }: { page: Page }) {
  const items = data.history.map((line) => ({
    at: line.fromOn,
    title: statusName(t, line.status),
    who: line.recordedBy ?? undefined,
    children: (
      <>
        {line.untilOn ? <p>{t('volunteers.status.back', { until: formatDate(line.untilOn) })}</p> : null}
        {line.reason ? <p>{line.reason}</p> : null}
      </>
    ),
  }))
  return (
    <>
      <h2>{t('volunteers.profile.history')}</h2>
      <Timeline items={items} locale={locale} level={3} />
    </>
  )
}
