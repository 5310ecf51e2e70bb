// How are one's own support persons brought to a covision that another supervisor leads?
import { Field, Form } from '../../core/form/form.tsx'
import { form, type PageContext } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Summary } from '../../ui/summary.tsx'
import { timeWords } from '../supervision.ts'
import { JoinCovision } from './covision.ts'
import { joinCovision, openJoin } from './covisions.server.ts'

type Page = PageContext<Awaited<ReturnType<(typeof openJoin)['run']>>>

export const joinCovisionPage = form(
  openJoin,
  joinCovision,
  { title: 'supervision.session.tab', body: (page) => <Join page={page} /> },
  () => ({ to: '/supervision/sessions', said: 'supervision.covision.joined' }),
)

function Join({ page }: { page: Page }) {
  const { t, data, me } = page
  const options = data.people.map(({ id, name, code, supervisorId }) => ({
    value: id,
    label: `${name} (${code})`,
    hint: supervisorId === me.id ? undefined : t('supervision.duty.forAnother'),
  }))
  return (
    <div class="tv-narrow">
      <BackLink href="/supervision/sessions">{t('supervision.session.tab')}</BackLink>
      <h1>{t('supervision.covision.join')}</h1>
      <p class="tv-lead">{t('supervision.covision.lead')}</p>
      <Summary
        rows={[
          { name: t('supervision.session.day'), value: timeWords(t, data) },
          { name: t('supervision.covision.leader'), value: data.ledBy === me.id ? t('supervision.me') : data.leader },
        ]}
      />
      {options.length === 0 ? (
        <p>{t('supervision.covision.allThere')}</p>
      ) : (
        <Form page={page}>
          <Field page={page} of={JoinCovision} name="volunteers" options={options} />
          <Button>{t('supervision.covision.save')}</Button>
        </Form>
      )}
    </div>
  )
}
