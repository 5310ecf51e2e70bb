// Where is the picture that proves the victim's word looked at, or added where there is none yet?
import { fresh } from '../../access/fresh.ts'
import { Form } from '../../core/form/form.tsx'
import { form, named, type Page, signedIn } from '../../core/page.tsx'
import { formatDate } from '../../i18n/format.ts'
import type { Key } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { FileInput } from '../../ui/fields.tsx'
import { CaseFormFrame } from '../frame.tsx'
import { addProof, lookAtProof, openProof } from './proof.server.ts'

export const proofPage = fresh(
  form(
    openProof,
    addProof,
    {
      title: 'cases.title.case',
      body: (page) => {
        const { t, data, path, errors } = page
        const { word } = data
        return (
          <CaseFormFrame t={t} head={data.head} tab="sharing" title="cases.proof.title">
            <p class="tv-lead">{`${t(said(word))}, ${formatDate(word.onDate)}`}</p>
            {word.kept ? (
              <img class="tv-proof" src={`${path}/picture`} alt={t('cases.proof.alt')} />
            ) : word.mine ? (
              <Form page={page} files>
                <FileInput
                  t={t}
                  id="file"
                  name="file"
                  label={t('cases.proof.file')}
                  hint={t('cases.proof.fileHint')}
                  error={errors.file}
                  accept="image/jpeg,image/png,image/webp"
                />
                <Button>{t('cases.proof.save')}</Button>
              </Form>
            ) : (
              <p>{t('cases.proof.notMine')}</p>
            )}
          </CaseFormFrame>
        )
      },
    },
    (_done, { id }) => ({ to: `/cases/${id}/sharing`, said: 'cases.proof.saved' }),
  ),
)

const said = ({ goesOn }: { goesOn: string | null }) =>
  (goesOn ? `cases.basis.word.withdrawn-${goesOn}` : 'cases.basis.word.consent') as Key

/** The picture within that page: it is looked at here, and is no file to take along. */
export const proofPicturePage: Page = fresh(
  {
    operations: [lookAtProof] as unknown as Page['operations'],
    get: async (c) => {
      const params = c.req.param()
      const { bytes } = await lookAtProof.run(signedIn(c), params).catch(named(params))
      return c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'image/jpeg' })
    },
  },
  { back: (path) => path.replace(/\/picture$/, '') },
)
