// What does somebody do who cannot come in? The same for everybody: this page asks nothing and knows nobody.
import { send } from '../../core/answer/document.tsx'
import type { Page } from '../../core/page.tsx'
import { translator } from '../../i18n/i18n.ts'
import { BackLink } from '../../ui/buttons.tsx'
import { isOffered } from '../oidc/provider.server.ts'

const steps = ['password', 'code', 'key', 'card', 'lost', 'invited'] as const

/** Of the card nothing is said where this house does not know the state's sign-in. */
const isHere = (step: (typeof steps)[number]) => step !== 'card' || isOffered()

export const lockedOutPage: Page = {
  operations: [],
  get: async (c) => {
    const t = translator(c.get('locale'))
    const body = (
      <div class="tv-narrow">
        <BackLink href="/sign-in">{t('access.signIn.title')}</BackLink>
        <h1>{t('access.lockedOut.title')}</h1>
        {steps.filter(isHere).map((step) => (
          <section>
            <h2>{t(`access.lockedOut.${step}`)}</h2>
            {t(`access.lockedOut.${step}Text`)
              .split('\n')
              .map((line) => (
                <p>{line}</p>
              ))}
            {step === 'password' ? (
              <p>
                {t('access.lockedOut.letter')} <a href="/sign-in/letter">{t('access.letter.title')}</a>
              </p>
            ) : null}
          </section>
        ))}
      </div>
    )
    return send(c, { title: t('access.help.title'), me: c.get('me'), body })
  },
}
