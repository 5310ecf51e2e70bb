// How do a need, a volunteer and a certificate stand on the pages of matching?
import type { z } from 'zod'
import { Invalid, NotFound } from '../../core/errors.ts'
import type { Operation } from '../../core/operation.server.ts'
import { type Page, type PageContext, show, signedIn, type View } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key, T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import { Progress } from '../../ui/frame/progress.tsx'
import { Tag } from '../../ui/tag.tsx'
import { hourNames, taskNames } from '../../volunteers/limits/words.ts'
import type { NeedLine, VolunteerLine } from '../facts.server.ts'
import { goals } from '../goals.ts'
import type { Option, Plan } from '../plan.ts'

export type Counties = readonly { code: string; name: string }[]

/** "Ida-Virumaa · vene keel · naine · alates 01.12.2026, 8 kuud" */
export function needText(t: T, counties: Counties, need: NeedLine): string {
  const parts = [
    shortCounty(counties, need.countyCode),
    t(`cases.language.${need.language}` as Key),
    need.wantedSex === 'any' ? null : t(`matching.need.sex.${need.wantedSex}` as Key),
    t('matching.need.from', { from: formatDate(need.fromOn), months: need.months }),
    hourNames(t, need.hours).toLowerCase() || null,
    taskNames(t, need.tasks).toLowerCase() || null,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

export function VolunteerName({ t, volunteer }: { t: T; volunteer: VolunteerLine }) {
  return (
    <>
      <a href={`/volunteers/${volunteer.id}`}>{volunteer.code}</a> {volunteer.name}
      {volunteer.personId ? null : <div class="tv-quiet">{t('matching.noAccount')}</div>}
    </>
  )
}

/** "1 → 2, lubatud 2" */
export function loadText(t: T, load: { before: number; after: number; max: number }): string {
  return t('matching.load', load)
}

/** Before and after, or where she may not be chosen only what she has. */
export function loadOf(t: T, { answer, verdict }: Option): string {
  return answer.kind === 'hard' ? t('matching.loadNow', verdict.load) : loadText(t, verdict.load)
}

/** What the independent checker said, in one sentence, with what it means unfolding below. */
export function Certificate({ t, plan }: { t: T; plan: Plan }) {
  const { solution, violations, rows } = plan
  const proven = violations.length === 0
  const counts = { needs: rows.length, covered: solution.assigned.length }
  return (
    <>
      <p class="tv-lead">
        {t('matching.board.counts', counts)}{' '}
        <Tag kind={proven ? 'ok' : 'danger'}>{t(proven ? 'matching.board.proven' : 'matching.board.unproven')}</Tag>
      </p>
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{t('matching.board.provenWhat')}</span>
        </summary>
        <div class="govuk-details__text">
          <p>{t('matching.board.provenMeaning')}</p>
          <p>{t('matching.board.provenFigures', { bound: solution.bound.join(' '), cost: solution.cost.join(' ') })}</p>
        </div>
      </details>
    </>
  )
}

/** The order by which one fitting support person is preferred to another; published, so that anybody may check it. */
export function Goals({ t }: { t: T }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t('matching.goals.title')}</span>
      </summary>
      <div class="govuk-details__text">
        <p>{t('matching.goals.lead')}</p>
        <ol>
          <li>{t('matching.goals.hard')}</li>
          <li>{t('matching.goals.cover')}</li>
          {goals.map((goal) => (
            <li>{t(`matching.goals.${goal}`)}</li>
          ))}
        </ol>
        <p>{t('matching.goals.order')}</p>
      </div>
    </details>
  )
}

type Working<D> = D & { found: unknown }

/** A page whose answer may take longer than a second: meanwhile it says so and comes again by itself, scripts or not. */
export function patient<I extends z.ZodType, D>(operation: Operation<I, Working<D>>, view: View<Working<D>>): Page {
  const waiting: View<Working<D>> = {
    title: view.title,
    body: (page: PageContext<Working<D>>) => (
      <Progress t={page.t} title={page.t('matching.working')} href={page.path} />
    ),
  }
  return {
    operations: [operation as unknown as Operation],
    get: async (c) => {
      const me = signedIn(c)
      const data = await operation.run(me, { ...c.req.query(), ...c.req.param() }).catch((error: unknown) => {
        if (error instanceof Invalid) throw new NotFound()
        throw error
      })
      if (data.found !== null) return show(c, view, data, me)
      c.header('refresh', '2')
      return show(c, waiting, data, me)
    },
  }
}
