// Which questions are asked about an entry, and how are they changed?
import { form, get } from '../../core/page.tsx'
import { NextVersion, Versions, type VersionsPage } from '../../recruitment/interview/versions.tsx'
import { BackLink, ButtonLink } from '../../ui/buttons.tsx'
import { openChecklist, writeChecklist } from './checklist.server.ts'
import { WriteChecklist } from './sample.ts'

/** Where each comes from: the coordinator from the country's rounds, a supervisor from her own. */
const backOf = ({ me }: VersionsPage) =>
  me.roles.includes('coordinator') ? '/samples' : me.roles.includes('supervisor') ? '/supervision/samples' : '/'

export const checklistPage = get(openChecklist, {
  title: 'supervision.sample.checklist',
  body: (page) => {
    const { t } = page
    return (
      <div class="tv-narrow">
        <BackLink href={backOf(page)}>{t('ui.back')}</BackLink>
        <h1>{t('supervision.sample.checklist')}</h1>
        <p class="tv-lead">{t('supervision.sample.checklistLead')}</p>
        {page.can(writeChecklist) ? (
          <ButtonLink href="/samples/checklist/edit">{t('recruitment.guide.edit')}</ButtonLink>
        ) : null}
        <Versions page={page} />
      </div>
    )
  },
})

export const editChecklistPage = form(
  openChecklist,
  writeChecklist,
  { title: 'supervision.sample.checklist', body: (page) => <Edit page={page} /> },
  () => ({ to: '/samples/checklist', said: 'supervision.sample.checklistSaved' }),
)

function Edit({ page }: { page: VersionsPage }) {
  const { t } = page
  return (
    <div class="tv-narrow">
      <BackLink href="/samples/checklist">{t('supervision.sample.checklist')}</BackLink>
      <h1>{t('recruitment.guide.edit')}</h1>
      <p class="tv-lead">{t('supervision.sample.checklistEdit')}</p>
      <NextVersion page={page} of={WriteChecklist} rows={8} />
    </div>
  )
}
