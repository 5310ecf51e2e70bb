// What does a page offer in its form: hidden values, boxes and lists, as a browser would send them?

export type Offered = { hidden: boolean; values: string[] }

const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
const plain = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The fields of the form that is sent to this path, with what may be chosen in each. */
export function offeredBy(html: string, path: string): Map<string, Offered> {
  const found = new Map<string, Offered>()
  const offer = (name: string | undefined, value: string | undefined, hidden: boolean) => {
    if (!name || name.startsWith('_') || value === undefined) return
    const known = found.get(name) ?? { hidden, values: [] }
    if (value !== '') known.values.push(plain(value))
    found.set(name, known)
  }
  for (const [, head = '', inside = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    if (!/method="post"/.test(head) || plain(attribute(head, 'action') ?? path).replace(/\?.*/, '') !== path) continue
    for (const [tag] of inside.matchAll(/<(?:input|button)\b[^>]*>/g)) {
      const type = attribute(tag, 'type') ?? 'text'
      if (['hidden', 'radio', 'checkbox'].includes(type))
        offer(attribute(tag, 'name'), attribute(tag, 'value'), type === 'hidden')
    }
    for (const [list, top = ''] of inside.matchAll(/<select\b([^>]*)>[\s\S]*?<\/select>/g))
      for (const [option] of list.matchAll(/<option\b[^>]*>/g))
        offer(attribute(top, 'name'), attribute(option, 'value'), false)
  }
  return found
}

/** The same body with what only the page knows: what was read, which version, what can be chosen. */
export function filledIn(body: URLSearchParams, offered: Map<string, Offered>): URLSearchParams {
  const filled = new URLSearchParams(body)
  for (const [name, { hidden, values }] of offered) {
    const [first] = values
    if (first === undefined || (!hidden && values.includes(filled.get(name) ?? ''))) continue
    filled.delete(name)
    for (const value of hidden ? values : [first]) filled.append(name, value)
  }
  return filled
}
