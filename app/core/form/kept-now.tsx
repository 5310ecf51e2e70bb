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
  kept: Partial<Record<keyof S['shape'] & string, string | number | null | undefined>>
}

/** Says which version is being written over, and shows what is kept now where that is not the one that was read. */
export function KeptNow<S extends z.ZodObject>({ page, of, name = 'seen', version, kept }: KeptNowProps<S>) {
  const [read, now] = [page.values[name], String(version ?? '')]
  const lines = read === undefined || String(read) === now ? [] : differences(page, of, kept)
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

function differences(
  { t, values }: FormPage,
  of: z.ZodObject,
  kept: Record<string, string | number | null | undefined>,
) {
  return Object.entries(kept).flatMap(([name, value]) => {
    const [mine, text] = [String(values[name] ?? '').trim(), String(value ?? '')]
    const { label } = fieldMeta(of.shape[name] as z.ZodType)
    return mine === text || !label ? [] : [{ label: t(label), text: text || t('core.form.keptNone') }]
  })
}
