// Does every field tie its label, help and error to the place where one writes?
import { expect, test } from 'vitest'
import { translator } from '../i18n/i18n.ts'
import { Checkbox, Checkboxes, Radios, Select } from './choices.tsx'
import { DateInput, PasswordInput, TextArea, TextInput } from './fields.tsx'

const t = translator('et')
const about = { t, id: 'way', name: 'way', label: 'Kuidas?' }

test('a field in error names its hint and its error, and says so aloud', () => {
  const html = String(<TextInput {...about} hint="Lühidalt." error="Kirjuta midagi." />)
  expect(html).toContain('<label class="govuk-label" for="way">Kuidas?')
  expect(html).toContain('aria-describedby="way-hint way-error"')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toMatch(/id="way-error"[^>]*><span class="govuk-visually-hidden">Viga:<\/span> Kirjuta midagi\./)
})

test('a field in order claims no error and describes itself by nothing', () => {
  const html = String(<TextInput {...about} />)
  expect(html).not.toContain('aria-describedby')
  expect(html).not.toContain('aria-invalid')
})

test('what a person wrote is shown as they wrote it, markup and first line break included', () => {
  expect(String(<TextInput {...about} value={'"><script>'} />)).toContain('value="&quot;&gt;&lt;script&gt;"')
  expect(String(<TextArea {...about} value={'\nRida'} />)).toContain('>\n\nRida</textarea>')
})

test('a limited text says the limit without scripts and brings the words for counting with them', () => {
  const html = String(<TextArea {...about} maxLength={300} />)
  expect(html).toContain('aria-describedby="way-info"')
  expect(html).toContain('Kuni 300 tähemärki')
  expect(html).toContain('data-i18n.characters-under-limit.one="Jäänud on %{count} tähemärk"')
  expect(html).toContain('data-i18n.characters-over-limit.other="%{count} tähemärki on liiga palju"')
  const russian = String(<TextArea {...about} t={translator('ru')} maxLength={300} />)
  expect(russian).toContain('data-i18n.characters-under-limit.few="Осталось %{count} знака"')
  expect(russian).toContain('data-i18n.characters-under-limit.many="Осталось %{count} знаков"')
})

test('a date shows how to write it after its own hint', () => {
  const html = String(<DateInput {...about} hint="Esimene päev." value="28.02.2026" min="2026-01-01" />)
  expect(html).toContain('Esimene päev. Näiteks 28.02.2026')
  expect(html).toContain('data-min="2026-01-01"')
  expect(html).toContain('value="28.02.2026"')
})

test('a password never carries a value', () => {
  expect(String(<PasswordInput {...about} />)).not.toContain('value=')
})

const options = [
  { value: 'a', label: 'Kohtusime' },
  { value: 'b', label: 'Muul viisil', hint: 'kirjalikult', reveal: <p id="more">Kuidas?</p> },
]

test('the first answer has the id that the error summary leads to', () => {
  const html = String(<Radios {...about} options={options} value="b" error="Vali üks." />)
  expect(html).toMatch(/id="way" name="way" type="radio" value="a"/)
  expect(html).toMatch(/id="way-2" name="way" type="radio" value="b" checked=""/)
  expect(html).toContain('<fieldset class="govuk-fieldset" aria-describedby="way-error">')
  expect(html).toContain('id="more"')
})

test('several answers may be chosen, a single one only once', () => {
  const html = String(<Checkboxes {...about} options={options} values={['a', 'b']} />)
  expect(html.match(/checked=""/g)).toHaveLength(2)
  expect(String(<Checkbox {...about} checked />)).toContain('value="yes" checked=""')
  expect(String(<Checkbox {...about} />)).not.toContain('checked=""')
})

test('a list without an empty answer begins with a request to choose', () => {
  expect(String(<Select {...about} options={options} />)).toContain('<option value="" selected="">Vali</option>')
  const chosen = String(<Select {...about} options={options} value="b" />)
  expect(chosen).toContain('<option value="b" selected="">')
  expect(chosen.match(/selected=""/g)).toHaveLength(1)
})
