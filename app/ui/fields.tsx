// How is one thing asked: label, help, error and the place to write, tied together for eyes, ears and keyboards?
import type { Child } from 'hono/jsx'
import type { T } from '../i18n/i18n.ts'
import { counterWords, passwordWords } from './browser/words.ts'

/** Words come translated. `id` is what the error summary links to. A field is required unless `optional`. */
export type FieldProps = {
  t: T
  id: string
  name: string
  label: string
  hint?: string
  error?: string
  optional?: boolean
  /** The label is the page's only question and becomes its h1. */
  heading?: boolean
}
/** `5` for a figure, `10` for a date or code, `20` for a name, `full` (the default) for the rest. */
export type Width = 3 | 5 | 10 | 20 | 'full'
export type TextProps = FieldProps & {
  value?: string
  type?: 'text' | 'email' | 'tel' | 'search' | 'time' | 'month'
  maxLength?: number
  autocomplete?: string
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search'
  width?: Width
  /** A unit said before or after: "min", "€", "km". */
  prefix?: string
  suffix?: string
  spellcheck?: boolean
}

export function TextInput(props: TextProps) {
  const { id, name, value, type = 'text', width = 'full', prefix, suffix } = props
  const input = (
    <input
      class={`govuk-input${widthClass(width)}${props.error ? ' govuk-input--error' : ''}`}
      id={id}
      name={name}
      type={type}
      value={value}
      maxlength={props.maxLength}
      autocomplete={props.autocomplete ?? 'off'}
      inputmode={props.inputMode}
      spellcheck={props.spellcheck}
      {...state(props)}
    />
  )
  return (
    <Group {...props}>
      {prefix || suffix ? (
        <div class="govuk-input__wrapper">
          {prefix ? <Affix kind="prefix" text={prefix} /> : null}
          {input}
          {suffix ? <Affix kind="suffix" text={suffix} /> : null}
        </div>
      ) : (
        input
      )}
    </Group>
  )
}

export type AreaProps = FieldProps & { value?: string; rows?: number; maxLength?: number; spellcheck?: boolean }

/** With `maxLength` it says how much may be written and, where scripts run, how much is left. The server has the last word. */
export function TextArea(props: AreaProps) {
  const { t, id, name, value = '', rows = 5, maxLength, error } = props
  const area = (
    <textarea
      class={`govuk-textarea${error ? ' govuk-textarea--error' : ''}${maxLength ? ' govuk-js-character-count' : ''}`}
      id={id}
      name={name}
      rows={rows}
      spellcheck={props.spellcheck}
      {...state(props, maxLength ? [`${id}-info`] : [])}
    >
      {/* A browser drops a first line break; ours is the one it drops. */}
      {`\n${value}`}
    </textarea>
  )
  if (!maxLength) return <Group {...props}>{area}</Group>
  return (
    <Group {...props} counter={counterWords(t, maxLength)}>
      {area}
      <div id={`${id}-info`} class="govuk-hint govuk-character-count__message">
        {t('ui.count.limit', { count: maxLength })}
      </div>
    </Group>
  )
}

/** A date written as 28.02.2026. Where scripts run, a calendar opens beside it. `min`/`max` are ISO dates. */
export function DateInput(props: FieldProps & { value?: string; min?: string; max?: string; autocomplete?: string }) {
  const { t, id, name, value, error } = props
  const hint = [props.hint, t('ui.date.hint')].filter(Boolean).join(' ')
  const words = {
    'data-choose': t('ui.date.choose'),
    'data-close': t('ui.date.close'),
    'data-previous': t('ui.date.previousMonth'),
    'data-next': t('ui.date.nextMonth'),
  }
  return (
    <Group {...props} hint={hint}>
      <div class="moj-datepicker" data-module="tv-date" data-min={props.min} data-max={props.max} {...words}>
        <input
          class={`govuk-input govuk-input--width-10${error ? ' govuk-input--error' : ''}`}
          id={id}
          name={name}
          type="text"
          inputmode="decimal"
          value={value}
          maxlength={20}
          autocomplete={props.autocomplete ?? 'off'}
          {...state({ ...props, hint })}
        />
      </div>
    </Group>
  )
}

/** `accept` as in HTML (".xlsx"); the server checks again. */
export function FileInput(props: FieldProps & { accept?: string; multiple?: boolean }) {
  const error = props.error ? ' govuk-file-upload--error' : ''
  return (
    <Group {...props}>
      <input
        class={`govuk-file-upload tv-file${error}`}
        id={props.id}
        name={props.name}
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        {...state(props)}
      />
    </Group>
  )
}

/** What was typed never comes back from the server, so there is no `value`. */
export function PasswordInput(props: FieldProps & { autocomplete?: 'current-password' | 'new-password' }) {
  const { t, id, name, error, autocomplete = 'current-password' } = props
  return (
    <Group {...props} password={passwordWords(t)}>
      <div class="govuk-input__wrapper govuk-password-input__wrapper">
        <input
          class={`govuk-input govuk-password-input__input govuk-js-password-input-input${error ? ' govuk-input--error' : ''}`}
          id={id}
          name={name}
          type="password"
          spellcheck={false}
          autocapitalize="none"
          autocomplete={autocomplete}
          {...state(props)}
        />
        <button
          type="button"
          class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
          aria-controls={id}
          aria-label={t('ui.password.showLabel')}
          hidden
        >
          {t('ui.password.show')}
        </button>
      </div>
    </Group>
  )
}

type GroupProps = FieldProps & {
  children: Child
  counter?: Record<string, string | number>
  password?: Record<string, string>
}

function Group({ t, id, label, hint, error, optional, heading, children, counter, password }: GroupProps) {
  const module = counter
    ? { 'data-module': 'govuk-character-count', ...counter }
    : password && { 'data-module': 'govuk-password-input', ...password }
  const kind = counter ? ' govuk-character-count' : password ? ' govuk-password-input' : ''
  const words = (
    <label class={`govuk-label${heading ? ' govuk-label--l' : ''}`} for={id}>
      {label}
      {optional ? <span class="tv-optional"> ({t('ui.optional')})</span> : null}
    </label>
  )
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}${kind}`} {...module}>
      {heading ? <h1 class="govuk-label-wrapper">{words}</h1> : words}
      <Help t={t} id={id} hint={hint} error={error} />
      {children}
    </div>
  )
}

/** Hint and error of a field, with the ids that `state` refers to. */
export function Help({ t, id, hint, error }: { t: T; id: string; hint?: string; error?: string }) {
  return (
    <>
      {hint ? (
        <div class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      {error ? (
        <p class="govuk-error-message" id={`${id}-error`}>
          <span class="govuk-visually-hidden">{t('ui.error.prefix')}</span> {error}
        </p>
      ) : null}
    </>
  )
}

/** What the place to write says about itself: which texts describe it, and whether it is in error. */
export function state({ id, hint, error }: { id: string; hint?: string; error?: string }, also: string[] = []) {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : '', ...also].filter(Boolean)
  return { 'aria-describedby': ids.length ? ids.join(' ') : undefined, 'aria-invalid': error ? 'true' : undefined }
}

function widthClass(width: Width) {
  return width === 'full' ? '' : ` govuk-input--width-${width}`
}

function Affix({ kind, text }: { kind: 'prefix' | 'suffix'; text: string }) {
  return (
    <div class={`govuk-input__${kind}`} aria-hidden="true">
      {text}
    </div>
  )
}
