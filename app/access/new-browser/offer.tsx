// What is offered to whoever has to wait at the door because others were wrong?
import type { FormPage } from '../../core/form/form.tsx'
import { Button } from '../../ui/buttons.tsx'

/** Beside the word that one has to wait. What was typed goes along. */
export function LetterOffer({ page: { t, values } }: { page: FormPage }) {
  return (
    <section class="tv-card tv-card--quiet" aria-labelledby="letter-offer">
      <h2 id="letter-offer">{t('access.letter.offer')}</h2>
      <p>{t('access.letter.offerText')}</p>
      <form method="post" action="/sign-in/letter">
        <input type="hidden" name="email" value={String(values.email ?? '')} />
        <Button kind="secondary">{t('access.letter.go')}</Button>
      </form>
    </section>
  )
}
