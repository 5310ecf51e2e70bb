// How does a schema become a form: labels, help, limits and errors said once, in the schema?
import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import { formatDate } from '../../i18n/format.ts'
import { Checkbox, Checkboxes, type Option, Radios, Select } from '../../ui/choices.tsx'
import { DateInput, FileInput, PasswordInput, TextArea, TextInput } from '../../ui/fields.tsx'
import { ErrorSummary } from '../../ui/frame/error-summary.tsx'
import { DraftStatus } from '../../ui/record/draft.tsx'
import type { PageContext } from '../page.tsx'
import { fieldMeta } from './fields.ts'

/** What a form needs of its page; pages without a person (sign-in) give the same. */
export type FormPage = Pick<PageContext<unknown>, 't' | 'values' | 'errors'> & {
  tokens?: PageContext<unknown>['tokens']
}

type FormProps = {
  page: FormPage
  /** Where it is sent; the page's own address by default. */
  to?: string
  /** A form with a file. */
  files?: boolean
  /** Saves what is being typed on the server under this page's address. */
  draft?: string
  /** By what buttons outside of it belong to it. */
  id?: string
  children: Child
}

/** A form with the session's token, its single-effect key and its owner's mark; errors first, in a summary. */
export function Form({ page, to, files, draft, id, children }: FormProps) {
  const enctype = files ? 'multipart/form-data' : undefined
  return (
    <>
      <Errors page={page} />
      <form method="post" action={to} enctype={enctype} data-draft={draft} id={id} novalidate>
        <Tokens page={page} />
        {children}
        {draft ? <DraftStatus t={page.t} /> : null}
      </form>
    </>
  )
}

/** The hidden fields of every form. */
export function Tokens({ page }: { page: FormPage }) {
  if (!page.tokens) return null
  return (
    <>
      <input type="hidden" name="_csrf" value={page.tokens.csrf} />
      <input type="hidden" name="_once" value={page.tokens.once} />
      <input type="hidden" name="_owner" value={page.tokens.owner} />
    </>
  )
}

/** What went wrong, on top; for pages whose form is not a `Form`. */
export function Errors({ page }: { page: FormPage }) {
  const errors = Object.entries(page.errors).map(([name, text]) => ({ text, href: name ? `#${name}` : undefined }))
  return errors.length ? <ErrorSummary t={page.t} errors={errors} /> : null
}

type FieldProps<S extends z.ZodObject> = {
  page: FormPage
  of: S
  name: keyof S['shape'] & string
  /** Answers known only at run time (people, counties); otherwise those of the schema are offered. */
  options?: readonly Option[]
  /** The value shown when nothing has been typed yet. */
  value?: string | number | boolean | readonly string[] | null
  /** A choice shown as a list to open rather than as buttons. */
  list?: boolean
  inline?: boolean
  suffix?: string
  width?: 3 | 5 | 10 | 20 | 'full'
  rows?: number
  autocomplete?: string
  heading?: boolean
}

/** One field of a schema. A screen that needs something else writes the field from `ui/` itself. */
export function Field<S extends z.ZodObject>(props: FieldProps<S>) {
  const { page, of, name } = props
  const meta = fieldMeta(of.shape[name] as z.ZodType)
  const base = {
    t: page.t,
    id: name,
    name,
    label: meta.label ? page.t(meta.label) : name,
    hint: meta.hint ? page.t(meta.hint) : undefined,
    error: page.errors[name],
    optional: meta.optional === true && meta.kind !== 'yes',
    heading: props.heading,
    autocomplete: props.autocomplete,
  }
  const typed = page.values[name]
  // In a form that came back, a box without a value is one that was not ticked.
  const sentBack = '_csrf' in page.values
  const value = typed === undefined ? shown(props.value) : String(typed)
  const options =
    props.options ?? (meta.options ?? []).map((option) => ({ value: option.value, label: page.t(option.label) }))
  switch (meta.kind) {
    case 'long':
      return <TextArea {...base} value={value} maxLength={meta.max} rows={props.rows} />
    case 'date':
      return <DateInput {...base} autocomplete={props.autocomplete} value={asDate(value)} />
    case 'choice':
      return props.list ? (
        <Select {...base} options={options} value={value} />
      ) : (
        <Radios {...base} options={options} value={value || undefined} inline={props.inline} />
      )
    case 'choices':
      return <Checkboxes {...base} options={options} values={listOf(typed ?? (sentBack ? [] : props.value))} />
    case 'yes':
      return (
        <Checkbox
          {...base}
          checked={typed === undefined ? !sentBack && props.value === true : typed === 'yes' || typed === 'on'}
        />
      )
    case 'password':
      return (
        <PasswordInput
          {...base}
          autocomplete={props.autocomplete === 'new-password' ? 'new-password' : 'current-password'}
        />
      )
    case 'file':
      return <FileInput {...base} accept=".xlsx" />
    case 'number':
    case 'money':
      return (
        <TextInput
          {...base}
          value={value}
          width={props.width ?? 5}
          suffix={props.suffix}
          inputMode={meta.kind === 'number' ? 'numeric' : 'decimal'}
        />
      )
    default:
      return (
        <TextInput
          {...base}
          value={value}
          width={props.width}
          maxLength={meta.max}
          type={meta.kind === 'email' || meta.kind === 'tel' ? meta.kind : 'text'}
          suffix={props.suffix}
        />
      )
  }
}

const shown = (value: FieldProps<z.ZodObject>['value']): string =>
  value === null || value === undefined ? '' : String(value)
const asDate = (value: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value)

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String)
  return value === undefined || value === null || value === '' ? [] : [String(value)]
}
