// How does somebody say why, and then see the one value that was hidden?
import { fresh } from '../../access/fresh.ts'
import { Form } from '../../core/form/form.tsx'
import { shownOnce } from '../../core/form/shown-once.ts'
import type { View } from '../../core/page.tsx'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { CaseFormFrame, caseHref } from '../frame.tsx'
import { openReveal, revealValue } from './reveal.server.ts'
import { type Compartment, hiddenWord, purposes } from './reveal.ts'
import { Shown } from './shown.tsx'
import { Reason, Why } from './why.tsx'

type Asked = {
  head: Parameters<typeof CaseFormFrame>[0]['head'] & { own: boolean }
  what: Compartment
  kind: string
  minutes: number
}
type Look = Awaited<ReturnType<(typeof revealValue)['run']>>

const asking: View<Asked> = {
  title: 'cases.title.case',
  body: (page) => {
    const { t, data } = page
    return (
      <CaseFormFrame t={t} head={data.head} title={hiddenWord(data.what, data.kind)}>
        <p>{t('cases.reveal.lead', { minutes: data.minutes })}</p>
        <Form page={page}>
          {data.head.own ? (
            <Why
              page={page}
              label={t('cases.reveal.purpose')}
              options={purposes.map((value) => ({ value, label: t(`cases.purpose.${value}`) }))}
            />
          ) : (
            <Reason page={page} label={t('cases.reveal.reasonTyped')} />
          )}
          <Button>{t('cases.reveal.show')}</Button>
        </Form>
      </CaseFormFrame>
    )
  },
}

const showing: View<Look> = {
  title: 'cases.title.case',
  closes: ({ until, head }) => ({ at: until, to: caseHref(head.id) }),
  body: (page) => {
    const { t, data } = page
    const { head, identity, place } = data
    const title = hiddenWord(identity ? 'identity' : 'whereabouts', identity?.kind ?? place?.kind ?? '')
    return (
      <CaseFormFrame t={t} head={head} title={title}>
        <Shown t={t} identity={identity} place={place} until={data.until} />
        <ButtonLink href={caseHref(head.id)}>{t('cases.reveal.done')}</ButtonLink>
      </CaseFormFrame>
    )
  },
}

/** Why is asked first; the value is shown at once, on a page that no browser keeps. */
export const revealPage = fresh(shownOnce(openReveal, revealValue, asking, showing))
