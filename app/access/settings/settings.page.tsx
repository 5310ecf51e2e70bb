// Which values has this service agreed on, since when, and on what ground?
import { today } from '../../core/clock.server.ts'
import { Field, Form } from '../../core/form/form.tsx'
import { form, get, type PageContext } from '../../core/page.tsx'
import type { SettingName } from '../../core/setting.ts'
import { formatDate, formatInstant } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { Table } from '../../ui/table.tsx'
import { fresh } from '../fresh.ts'
import { maySet, SetSetting, twoWords } from './asked.ts'
import { AskedTable } from './asked-table.tsx'
import { setSetting } from './set.server.ts'
import { settingChoices, settingGroups, settingRange, settingsOf, settingValue, settingWords } from './setting-words.ts'
import { listSettings, openSetting, type SettingLine } from './settings.server.ts'

export const settingsPage = get(listSettings, {
  title: 'access.settings.title',
  body: ({ t, data, me }) => (
    <>
      <h1>{t('access.settings.title')}</h1>
      <p class="tv-lead">{t('access.settings.lead')}</p>
      <p>
        <a href="/questionnaire">{t('cases.form.title')}</a>
      </p>
      <AskedTable t={t} rows={data.waiting} caption={t('access.settings.waiting')} />
      {settingGroups.map((group) =>
        settingsOf(group).length > 0 && (group !== 'watch' || me.roles.includes('auditor')) ? (
          <Table
            caption={t(`access.settings.group.${group}`)}
            rows={settingsOf(group)}
            empty={null}
            columns={[
              {
                name: t('access.settings.name'),
                cell: (name) => <a href={`/settings/${name}`}>{settingWords(t, name).title}</a>,
              },
              { name: t('access.settings.value'), cell: (name) => settingValue(t, name, data.inForce[name]) },
              { name: t('access.settings.since'), cell: (name) => since(t, data.history, name) },
              { name: t('access.settings.twoPeople'), cell: (name) => twoCell(t, name) },
            ]}
          />
        ) : null,
      )}
    </>
  ),
})

type Line = { name: string; validFrom: string; value: unknown }

/** Since when the present value holds, and what is coming. */
function since(t: T, history: readonly Line[], name: SettingName): string {
  const own = history.filter((line) => line.name === name)
  const now = own.find((line) => line.validFrom <= today())
  const next = own.findLast((line) => line.validFrom > today())
  const coming = next
    ? ` · ${t('access.settings.coming', { date: formatDate(next.validFrom), value: settingValue(t, name, next.value) })}`
    : ''
  return `${now ? formatDate(now.validFrom) : t('access.settings.default')}${coming}`
}

/** In a word, which way takes a second person. */
function twoCell(t: T, name: SettingName): string {
  const way = twoWords(name)
  return way ? t(`access.settings.twoShort.${way}`) : ''
}

type Opened = Awaited<ReturnType<typeof openSetting.run>>

export const settingPage = get(openSetting, {
  title: 'access.settings.title',
  body: ({ t, data, can, me }) => (
    <>
      <BackLink href="/settings">{t('access.settings.title')}</BackLink>
      <h1>{settingWords(t, data.name).title}</h1>
      <InForce t={t} data={data} />
      <TwoCallout t={t} name={data.name} />
      <AskedTable t={t} rows={data.waiting} caption={t('access.settings.waiting')} />
      {me.standsInFor && me.roles.includes('coordinator') ? (
        <Callout>{<p>{t('core.error.inPerson', { name: me.standsInFor.name })}</p>}</Callout>
      ) : null}
      {can(setSetting) && maySet(me, data.name) ? (
        <ButtonLink href={`/settings/${data.name}/edit`}>{t('access.settings.change')}</ButtonLink>
      ) : null}
      {can(setSetting) && !maySet(me, data.name) ? <p class="tv-quiet">{t('core.setting.notYours')}</p> : null}
      <Table<SettingLine>
        caption={t('access.settings.history')}
        rows={data.lines}
        empty={<p>{t('access.settings.never')}</p>}
        columns={[
          { name: t('access.settings.since'), cell: (line) => formatDate(line.validFrom) },
          { name: t('access.settings.value'), cell: (line) => settingValue(t, data.name, line.value) },
          { name: t('access.settings.ground'), cell: (line) => line.note },
          { name: t('access.settings.who'), cell: (line) => `${line.setBy ?? ''}, ${formatInstant(line.setAt)}` },
        ]}
      />
    </>
  ),
})

/** Which way nobody goes alone. */
function TwoCallout({ t, name }: { t: T; name: SettingName }) {
  const way = twoWords(name)
  return way ? (
    <Callout>
      <p>{t(`access.settings.two.${way}`)}</p>
    </Callout>
  ) : null
}

function InForce({ t, data }: { t: T; data: Opened }) {
  return (
    <Summary
      rows={[
        { name: t('access.settings.value'), value: <strong>{settingValue(t, data.name, data.inForce)}</strong> },
        { name: t('access.settings.since'), value: data.since ? formatDate(data.since) : t('access.settings.always') },
        { name: t('access.settings.standard'), value: settingValue(t, data.name, data.standard) },
        { name: t('access.settings.source'), value: settingWords(t, data.name).note },
      ]}
    />
  )
}

export const editSettingPage = fresh(
  form(
    openSetting,
    setSetting,
    { title: 'access.settings.title', body: (page) => <Edit page={page} /> },
    ({ name, waits }) =>
      waits
        ? { to: `/settings/asked/${waits}`, said: 'access.settings.askedNow' }
        : { to: `/settings/${name}`, said: 'access.settings.saved' },
  ),
)

function Edit({ page }: { page: PageContext<Opened> }) {
  const { t, data } = page
  const range = settingRange(data.name)
  const values = settingChoices(data.name).join(', ')
  return (
    <div class="tv-narrow">
      <BackLink href={`/settings/${data.name}`}>{settingWords(t, data.name).title}</BackLink>
      <h1>{t('access.settings.change')}</h1>
      <InForce t={t} data={data} />
      <Callout>
        <p>
          {range
            ? t('access.settings.range', range)
            : t(values ? 'access.settings.choices' : 'access.settings.words', { values })}
        </p>
      </Callout>
      <TwoCallout t={t} name={data.name} />
      <Form page={page}>
        <Field
          page={page}
          of={SetSetting}
          name="value"
          width={range ? 5 : 'full'}
          value={range ? null : String(data.inForce)}
        />
        <Field page={page} of={SetSetting} name="validFrom" value={today()} />
        <Field page={page} of={SetSetting} name="note" />
        <Button>{t('access.settings.save')}</Button>
      </Form>
    </div>
  )
}
