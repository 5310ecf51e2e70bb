// How does a script put words into the page that the server has written?
import type { Words } from '../words.ts'

/** Words with `%{name}` filled in. */
export const fill = (text: string, args: Record<string, string | number>): string =>
  text.replace(/%\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole))

/** The form of the sentence that this number takes in this language. */
export function counted(words: Words, forms: Record<string, string>, count: number): string {
  const form = count === 0 && forms.none ? 'none' : new Intl.PluralRules(words.locale).select(count)
  return fill(forms[form] ?? forms.other ?? '', { count })
}

type Scope = ParentNode

export const find = <E extends HTMLElement = HTMLElement>(scope: Scope, selector: string): E => {
  const found = scope.querySelector<E>(selector)
  if (!found) throw new Error(`not on the page: ${selector}`)
  return found
}

export const place = (scope: Scope, name: string): HTMLElement => find(scope, `[data-put="${name}"]`)

/** Sets the words of a place; an empty one is not shown. */
export function put(scope: Scope, name: string, text: string | null | undefined): void {
  const at = place(scope, name)
  at.textContent = text ?? ''
  at.hidden = !text
}

/** Says what is wrong where it is wrong, and takes the person there. */
export function sayAt(form: HTMLFormElement, name: string, text: string): void {
  put(form, 'wrong', text)
  const field = find<HTMLInputElement>(form, `[name="${name}"]`)
  const whole =
    field.closest(field.type === 'radio' ? '.govuk-radios' : '.govuk-input__wrapper, .govuk-button-group') ?? field
  whole.before(place(form, 'wrong'))
  field.focus()
}

export const list = (scope: Scope, name: string): HTMLElement => find(scope, `[data-list="${name}"]`)

/** A copy of the pattern that the page holds for things of this kind. */
export function pattern(root: Scope, name: string): HTMLElement {
  const copy = find<HTMLTemplateElement>(root, `template[data-one="${name}"]`).content.firstElementChild?.cloneNode(
    true,
  )
  return copy as HTMLElement
}

export const screenOf = (root: Scope, name: string): HTMLElement => find(root, `[data-screen="${name}"]`)

/** Shows one screen and hides the others; whoever listens instead of looking is taken to its heading. */
export function show(root: HTMLElement, name: string): HTMLElement {
  for (const screen of root.querySelectorAll<HTMLElement>('[data-screen]'))
    screen.hidden = screen.dataset.screen !== name
  window.scrollTo(0, 0)
  const shown = screenOf(root, name)
  const heading = find(shown, 'h1')
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return shown
}

/** Answers to a button that does `what`, wherever in this part of the page it stands. */
export function onPress(scope: HTMLElement, what: string, answer: (button: HTMLElement) => unknown): void {
  scope.addEventListener('click', (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>(`[data-do="${what}"]`)
    if (button && scope.contains(button)) void answer(button)
  })
}

/** Answers to a form that is sent, one sending after another; `pressed` is the value of the button. */
export function onSend(
  root: HTMLElement,
  name: string,
  answer: (form: HTMLFormElement, pressed: string) => Promise<unknown>,
): void {
  const form = find<HTMLFormElement>(root, `form[data-form="${name}"]`)
  let busy = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    // A second press while the first is being kept would keep it twice.
    if (busy) return
    busy = true
    await answer(form, (event.submitter as HTMLButtonElement | null)?.value ?? '').finally(() => {
      busy = false
    })
  })
}

export const valuesOf = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))

/** Puts values back into a form. */
export function refill(form: HTMLFormElement, values: Record<string, unknown>): void {
  form.reset()
  for (const field of form.elements) {
    if (
      !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)
    )
      continue
    const value = values[field.name]
    if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type)) {
      if (value !== undefined) field.checked = field.value === String(value)
    } else if (value !== undefined && value !== null) field.value = String(value)
  }
}
