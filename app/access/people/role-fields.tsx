// Which role, in which network, from when until when, and why?
import { today } from '../../core/clock.server.ts'
import { Field, type FormPage } from '../../core/form/form.tsx'
import { GiveRole } from './account-holder.ts'

type Network = { id: string; name: string }

/** A year by default: what nobody renews ends by itself. */
export function RoleFields({ page, networks }: { page: FormPage; networks: readonly Network[] }) {
  const day = today()
  const inAYear = `${Number(day.slice(0, 4)) + 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`
  const options = networks.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <Field page={page} of={GiveRole} name="role" />
      <Field page={page} of={GiveRole} name="networkId" list options={options} />
      <Field page={page} of={GiveRole} name="agency" width={20} />
      <Field page={page} of={GiveRole} name="validFrom" value={day} />
      <Field page={page} of={GiveRole} name="validTo" value={inAYear} />
      <Field page={page} of={GiveRole} name="reason" rows={2} />
    </>
  )
}
