// What does the link of the letter do? It lets this browser try at once; everything else is asked as ever.
import { Form, type FormPage } from '../../core/form/form.tsx'
import type { Page } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { allowByLetter } from '../browser.server.ts'
import { noteAtDoor } from '../door.server.ts'
import { DeadLink } from '../sign-in/dead-link.tsx'
import { openPage } from '../sign-in/step.server.ts'
import { tokenHash } from './letters.server.ts'

/** Looking changes nothing: a mail filter that follows every link uses none up. */
export const allowPage: Page = {
  operations: [],
  get: async (c) => openPage(c, 'access.allow.title', allow),
  post: async (c) => {
    const who = await allowByLetter(c, tokenHash(c.req.param('token') ?? ''))
    if (!who) return openPage(c, 'access.allow.title', dead, { status: 404 })
    await noteAtDoor('access.browserKnown', who)
    return c.redirect('/sign-in?known=1', 303)
  },
}

const allow = (page: FormPage) => (
  <div class="tv-narrow">
    <h1>{page.t('access.allow.title')}</h1>
    <p class="tv-lead">{page.t('access.allow.lead')}</p>
    <Form page={page}>
      <Button>{page.t('access.allow.go')}</Button>
    </Form>
  </div>
)

const dead = ({ t }: FormPage) => (
  <DeadLink t={t} text={t('access.allow.deadText')} to={{ href: '/sign-in/letter', said: t('access.letter.title') }} />
)
