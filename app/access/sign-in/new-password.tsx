// How is a new password asked for, and what is said when it will not do?
import type { Context } from 'hono'
import { z } from 'zod'
import { invalid, text } from '../../core/form/fields.ts'
import { Field, type FormPage } from '../../core/form/form.tsx'
import type { Env } from '../../core/page.tsx'
import { translator } from '../../i18n/i18n.ts'
import { passwordProblem } from '../password.ts'

export const NewPassword = z.object({
  password: text({ label: 'access.password.new', hint: 'access.password.hint', kind: 'password' }),
  passwordAgain: text({ label: 'access.password.again', kind: 'password' }),
})

/** The new password of a form that was sent, or a sentence for each field. `about` are the owner's name and address. */
export function newPassword(
  c: Context<Env>,
  about: string[],
): { password: string } | { errors: Record<string, string> } {
  const t = translator(c.get('locale'))
  const read = NewPassword.safeParse(c.get('values'))
  if (!read.success) {
    const said = Object.entries(invalid(read.error).fields).map(([name, { key, args }]) => [name, t(key, args)])
    return { errors: Object.fromEntries(said) }
  }
  const problem = passwordProblem(read.data.password, about)
  if (problem) return { errors: { password: t(problem.key, problem.args) } }
  if (read.data.password !== read.data.passwordAgain)
    return { errors: { passwordAgain: t('access.password.different') } }
  return { password: read.data.password }
}

export function PasswordFields({ page }: { page: FormPage }) {
  return (
    <>
      <Field page={page} of={NewPassword} name="password" autocomplete="new-password" />
      <Field page={page} of={NewPassword} name="passwordAgain" autocomplete="new-password" />
    </>
  )
}
