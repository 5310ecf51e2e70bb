// May this volunteer be assigned today, and if not, which step mends it?
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Mark } from '../../ui/tag.tsx'
import { glanceSentence, lookOf, ownSentence } from '../glance.tsx'
import type { EvidenceKind, MissingCode } from '../volunteer.ts'
import type { Opened } from './profile.server.ts'

type Props = { page: PageContext<Opened>; may: boolean }

/** Where a step of this volunteer's record is taken. */
export const linkTo = (data: Pick<Opened, 'id'>, more: string) => `/volunteers/${data.id}/${more}`

/** The answer, the load, and for everything that is missing the way to mend it. */
export function Panel({ page: { t, data }, may, own }: Props & { own: boolean }) {
  const { standing } = data
  // Whether there is room is the coordinator's care, not the volunteer's.
  const kind = own && standing.readiness.mayBeAssigned ? 'ok' : lookOf(t, standing).kind
  return (
    <section class="tv-card" aria-labelledby="glance">
      <h2 class="govuk-heading-m" id="glance">
        <Mark kind={kind} /> {own ? ownSentence(t, standing) : glanceSentence(t, standing)}
      </h2>
      <p>
        {t('volunteers.glance.load', {
          active: standing.load.active,
          proposed: standing.load.proposed,
          max: standing.max,
        })}
      </p>
      {standing.readiness.cautions.map((code) => (
        <p>{t(`volunteers.caution.${code}`)}</p>
      ))}
      {standing.needed
        .filter((paper) => standing.papers[paper].state === 'soon')
        .map((paper) => (
          <p>{t(`volunteers.soon.${paper}`, { until: formatDate(standing.papers[paper].until ?? '') })}</p>
        ))}
      {may ? <Mend t={t} data={data} /> : null}
    </section>
  )
}

function Mend({ t, data }: { t: T; data: Opened }) {
  const ways = [...new Set(data.standing.readiness.missing.map(({ code }) => wayOf(code)))]
  if (ways.length === 0) return null
  return (
    <ul>
      {ways.map((way) => (
        <li>
          <a href={linkTo(data, way === 'status' ? 'status' : `evidence/${way}/new`)}>
            {t(way === 'status' ? 'volunteers.status.change' : `volunteers.evidence.add.${way}`)}
          </a>
        </li>
      ))}
    </ul>
  )
}

function wayOf(code: MissingCode): EvidenceKind | 'status' {
  if (code === 'paused' || code === 'notActive') return 'status'
  return code.split('.')[0] as EvidenceKind
}
