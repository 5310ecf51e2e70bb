// What helps in the situation I am in?
import { Field, Form } from '../core/form/form.tsx'
import { KeptNow } from '../core/form/kept-now.tsx'
import { form, get, type PageContext } from '../core/page.tsx'
import { formatDate, isoDate } from '../i18n/format.ts'
import { locales } from '../i18n/i18n.ts'
import { BackLink, Button, ButtonLink } from '../ui/buttons.tsx'
import { Callout } from '../ui/panel.tsx'
import { fieldsOf } from '../volunteers/message/message.ts'
import { WordFields } from '../volunteers/message/words.tsx'
import { inWords, type Material, WriteMaterial } from './material.ts'
import { listMaterials, openMaterial, openMaterialForm, writeMaterial } from './materials.server.ts'

type Listed = Awaited<ReturnType<typeof listMaterials.run>>
type Opened = Awaited<ReturnType<typeof openMaterial.run>>

export const materialsPage = get(listMaterials, {
  title: 'materials.title',
  body: (page) => <Materials page={page} />,
})

function Materials({ page }: { page: PageContext<Listed> }) {
  const { t, data } = page
  const now = data.materials.filter(({ situation }) => data.now.includes(situation))
  const others = data.materials.filter((one) => !now.includes(one))
  return (
    <div class="tv-narrow">
      <h1>{t('materials.title')}</h1>
      <p class="tv-lead">{t('materials.lead')}</p>
      {now.length > 0 ? (
        <Callout title={t('materials.now')}>
          <Links page={page} of={now} />
        </Callout>
      ) : null}
      {now.length > 0 ? <h2>{t('materials.others')}</h2> : null}
      <Links page={page} of={others} />
    </div>
  )
}

function Links({ page, of }: { page: PageContext<unknown>; of: readonly Material[] }) {
  return (
    <ul>
      {of.map((one) => (
        <li>
          <a href={`/materials/${one.situation}`}>{inWords(one, page.locale).title}</a>
        </li>
      ))}
    </ul>
  )
}

export const materialPage = get(openMaterial, {
  title: 'materials.title',
  body: (page) => <One page={page} />,
})

function One({ page }: { page: PageContext<Opened> }) {
  const { t, data, locale } = page
  const { shown, versions } = data
  const { title, body } = inWords(shown, locale)
  const [last] = versions
  return (
    <div class="tv-narrow">
      <BackLink href="/materials">{t('materials.title')}</BackLink>
      <h1>{title}</h1>
      {last && shown.version !== last.version ? (
        <Callout kind="attention">
          <p>
            {t('materials.old', { version: shown.version })}{' '}
            <a href={`/materials/${shown.situation}`}>{t('materials.newest')}</a>
          </p>
        </Callout>
      ) : null}
      <Said text={body} />
      <p class="tv-quiet">
        {t('materials.version', { version: shown.version, date: formatDate(isoDate(shown.createdAt)) })}
      </p>
      {page.can(writeMaterial) ? (
        <ButtonLink href={`/materials/${shown.situation}/edit`} kind="secondary">
          {t('materials.edit')}
        </ButtonLink>
      ) : null}
      {versions.length > 1 ? <Versions page={page} /> : null}
    </div>
  )
}

function Versions({ page: { t, data } }: { page: PageContext<Opened> }) {
  return (
    <section>
      <h2>{t('materials.versions')}</h2>
      <ul>
        {data.versions.map(({ situation, version, changed, createdAt }) => (
          <li>
            <a href={`/materials/${situation}?version=${version}`}>
              {t('materials.version', { version, date: formatDate(isoDate(createdAt)) })}
            </a>{' '}
            <span class="tv-quiet">{changed}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Paragraphs and lists (`– `) as they were typed; the numbers that help can be called. */
function Said({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n\s*\n/).map((part) => {
        const lines = part.split('\n')
        const items = lines.filter((line) => line.startsWith('– '))
        const first = lines.filter((line) => !line.startsWith('– '))
        return (
          <>
            {first.length > 0 ? (
              <p>{first.map((line, at) => [at > 0 ? <br /> : null, <Called line={line} />])}</p>
            ) : null}
            {items.length > 0 ? (
              <ul>
                {items.map((item) => (
                  <li>
                    <Called line={item.slice(2)} />
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        )
      })}
    </>
  )
}

const helpNumber = /\b(112|116 ?006|116 ?111)\b/

function Called({ line }: { line: string }) {
  return (
    <>
      {line.split(helpNumber).map((part, at) =>
        at % 2 === 1 ? (
          <a class="tv-phone" href={`tel:${part.replace(' ', '')}`}>
            {part.replace(' ', ' ')}
          </a>
        ) : (
          part
        ),
      )}
    </>
  )
}

export const editMaterialPage = form(
  openMaterialForm,
  writeMaterial,
  {
    title: 'materials.title',
    body: (page) => <Edit page={page} />,
  },
  (_, { situation }) => ({ to: `/materials/${situation}`, said: 'materials.done' }),
)

function Edit({ page }: { page: PageContext<Opened> }) {
  const { t, data, locale } = page
  const { shown } = data
  return (
    <div class="tv-narrow">
      <BackLink href={`/materials/${shown.situation}`}>{inWords(shown, locale).title}</BackLink>
      <h1>{t('materials.edit')}</h1>
      <p class="tv-lead">{t('materials.editLead')}</p>
      <Form page={page}>
        <KeptNow page={page} of={WriteMaterial} name="version" version={shown.version} kept={fieldsOf(shown.words)} />
        <WordFields page={page} words={shown.words} needed={locales} of={WriteMaterial} />
        <Field page={page} of={WriteMaterial} name="changed" />
        <Button>{t('volunteers.save')}</Button>
      </Form>
    </div>
  )
}
