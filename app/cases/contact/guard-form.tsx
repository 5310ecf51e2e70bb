// How is a contact planned in a form that first says what she asked for, and asks why only where it goes against that?
import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import { Field } from '../../core/form/form.tsx'
import { clockWords } from '../../core/form/read-clock.ts'
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Callout } from '../../ui/panel.tsx'
import { Tag } from '../../ui/tag.tsx'
import { PlanFields } from './contact-plan.ts'
import { rulesWords } from './contact-words.ts'
import { leavesOpen, type Safe } from './judge-contact.ts'
import type { PlannedContact } from './plans.server.ts'
import type { Channel } from './safe-contact.ts'

/** What she asked for, before anybody dials. */
export function SafeRules({ t, rules }: { t: T } & Pick<Safe, 'rules'>) {
  return (
    <Callout kind={rules ? 'note' : 'attention'} title={t('cases.safe.title')}>
      <p>{rules ? rulesWords(t, rules) : t('cases.safe.unknown')}</p>
    </Callout>
  )
}

type Props = {
  page: PageContext<unknown>
  /** The ways that are offered; each of them where nothing is said. */
  ways?: readonly Channel[]
  /** Where the hour is asked in other words. */
  hours?: z.ZodObject<{ time: z.ZodType }>
  /** What else is asked, before the reason. */
  children?: Child
}

/** Way, day, hour, through whom; and why, once it is known that it goes against a rule. */
export function PlanQuestions({ page, ways, hours, children }: Props) {
  const { t } = page
  const options = ways?.map((value) => ({ value, label: t(`cases.contact.way.${value}`) }))
  return (
    <>
      <Field page={page} of={PlanFields} name="channel" options={options} />
      {!ways || ways.includes('through') ? <Field page={page} of={PlanFields} name="person" width={20} /> : null}
      <Field page={page} of={PlanFields} name="day" />
      <Field page={page} of={hours ?? PlanFields} name="time" width={5} />
      {children}
      <Because page={page} of={PlanFields} />
    </>
  )
}

/** Asked only of somebody who was told that the plan goes against a rule, or who has begun to answer. */
export function Because<S extends z.ZodObject<{ because: z.ZodType }>>({
  page,
  of,
}: {
  page: PageContext<unknown>
  of: S
}) {
  if (!page.errors.because && !page.values.because) return null
  return <Field page={page} of={of} name="because" rows={3} />
}

/** "23.11.2026 kell 9.30" */
export function whenWords(t: T, { onDate, minute }: Pick<PlannedContact, 'onDate' | 'minute'>): string {
  if (!onDate) return t('cases.guard.noDay')
  const time = minute === null ? '' : clockWords(minute)
  return time ? t('cases.guard.dayAndTime', { day: formatDate(onDate), time }) : formatDate(onDate)
}

/** Whether a plan keeps to her word: as it was made, and by what holds today. */
export function Keeping({ t, plan }: { t: T; plan: Pick<PlannedContact, 'broken' | 'now' | 'why'> }) {
  if (plan.broken.length > 0)
    return (
      <>
        <Tag kind="attention">{t('cases.guard.against')}</Tag>
        {plan.why ? <div>{plan.why}</div> : null}
      </>
    )
  if (plan.now.length > 0 && plan.now.every(leavesOpen)) return <Tag kind="attention">{t('cases.guard.timeOpen')}</Tag>
  return plan.now.length > 0 ? (
    <Tag kind="danger">{t('cases.guard.changed')}</Tag>
  ) : (
    <Tag kind="ok">{t('cases.guard.keeps')}</Tag>
  )
}
