// Which role is given, in which network, for how long?
import { Form } from '../../core/form/form.tsx'
import { form } from '../../core/page.tsx'
import { BackLink, Button } from '../../ui/buttons.tsx'
import { fresh } from '../fresh.ts'
import { giveRole, openPerson } from './people.server.ts'
import { RoleFields } from './role-fields.tsx'

export const giveRolePage = fresh(
  form(
    openPerson,
    giveRole,
    {
      title: 'access.people.title',
      body: (page) => (
        <div class="tv-narrow">
          <BackLink href={`/people/${page.data.holder.id}`}>{page.data.holder.name}</BackLink>
          <h1>{page.t('access.people.giveRole')}</h1>
          <Form page={page}>
            <RoleFields page={page} networks={page.data.networks} />
            <Button>{page.t('access.people.giveRole')}</Button>
          </Form>
        </div>
      ),
    },
    ({ first }, { id }) => ({ to: `/people/${id}`, said: first ? 'access.people.addedFirst' : 'access.people.given' }),
  ),
)
