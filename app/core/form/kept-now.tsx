// What stands there now, where somebody else has written the same words while I was writing?
import type { z } from 'zod'
import { Callout } from '../../ui/panel.tsx'
import { fieldMeta } from './fields.ts'
import type { FormPage } from './form.tsx'

type KeptNowProps<S extends z.ZodObject> = {
  page: FormPage
  of: S
  name?: string
  /** What is kept now. */
  version: string | number | null
  /** Its words, by the names of the fields. */
  kept: Partial<Record<keyof S['shape'] & string, Kept>>
  /** Questions that are not in the schema, with what is kept of them and how it is said. */
  beside?: readonly Beside[]
}
type Kept = string | number | null | undefined
type Beside = { name: string; value: string; label: string; text: string }

/** Says which version is being written over, and shows what is kept now where that is not the one that was read. */
export function KeptNow<S extends z.ZodObject>(props: KeptNowProps<S>) {
  const { page, of, name = 'seen', version, kept, beside = [] } = props
  const [read, now] = [page.values[name], String(version ?? '')]
  const overtaken = read !== undefined && String(read) !== now
  const lines = overtaken ? differing(page, [...fieldsOf(page, of, kept), ...beside]) : []
  return (
    <>
      {lines.length > 0 ? (
        <Callout kind="attention" title={page.t('core.form.keptNow')}>
          <dl>
            {lines.map(({ label, text }) => (
              <>
                <dt>{label}</dt>
                <dd class="tv-words">{text}</dd>
              </>
            ))}
          </dl>
        </Callout>
      ) : null}
      <input type="hidden" name={name} value={now} />
    </>
  )
}

/** Each field with what is kept in it; of a choice the word that stands on the screen. */
function fieldsOf({ t }: FormPage, of: z.ZodObject, kept: Record<string, Kept>): Beside[] {
  return Object.entries(kept).flatMap(([name, given]) => {
    const value = String(given ?? '')
    const { label, options } = fieldMeta(of.shape[name] as z.ZodType)
    const chosen = options?.find((option) => option.value === value)?.label
    return label ? [{ name, value, label: t(label), text: chosen ? t(chosen) : value }] : []
  })
}

// A browser ends a line in another way than what was not typed in one.
const words = (value: unknown) =>
  String(value ?? '')
    .replaceAll('\r\n', '\n')
    .trim()

const differing = ({ t, values }: FormPage, all: readonly Beside[]) =>
  all
    .filter(({ name, value }) => words(values[name]) !== words(value))
    .map(({ label, text }) => ({ label, text: text || t('core.form.keptNone') }))
