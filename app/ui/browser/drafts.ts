// How is nothing lost when a phone rings, a session ends or a battery dies in the middle of writing?

// Drafts live on the server only: what a browser stores can be found by whoever picks up the phone.
const pause = 2_000
const again = 15_000

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) keepDraft(form)

function keepDraft(form: HTMLFormElement) {
  const status = form.querySelector<HTMLElement>('[data-draft-status]')
  let timer = 0
  let saved = content(form)
  let sending = Promise.resolve()
  const save = () => {
    window.clearTimeout(timer)
    const now = content(form)
    if (now === saved) return
    // One after another, so that an older draft never overtakes a newer one.
    sending = sending.then(async () => {
      const done = await send(form, now)
      if (done) saved = now
      else timer = window.setTimeout(save, again)
      tell(status, done)
    })
  }
  form.addEventListener('input', () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(save, pause)
  })
  // What is being sent is no draft any more; leaving the page must not save it again behind the answer.
  form.addEventListener('submit', () => {
    window.clearTimeout(timer)
    saved = content(form)
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save()
  })
}

/** The fields as JSON text. Secrets, files and our own hidden fields (`_csrf` and the like) stay out. */
function content(form: HTMLFormElement): string {
  const values: Record<string, string | string[]> = {}
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith('_') || typeof value !== 'string' || isSecret(form, name)) continue
    const before = values[name]
    values[name] = before === undefined ? value : [before, value].flat()
  }
  return JSON.stringify(values)
}

function isSecret(form: HTMLFormElement, name: string): boolean {
  const field = form.elements.namedItem(name)
  // Not by its type: a password that is being shown is a text field for that while.
  return field instanceof HTMLInputElement && field.autocomplete.endsWith('password')
}

async function send(form: HTMLFormElement, values: string): Promise<boolean> {
  try {
    const answer = await fetch('/drafts', {
      method: 'POST',
      // Lets the last save finish while the page is being left.
      keepalive: true,
      redirect: 'error',
      headers: { 'content-type': 'application/json', 'x-csrf-token': document.body.dataset.csrf ?? '' },
      body: JSON.stringify({ form: form.dataset.draft, values: JSON.parse(values) }),
    })
    return answer.ok
  } catch {
    return false
  }
}

function tell(status: HTMLElement | null, done: boolean) {
  if (!status) return
  const clock = new Intl.DateTimeFormat('et', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Tallinn' })
  const time = clock.format(new Date()).replace(':', '.')
  status.classList.toggle('tv-draft--failed', !done)
  status.textContent = ((done ? status.dataset.saved : status.dataset.failed) ?? '').replace('%{time}', time)
}
