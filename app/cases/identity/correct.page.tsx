// How is it said anew who somebody of a case is?
import { Field, Form } from '../../core/form/form.tsx'
import { KeptNow } from '../../core/form/kept-now.tsx'
import { form } from '../../core/page.tsx'
import { Button } from '../../ui/buttons.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { correctPerson, openCorrection } from './correct.server.ts'
import { Correct } from './correct.ts'
import type { Identity } from './reveal.server.ts'
import { itemWords } from './reveal.ts'

export const correctPersonPage = form(
  openCorrection,
  correctPerson,
  {
    title: 'cases.title.case',
    body: (page) => {
      const { t, data } = page
      return (
        <CaseFormFrame t={t} head={data.head} title="cases.correct.title">
          <p class="tv-lead">{t('cases.correct.lead', { who: itemWords(t, 'identity', data.person).toLowerCase() })}</p>
          <p>
            <a href={`/cases/${data.head.id}/reveal/identity/${data.person.id}`} target="_blank" rel="noopener">
              {t('cases.correct.look')}
            </a>
          </p>
          <Form page={page}>
            <KeptNow page={page} of={Correct} version={data.person.id} kept={factsOf(data.kept)} />
            <Field page={page} of={Correct} name="givenName" width={20} />
            <Field page={page} of={Correct} name="familyName" width={20} />
            <Field page={page} of={Correct} name="formerNames" />
            <Field page={page} of={Correct} name="nationalId" width={20} />
            <Field page={page} of={Correct} name="birthYear" />
            <Field page={page} of={Correct} name="sex" inline />
            {data.person.kind === 'victim' ? null : <Field page={page} of={Correct} name="relation" />}
            {data.person.kind === 'adult' ? <Field page={page} of={Correct} name="atRisk" rows={3} /> : null}
            <Field page={page} of={Correct} name="why" rows={3} />
            <Button>{t('cases.correct.save')}</Button>
          </Form>
        </CaseFormFrame>
      )
    },
  },
  (_result, params) => ({ to: `/cases/${params.id}`, said: 'cases.correct.saved' }),
)

/** What the form asks of somebody, as somebody else has written it meanwhile. */
function factsOf(identity: Identity | null) {
  if (!identity) return {}
  const { kind: _, ...facts } = identity
  return facts
}
