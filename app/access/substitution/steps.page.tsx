// How is a request to stand in answered, and how is a substitution ended before its day?
import { Form, Tokens } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { BackLink, Button, ButtonGroup } from '../../ui/buttons.tsx'
import { fresh } from '../fresh.ts'
import { termWords } from './parts.tsx'
import { confirmSubstitution, endSubstitution, openSubstitution } from './substitutions.server.ts'

/** An administrator reads who asks and says yes here, or no below. */
export const confirmSubstitutionPage = fresh(
  form(
    openSubstitution,
    confirmSubstitution,
    {
      title: 'access.substitution.title',
      body: (page) => {
        const { t } = page
        const { one, waits } = page.data
        return (
          <div class="tv-narrow">
            <BackLink href="/substitution">{t('access.substitution.title')}</BackLink>
            <h1>{t('access.substitution.confirm')}</h1>
            {waits ? (
              <>
                <p>
                  {t('access.substitution.confirmWho', { taker: one.taker, giver: one.giver, term: termWords(t, one) })}
                </p>
                <p>{t('access.substitution.confirmText')}</p>
                <ButtonGroup>
                  <Form page={page}>
                    <Button>{t('access.substitution.confirmGo')}</Button>
                  </Form>
                  <form method="post" action={`/substitution/${one.id}/end`}>
                    <Tokens page={page} />
                    <Button kind="secondary">{t('access.substitution.confirmNo')}</Button>
                  </form>
                </ButtonGroup>
              </>
            ) : (
              <p>{t('access.substitution.error.notWaiting')}</p>
            )}
          </div>
        )
      },
    },
    () => ({ to: '/substitution', said: 'access.substitution.confirmed' }),
  ),
)

export const endSubstitutionPage = fresh(
  form(
    openSubstitution,
    endSubstitution,
    {
      title: 'access.substitution.title',
      body: (page) => {
        const { t } = page
        const { one } = page.data
        return (
          <div class="tv-narrow">
            <BackLink href="/substitution">{t('access.substitution.title')}</BackLink>
            <h1>{t('access.substitution.end')}</h1>
            <p>{t('access.substitution.endText', { taker: one.taker, term: termWords(t, one) })}</p>
            <Form page={page}>
              <Button kind="danger">{t('access.substitution.endGo')}</Button>
            </Form>
          </div>
        )
      },
    },
    () => ({ to: '/substitution', said: 'access.substitution.ended' }),
  ),
  { forWhom: (me) => me.roles.includes('admin') },
)
