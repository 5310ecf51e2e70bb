// Which devices keep something where there is no network – my own, and for the coordinator everybody's?
import { Form } from '../core/form/form.tsx'
import { form, get, type PageContext } from '../core/page.tsx'
import { formatDate, formatInstant } from '../i18n/format.ts'
import type { T } from '../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../ui/buttons.tsx'
import { Summary } from '../ui/summary.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { Tag, type TagKind } from '../ui/tag.tsx'
import type { DeviceState } from './device.ts'
import { listDevices, listOwnDevices, openDevice, revokeDevice, type Shown } from './devices.server.ts'
import { Do } from './parts.tsx'

type Props = { page: PageContext<Shown> }
type Line = Shown['devices'][number]

const looks: Record<DeviceState, TagKind> = { keeps: 'ok', silent: 'neutral', revoked: 'wait', empty: 'neutral' }

export const ownDevicesPage = get(listOwnDevices, {
  title: 'field.devices.tab',
  scripts: ['here.js'],
  body: (page) => (
    <>
      <BackLink href="/my-profile">{page.t('volunteers.own.tab')}</BackLink>
      <h1>{page.t('field.devices.own')}</h1>
      <p class="tv-lead">{page.t('field.devices.ownLead', { days: page.data.keepDays })}</p>
      <p>
        <ButtonLink href="/field">{page.t('field.open')}</ButtonLink>
      </p>
      <Here t={page.t} />
      <Devices page={page} own />
    </>
  ),
})

/** Shown by a script that looks into the store of this browser; without one it says nothing. */
function Here({ t }: { t: T }) {
  return (
    <section data-here hidden>
      <h2>{t('field.here')}</h2>
      <p data-put="nothing" hidden>
        {t('field.here.nothing')}
      </p>
      <p data-put="waiting" hidden>
        {t('field.here.waiting')}
      </p>
      <div data-put="half" hidden>
        <p>{t('field.half.here')}</p>
        <Do what="throw">{t('field.half.throw')}</Do>
        <p class="govuk-error-message" role="alert" data-put="sure" hidden>
          {t('field.half.hereSure')}
        </p>
      </div>
      <p role="status" data-put="thrown" hidden>
        {t('field.half.thrown')}
      </p>
    </section>
  )
}

export const devicesPage = get(listDevices, {
  title: 'field.devices.tab',
  body: (page) => (
    <>
      <BackLink href="/volunteers">{page.t('volunteers.tab')}</BackLink>
      <h1>{page.t('field.devices.title')}</h1>
      <p class="tv-lead">{page.t('field.devices.lead', { days: page.data.keepDays, list: page.data.listDays })}</p>
      <Devices page={page} own={false} />
    </>
  ),
})

const listOf = ({ mine }: { mine: boolean }) => (mine ? '/my-devices' : '/devices')

export const revokeDevicePage = form(
  openDevice,
  revokeDevice,
  { title: 'field.devices.tab', body: (page) => <Revoke page={page} /> },
  (done) => ({ to: listOf(done), said: 'field.devices.revoked' }),
)

function Revoke({ page }: { page: PageContext<Awaited<ReturnType<typeof openDevice.run>>> }) {
  const { t, data } = page
  const { one, keepDays } = data
  return (
    <div class="tv-narrow">
      <BackLink href={listOf(data)}>{t('ui.back')}</BackLink>
      <h1>{t('field.devices.revokeTitle')}</h1>
      <Summary
        rows={[
          { name: t('field.devices.device'), value: `${one.person}, ${t(`field.kind.${one.kind}`)}` },
          { name: t('field.devices.contact'), value: formatInstant(one.contactedAt) },
          { name: t('field.devices.holds'), value: one.numbers.join(', ') || '–' },
        ]}
      />
      <p>{t('field.devices.revokeText', { days: keepDays })}</p>
      <Form page={page}>
        <Button kind="danger">{t('field.devices.revokeTitle')}</Button>
      </Form>
    </div>
  )
}

function Devices({ page, own }: Props & { own: boolean }) {
  const { t, data } = page
  const name = (one: Line) => t(`field.kind.${one.kind}`)
  const columns: Column<Line>[] = [
    {
      name: t('field.devices.device'),
      head: true,
      cell: (one) =>
        own ? (
          <>
            {name(one)}
            <span data-device={one.id} hidden>
              {' '}
              ({t('field.here.this')})
            </span>
          </>
        ) : (
          <>
            {one.volunteerId ? <a href={`/volunteers/${one.volunteerId}`}>{one.person}</a> : one.person}, {name(one)}
          </>
        ),
    },
    { name: t('field.devices.made'), cell: (one) => formatDate(one.madeAt) },
    { name: t('field.devices.contact'), cell: (one) => formatInstant(one.contactedAt) },
    { name: t('field.devices.holds'), cell: (one) => one.numbers.join(', ') || '–' },
    {
      name: t('field.devices.state'),
      cell: (one) => <Tag kind={looks[one.state]}>{t(`field.devices.state.${one.state}`)}</Tag>,
    },
    {
      name: t('field.devices.do'),
      cell: (one) => (one.revokedAt ? formatDate(one.revokedAt) : <ShutOut t={t} one={one} />),
    },
  ]
  return (
    <Table
      caption={t('field.devices.title')}
      captionLook="hidden"
      columns={columns}
      rows={data.devices}
      empty={<p>{t('field.devices.none')}</p>}
    />
  )
}

function ShutOut({ t, one }: { t: T; one: Line }) {
  return (
    <a href={`/devices/${one.id}/revoke`}>
      {t('field.devices.revoke')}
      <span class="govuk-visually-hidden">
        {' '}
        – {one.person}, {t(`field.kind.${one.kind}`)}
      </span>
    </a>
  )
}
