// How is a request to stand in answered, and how is a substitution ended before its day?
import { Form, Tokens } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button, ButtonGroup } from '../../ui/buttons.tsx'
import { fresh } from '../fresh.ts'
import { termWords } from './parts.tsx'
import { confirmSubstitution, endSubstitution, listSubstitutions } from './substitutions.server.ts'

type Listed = PageContext<Awaited<ReturnType<typeof listSubstitutions.run>>>

const askedOne = (page: Listed) => page.data.asked.find((one) => page.path.includes(one.id))

/** An administrator reads who asks and says yes here, or no below. */
export const confirmSubstitutionPage = fresh(
  form(
    listSubstitutions,
    confirmSubstitution,
    {
      title: 'access.substitution.title',
      body: (page) => {
        const { t } = page
        const one = askedOne(page)
        return (
          <div class="tv-narrow">
            <BackLink href="/substitution">{t('access.substitution.title')}</BackLink>
            <h1>{t('access.substitution.confirm')}</h1>
            {one ? (
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

export const endSubstitutionPage = form(
  listSubstitutions,
  endSubstitution,
  {
    title: 'access.substitution.title',
    body: (page) => {
      const { t, data, path } = page
      const one = data.mine.find(({ id }) => path.includes(id))
      return (
        <div class="tv-narrow">
          <BackLink href="/substitution">{t('access.substitution.title')}</BackLink>
          <h1>{t('access.substitution.end')}</h1>
          {one ? <p>{t('access.substitution.endText', { taker: one.taker, term: termWords(t, one) })}</p> : null}
          <Form page={page}>
            <Button kind="danger">{t('access.substitution.endGo')}</Button>
          </Form>
        </div>
      )
    },
  },
  () => ({ to: '/substitution', said: 'access.substitution.ended' }),
)
