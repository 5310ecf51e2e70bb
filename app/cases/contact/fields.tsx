// How are ways, hours and people asked for, in a referral and later?
import { Field, type FormPage } from '../../core/form/form.tsx'
import { channels, days, Fear, Hours, Ways } from './safe-contact.ts'

type Value = (name: string) => string | boolean | undefined
type Props = { page: FormPage; value: Value }

export function WaysFields({ page, value }: Props) {
  return (
    <>
      {channels.map((name) => (
        <Field page={page} of={Ways} name={name} value={value(name)} inline />
      ))}
      <Field page={page} of={Ways} name="mayAnswer" value={value('mayAnswer')} />
      <Field page={page} of={Ways} name="codeWord" value={value('codeWord')} width={20} />
    </>
  )
}

export function HoursFields({ page, value }: Props) {
  return (
    <>
      <p>{page.t('cases.contact.hoursLead')}</p>
      <Field page={page} of={Hours} name="workdays" value={value('workdays')} width={20} />
      {days.map((name) => (
        <Field page={page} of={Hours} name={name} value={value(name)} width={20} />
      ))}
      <Field page={page} of={Hours} name="never" value={value('never')} />
    </>
  )
}

export function FearFields({ page, value }: Props) {
  return (
    <>
      <Field page={page} of={Fear} name="feared" value={value('feared')} rows={3} />
      <Field page={page} of={Fear} name="tellSupport" value={value('tellSupport')} />
      <Field page={page} of={Fear} name="mayTell" value={value('mayTell')} />
      <Field page={page} of={Fear} name="mayNotTell" value={value('mayNotTell')} />
    </>
  )
}
