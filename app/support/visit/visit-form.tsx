// How is a visit written down on a phone in half a minute, with thumbs, with or without scripts?
import type { z } from 'zod'
import { addDays } from '../../core/calendar/working-days.ts'
import { Field } from '../../core/form/form.tsx'
import type { PageContext } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import { Radios } from '../../ui/choices.tsx'
import { own, quickMinutes, VisitFields, type Way } from './visit.ts'

/** What stood there before: the visit that is being put right. */
export type Before = {
  onDate: string
  way: Way
  minutes: number
  note: string | null
  expenseCents: number
  expenseNote: string | null
  danger: boolean
}
type Props = { page: PageContext<unknown>; today: string; before?: Before }

/** Day, way, minutes, note, expense, danger – in the order of a conversation. */
export function VisitQuestions({ page, today, before }: Props) {
  return (
    <>
      <Day page={page} today={today} before={before} />
      <Field page={page} of={VisitFields} name="way" value={before?.way} inline />
      <Minutes page={page} today={today} before={before} />
      <Field page={page} of={VisitFields} name="note" value={before?.note} rows={3} />
      <Field page={page} of={VisitFields} name="expense" value={cents(before)} width={5} suffix="€" />
      <Field page={page} of={VisitFields} name="expenseNote" value={before?.expenseNote} width={20} />
      <Field page={page} of={VisitFields} name="danger" value={before?.danger} />
    </>
  )
}

const cents = (before: Before | undefined) =>
  before?.expenseCents ? (before.expenseCents / 100).toFixed(2).replace('.', ',') : ''

const typed = (page: PageContext<unknown>, name: keyof z.output<typeof VisitFields>) => {
  const value = page.values[name]
  return value === undefined ? undefined : String(value)
}

// The answers are dates and not "today": a draft of yesterday, or a page left open over midnight, keeps its day.
function Day({ page, today, before }: Props) {
  const { t, errors } = page
  const yesterday = addDays(today, -1)
  const said = typed(page, 'day') ?? before?.onDate ?? today
  const known = said === today || said === yesterday
  const kept = /^\d{4}-\d{2}-\d{2}$/.test(said) && !known ? formatDate(said) : ''
  const other = <Field page={page} of={VisitFields} name="otherDay" value={kept} />
  return (
    <Radios
      t={t}
      id="day"
      name="day"
      label={t('support.visit.day')}
      error={errors.day}
      value={known ? said : own}
      options={[
        { value: today, label: t('support.visit.today', { date: formatDate(today) }) },
        { value: yesterday, label: t('support.visit.yesterday', { date: formatDate(yesterday) }) },
        { value: own, label: t('support.visit.otherDayChoice'), reveal: other },
      ]}
    />
  )
}

function Minutes({ page, before }: Props) {
  const { t, errors } = page
  const quick = quickMinutes.map((minutes) => String(minutes))
  const was = before ? String(before.minutes) : undefined
  const chosen = typed(page, 'minutes') ?? (was === undefined || quick.includes(was) ? was : own)
  const other = (
    <Field page={page} of={VisitFields} name="ownMinutes" value={was && !quick.includes(was) ? was : ''} suffix="min" />
  )
  return (
    <Radios
      t={t}
      id="minutes"
      name="minutes"
      label={t('support.visit.minutes')}
      error={errors.minutes}
      value={chosen}
      inline
      small
      options={[
        ...quick.map((value) => ({ value, label: t('support.visit.quick', { minutes: Number(value) }) })),
        { value: own, label: t('support.visit.ownChoice'), reveal: other },
      ]}
    />
  )
}
