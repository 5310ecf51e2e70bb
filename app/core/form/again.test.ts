// Does what nobody could know go out once more as it was, and nothing secret with it?
import { expect, test } from 'vitest'
import { translator } from '../../i18n/i18n.ts'
import { SendAgain } from './again.tsx'

const t = translator('et')
const again = (values: Record<string, unknown>) => String(SendAgain({ t, path: '/support/visits/new', values }))

test('the same form under the same key, also where something was chosen more than once', () => {
  const html = again({ _once: 'k', note: 'Näidis "x"', languages: ['et', 'ru'] })
  expect(html).toContain('action="/support/visits/new"')
  expect(html).toContain('name="_once" value="k"')
  expect(html).toContain('value="Näidis &quot;x&quot;"')
  expect(html.match(/name="languages"/g)).toHaveLength(2)
  expect(html).toContain(t('core.form.again'))
})

test('what held a secret or a file the browser sends again itself', () => {
  for (const held of [{ password: 'x' }, { personalCode: '1' }, { file: new Blob(['x']) }]) {
    const html = again({ _once: 'k', ...held })
    expect(html).toContain(t('core.form.reload'))
    expect(html).not.toContain('<input')
  }
})
