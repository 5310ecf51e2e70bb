// How does the browser put our question to a key, and send back what the key says?

for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) offer(place)

function offer(place: HTMLElement) {
  const form = place.querySelector('form')
  // Browsers that cannot read the question keep the words that say what else to do.
  if (!form || !('PublicKeyCredential' in window) || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) return
  form.hidden = false
  for (const without of place.querySelectorAll<HTMLElement>('[data-passkey-without]')) without.hidden = true
  let asking = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (asking) return
    asking = true
    await ask(place, form)
    asking = false
  })
}

async function ask(place: HTMLElement, form: HTMLFormElement) {
  const { cancelled = '', known = '', failed = '' } = place.dataset
  say(place, '')
  try {
    const answer = await question(place)
    // The proof is too old by now: the server keeps what was typed and asks for a new one.
    if (answer.status === 403) return form.submit()
    if (!answer.ok) return say(place, failed)
    const credential = await answered(place, await answer.json())
    const field = form.elements.namedItem('credential')
    if (!(credential instanceof PublicKeyCredential && field instanceof HTMLInputElement)) return say(place, failed)
    field.value = JSON.stringify(credential.toJSON())
    form.submit()
  } catch (error) {
    const why = error instanceof DOMException ? error.name : ''
    say(place, why === 'InvalidStateError' ? known : why === 'NotAllowedError' ? cancelled : failed)
  }
}

function question(place: HTMLElement): Promise<Response> {
  // At the door an address may have been typed already; then the keys of that address are asked for.
  const email = place.dataset.email
  const typed = email ? document.querySelector<HTMLInputElement>(email)?.value : undefined
  return fetch(place.dataset.options ?? '', {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json', 'x-csrf-token': document.body.dataset.csrf ?? '' },
    body: JSON.stringify({ email: typed ?? '' }),
  })
}

async function answered(place: HTMLElement, options: unknown): Promise<Credential | null> {
  if (place.dataset.passkey === 'create') {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      options as PublicKeyCredentialCreationOptionsJSON,
    )
    return navigator.credentials.create({ publicKey })
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON)
  return navigator.credentials.get({ publicKey })
}

function say(place: HTMLElement, text: string) {
  const status = place.querySelector('[data-passkey-status]')
  if (status) status.textContent = text
}
