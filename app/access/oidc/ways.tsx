// How is the state's sign-in offered: first at the door, and where one proves again who one is?
import type { FormPage } from '../../core/form/form.tsx'
import { ButtonLink } from '../../ui/buttons.tsx'
import { isOffered } from './provider.server.ts'

type Props = { page: Pick<FormPage, 't'>; to: string; demo?: boolean }

const withReturn = (path: string, to: string) => (to === '/' ? path : `${path}?to=${encodeURIComponent(to)}`)

/** The first way in, where this installation has it; what stands below it needs a heading then. */
export function StateFirst({ page: { t }, to, demo }: Props) {
  if (!isOffered()) return null
  return (
    <>
      <section aria-labelledby="state-first">
        <h2 id="state-first">{t('access.oidc.title')}</h2>
        <p>{t('access.oidc.text')}</p>
        <ButtonLink href={withReturn('/sign-in/oidc', to)} kind={demo ? 'secondary' : 'primary'}>
          {t('access.oidc.go')}
        </ButtonLink>
      </section>
      <h2>{t('access.oidc.otherwise')}</h2>
    </>
  )
}

/** The same for a proof in between; `own` is the way back. */
export function StateProof({ page: { t }, own, other }: { page: Pick<FormPage, 't'>; own: string; other: boolean }) {
  return (
    <>
      <p>{t(other ? 'access.oidc.proveAlso' : 'access.oidc.proveText')}</p>
      <ButtonLink href={`/account/prove/oidc${own}`} kind={other ? 'secondary' : 'primary'}>
        {t('access.oidc.prove')}
      </ButtonLink>
    </>
  )
}
