// How does somebody say why, and then see the one value that was hidden?
import type { Child } from 'hono/jsx'
import { fresh } from '../../access/fresh.ts'
import { dropDraft } from '../../core/drafts.server.ts'
import { Invalid } from '../../core/errors.ts'
import { Form } from '../../core/form/form.tsx'
import { form, type Page, type PageContext, reply, show, signedIn, type View } from '../../core/page.tsx'
import { translator } from '../../i18n/i18n.ts'
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

const asked = form(openReveal, revealValue, asking, () => '/cases')
const answered = reply(revealValue, showing)

/** Asks on GET; on POST shows the value at once, on a page that no browser keeps, or says what is missing. */
export const revealPage: Page = fresh({
  operations: asked.operations,
  get: asked.get,
  post: async (c) => {
    try {
      const shown = (await answered.post?.(c)) as Response
      const me = signedIn(c)
      // A reason that waited for a proof has been used.
      if (me.drafts.includes(c.req.path)) await dropDraft(me, c.req.path)
      return shown
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const t = translator(c.get('locale'))
      const errors = Object.entries(error.fields).map(([name, said]) => [name, t(said.key, said.args)])
      const data = await openReveal.run(signedIn(c), c.req.param())
      const more = { values: c.get('values'), errors: Object.fromEntries(errors), status: 422 }
      return show(c, asking, data, signedIn(c), more)
    }
  },
})
