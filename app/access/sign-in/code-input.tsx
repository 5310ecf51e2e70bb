// Where is a code typed?
import type { FormPage } from '../../core/form/form.tsx'
import { TextInput } from '../../ui/fields.tsx'

type CodeProps = { page: FormPage; label: string; hint?: string; name?: string }

/** Where a code is typed: digits on a phone, filled in by itself where the browser can. */
export function CodeInput({ page, label, hint, name = 'code' }: CodeProps) {
  return (
    <TextInput
      t={page.t}
      id={name}
      name={name}
      label={label}
      hint={hint}
      error={page.errors[name]}
      width={10}
      inputMode="numeric"
      autocomplete="one-time-code"
      maxLength={20}
    />
  )
}
