// How is a choice among known answers asked?
import type { Child } from 'hono/jsx'
import { type FieldProps, Help, state } from './fields.tsx'

/** `reveal` is shown only while this answer is chosen. `divider` is a word before it: "või". */
export type Option = {
  value: string
  label: string
  hint?: string
  reveal?: Child
  divider?: string
  disabled?: boolean
}

/** One of many, where the list is long and known (counties); otherwise ask with `Radios`. */
export function Select(props: FieldProps & { options: readonly Option[]; value?: string }) {
  const { t, id, name, label, hint, error, optional, options, value } = props
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <label class="govuk-label" for={id}>
        {label}
        {optional ? <span class="tv-optional"> ({t('ui.optional')})</span> : null}
      </label>
      <Help t={t} id={id} hint={hint} error={error} />
      <select class={`govuk-select${error ? ' govuk-select--error' : ''}`} id={id} name={name} {...state(props)}>
        {options.some((option) => option.value === '') ? null : (
          <option value="" selected={!value}>
            {t('ui.select.choose')}
          </option>
        )}
        {options.map((option) => (
          <option value={option.value} selected={option.value === (value ?? '')} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

type ChoiceProps = FieldProps & {
  options: readonly Option[]
  /** Side by side, for two or three short answers ("Jah", "Ei"). */
  inline?: boolean
  small?: boolean
}

/** One of a few. */
export function Radios(props: ChoiceProps & { value?: string }) {
  return <Choices {...props} kind="radios" chosen={props.value === undefined ? [] : [props.value]} />
}

/** Any of a few; the form sends the name once per answer. */
export function Checkboxes(props: ChoiceProps & { values?: readonly string[] }) {
  return <Choices {...props} kind="checkboxes" chosen={props.values ?? []} />
}

/** A single yes: sends `yes` when ticked and nothing when not. */
export function Checkbox(props: FieldProps & { checked?: boolean; value?: string }) {
  const { id, name, label, hint, error, checked, value = 'yes', t } = props
  const option = { value, label, hint }
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <Help t={t} id={id} error={error} />
      <div class="govuk-checkboxes">
        <Answer kind="checkboxes" id={id} name={name} option={option} checked={checked === true} error={error} />
      </div>
    </div>
  )
}

function Choices(props: ChoiceProps & { kind: 'radios' | 'checkboxes'; chosen: readonly string[] }) {
  const { t, id, name, label, hint, error, optional, options, kind, chosen, inline, small, heading } = props
  const looks = `${inline ? ` govuk-${kind}--inline` : ''}${small ? ` govuk-${kind}--small` : ''}`
  const words = (
    <>
      {label}
      {optional ? <span class="tv-optional"> ({t('ui.optional')})</span> : null}
    </>
  )
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <fieldset class="govuk-fieldset" aria-describedby={state(props)['aria-describedby']}>
        <legend class={`govuk-fieldset__legend${heading ? ' govuk-fieldset__legend--l' : ''}`}>
          {heading ? <h1 class="govuk-fieldset__heading">{words}</h1> : words}
        </legend>
        <Help t={t} id={id} hint={hint} error={error} />
        <div class={`govuk-${kind}${looks}`}>
          {options.map((option, index) => (
            <>
              {option.divider ? <div class={`govuk-${kind}__divider`}>{option.divider}</div> : null}
              <Answer
                kind={kind}
                id={index === 0 ? id : `${id}-${index + 1}`}
                name={name}
                option={option}
                checked={chosen.includes(option.value)}
              />
            </>
          ))}
        </div>
      </fieldset>
    </div>
  )
}

type AnswerProps = {
  kind: 'radios' | 'checkboxes'
  id: string
  name: string
  option: Option
  checked: boolean
  error?: string
}

function Answer({ kind, id, name, option, checked, error }: AnswerProps) {
  const hintId = `${id}-item-hint`
  const described = [error ? `${id}-error` : '', option.hint ? hintId : ''].filter(Boolean).join(' ')
  return (
    <>
      <div class={`govuk-${kind}__item`}>
        <input
          class={`govuk-${kind}__input`}
          id={id}
          name={name}
          type={kind === 'radios' ? 'radio' : 'checkbox'}
          value={option.value}
          checked={checked}
          disabled={option.disabled}
          aria-describedby={described || undefined}
        />
        <label class={`govuk-label govuk-${kind}__label`} for={id}>
          {option.label}
        </label>
        {option.hint ? (
          <div class={`govuk-hint govuk-${kind}__hint`} id={hintId}>
            {option.hint}
          </div>
        ) : null}
      </div>
      {option.reveal ? <div class={`govuk-${kind}__conditional`}>{option.reveal}</div> : null}
    </>
  )
}
