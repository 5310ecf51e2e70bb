// How does somebody say why they look for, or at, what is hidden: one of a few purposes, or their own words?
import type { PageContext } from '../../core/page.tsx'
import { Radios } from '../../ui/choices.tsx'
import { TextInput } from '../../ui/fields.tsx'

type Asking = { page: PageContext<unknown> }

/** In words, so that she could read it herself. */
export function Reason({ page: { t, values, errors }, label }: Asking & { label: string }) {
  const input = { t, id: 'reason', name: 'reason', label, hint: t('cases.reveal.reasonHint'), error: errors.reason }
  return <TextInput {...input} value={String(values.reason ?? '')} maxLength={300} />
}

/** Another purpose than those named is told in words. */
export function Why({ page, label, options }: Asking & { label: string; options: { value: string; label: string }[] }) {
  const { t, values, errors } = page
  const reason = <Reason page={page} label={t('cases.reveal.reason')} />
  const chosen = typeof values.purpose === 'string' ? values.purpose : undefined
  return (
    <Radios
      t={t}
      id="purpose"
      name="purpose"
      label={label}
      error={errors.purpose}
      value={chosen}
      options={options.map((one) => (one.value === 'other' ? { ...one, reveal: reason } : one))}
    />
  )
}
