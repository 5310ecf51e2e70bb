// How does a calendar open beside a date that may also be typed?
import { addMonths, moveBy, readDay, weeksOf, writeDay } from './calendar.ts'

// The system's own calendar writes HTML as text, which our content policy (trusted types) forbids, and speaks only English.
type Words = { choose: string; close: string; previous: string; next: string }
type Picker = { input: HTMLInputElement; toggle: HTMLButtonElement; dialog: HTMLElement; words: Words; at: Date }

const language = document.documentElement.lang
const calendarPath = 'M7 2h2v2h6V2h2v2h4v17H3V4h4zM5 10v9h14v-9zm3 2h3v3H8z'
const backPath = 'M15 5l-7 7 7 7 1.5-1.500L11 12l5.5-5.500z'
const onPath = 'M9 5l7 7-7 7-1.5-1.500L13 12 7.5 6.500z'

/** Adds the button and the calendar to one field; `data-min` and `data-max` are ISO dates. */
export function addCalendar(root: HTMLElement) {
  const input = root.querySelector('input')
  if (!input) return
  const { choose = '', close = '', previous = '', next = '' } = root.dataset
  const wrapper = make('div', 'govuk-input__wrapper')
  const toggle = make('button', 'moj-datepicker__toggle', {
    type: 'button',
    'aria-label': choose,
    'aria-expanded': 'false',
  })
  const dialog = make('div', 'moj-datepicker__dialog', { role: 'dialog', 'aria-label': choose })
  const picker: Picker = { input, toggle, dialog, words: { choose, close, previous, next }, at: today() }
  toggle.append(icon(calendarPath))
  input.replaceWith(wrapper)
  wrapper.append(input, toggle)
  root.append(dialog)
  const limits = { min: root.dataset.min ?? '', max: root.dataset.max ?? '9999' }
  toggle.addEventListener('click', () => (isOpen(picker) ? shut(picker) : open(picker, limits)))
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen(picker)) shut(picker)
  })
  document.addEventListener('pointerdown', (event) => {
    if (isOpen(picker) && !root.contains(event.target as Node)) shut(picker, false)
  })
  root.addEventListener('focusout', (event) => {
    if (isOpen(picker) && event.relatedTarget && !root.contains(event.relatedTarget as Node)) shut(picker, false)
  })
}

type Limits = { min: string; max: string }

function open(picker: Picker, limits: Limits) {
  picker.at = readDay(picker.input.value) ?? today()
  picker.dialog.classList.add('moj-datepicker__dialog--open')
  picker.toggle.setAttribute('aria-expanded', 'true')
  draw(picker, limits)
  focusDay(picker)
}

function shut(picker: Picker, focus = true) {
  picker.dialog.classList.remove('moj-datepicker__dialog--open')
  picker.toggle.setAttribute('aria-expanded', 'false')
  if (focus) picker.toggle.focus()
}

function isOpen(picker: Picker) {
  return picker.dialog.classList.contains('moj-datepicker__dialog--open')
}

function draw(picker: Picker, limits: Limits) {
  const { words, at, dialog } = picker
  const head = make('div', 'moj-datepicker__dialog-header')
  const title = make('h2', 'moj-datepicker__dialog-title', { 'aria-live': 'polite' })
  title.textContent = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
  head.append(step(picker, limits, -1, words.previous, backPath), title, step(picker, limits, 1, words.next, onPath))
  const table = make('table', 'moj-datepicker__calendar', { role: 'grid' })
  table.append(weekdayRow(), ...weeksOf(at).map((week) => weekRow(picker, limits, week)))
  const close = make('button', 'tv-button-quiet', { type: 'button' })
  close.textContent = words.close
  close.addEventListener('click', () => shut(picker))
  dialog.replaceChildren(head, table, close)
}

function step(picker: Picker, limits: Limits, months: number, label: string, path: string) {
  const button = make('button', 'moj-datepicker__button', { type: 'button', 'aria-label': label })
  button.append(icon(path))
  button.addEventListener('click', () => {
    picker.at = addMonths(picker.at, months)
    draw(picker, limits)
    picker.dialog.querySelector<HTMLElement>(`[aria-label="${label}"]`)?.focus()
  })
  return button
}

function weekdayRow() {
  const row = make('tr', '')
  for (const date of weeksOf(new Date(Date.UTC(2026, 5, 1)))[0] ?? []) {
    if (!date) continue
    const name = (weekday: 'narrow' | 'long') =>
      new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(date)
    const cell = make('th', '', { scope: 'col', abbr: name('long') })
    cell.textContent = name('narrow')
    row.append(cell)
  }
  return row
}

function weekRow(picker: Picker, limits: Limits, week: (Date | null)[]) {
  const row = make('tr', '')
  for (const date of week) {
    const cell = make('td', '')
    if (date) cell.append(dayButton(picker, limits, date))
    row.append(cell)
  }
  return row
}

function dayButton(picker: Picker, limits: Limits, date: Date) {
  const iso = date.toISOString().slice(0, 10)
  const here = date.getTime() === picker.at.getTime()
  const classes = [
    'moj-datepicker__button',
    date.getTime() === today().getTime() ? 'moj-datepicker__button--today' : '',
  ]
  const button = make('button', classes.join(' ').trim(), { type: 'button', tabindex: here ? '0' : '-1' })
  button.textContent = String(date.getUTCDate())
  button.setAttribute(
    'aria-label',
    new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(date),
  )
  if (writeDay(date) === picker.input.value) {
    button.classList.add('moj-datepicker__button--selected')
    button.setAttribute('aria-current', 'date')
  }
  const outside = iso < limits.min || iso > limits.max
  if (outside) button.setAttribute('aria-disabled', 'true')
  button.addEventListener('click', () => {
    if (!outside) choose(picker, date)
  })
  button.addEventListener('keydown', (event) => {
    const to = moveBy(date, event.key, event.shiftKey)
    if (!to) return
    event.preventDefault()
    picker.at = to
    draw(picker, limits)
    focusDay(picker)
  })
  return button
}

function choose(picker: Picker, date: Date) {
  picker.input.value = writeDay(date)
  picker.input.dispatchEvent(new Event('input', { bubbles: true }))
  picker.input.dispatchEvent(new Event('change', { bubbles: true }))
  shut(picker)
}

function focusDay(picker: Picker) {
  picker.dialog.querySelector<HTMLElement>('td [tabindex="0"]')?.focus()
}

/** The date in Tallinn, wherever the person is. */
function today() {
  const iso = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Tallinn' }).format(new Date())
  return new Date(`${iso}T00:00:00Z`)
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  look: string,
  attributes: Record<string, string> = {},
) {
  const element = document.createElement(name)
  if (look) element.className = look
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

function icon(path: string) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  for (const [key, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: '24',
    height: '24',
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(key, value)
  }
  shape.setAttribute('fill', 'currentColor')
  shape.setAttribute('fill-rule', 'evenodd')
  shape.setAttribute('d', path)
  svg.append(shape)
  return svg
}
