// How is the same form sent once more, under the same key, by whoever cannot know whether it arrived?
import type { T } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { secret } from './unsaved.tsx'

type Props = { t: T; path: string; values: Record<string, unknown> }

/** The form as it was sent, in a button; what held a file or a secret is sent again by the browser itself. */
export function SendAgain({ t, path, values }: Props) {
  const fields = Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })))
  if (!fields.every(({ name, value }) => typeof value === 'string' && !secret.test(name)))
    return <p>{t('core.form.reload')}</p>
  return (
    <form method="post" action={path}>
      {fields.map(({ name, value }) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      <Button>{t('core.form.again')}</Button>
    </form>
  )
}
