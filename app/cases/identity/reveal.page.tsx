// How does somebody say why, and then see the one value that was hidden?
import type { Child } from 'hono/jsx'
import { fresh } from '../../access/fresh.ts'
import { Form } from '../../core/form/form.tsx'
import { shownOnce } from '../../core/form/shown-once.ts'
import type { PageContext, View } from '../../core/page.tsx'
import { Button, ButtonLink } from '../../ui/buttons.tsx'
import { Radios } from '../../ui/choices.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { CaseFormFrame, caseHref } from '../frame.tsx'
import { openReveal, revealValue } from './reveal.server.ts'
import { type Compartment, hiddenWord, purposes } from './reveal.ts'
import { Shown } from './shown.tsx'

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
    const input = { t, id: 'reason', name: 'reason', hint: t('cases.reveal.reasonHint'), error: page.errors.reason }
    const reason = (
      <TextInput
        {...input}
        label={t(data.head.own ? 'cases.reveal.reason' : 'cases.reveal.reasonTyped')}
        value={String(page.values.reason ?? '')}
        maxLength={300}
      />
    )
    return (
      <CaseFormFrame t={t} head={data.head} title={hiddenWord(data.what, data.kind)}>
        <p>{t('cases.reveal.lead', { minutes: data.minutes })}</p>
        <Form page={page}>
          {data.head.own ? <Purposes page={page} reason={reason} /> : reason}
          <Button>{t('cases.reveal.show')}</Button>
        </Form>
      </CaseFormFrame>
    )
  },
}

function Purposes({ page, reason }: { page: PageContext<Asked>; reason: Child }) {
  const { t } = page
  const options = purposes.map((value) => ({
    value,
    label: t(`cases.purpose.${value}`),
    reveal: value === 'other' ? reason : undefined,
  }))
  const chosen = typeof page.values.purpose === 'string' ? page.values.purpose : undefined
  return (
    <Radios
      t={t}
      id="purpose"
      name="purpose"
      label={t('cases.reveal.purpose')}
      error={page.errors.purpose}
      options={options}
      value={chosen}
    />
  )
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
