// How does somebody give a choice of a list a name, and how do they put the old ones in order?
import { BackLink, Button } from '../../ui/buttons.tsx'
import { Table } from '../../ui/table.tsx'
import { Field, Form, Tokens } from '../form/form.tsx'
import { action, form, get, type PageContext } from '../page.tsx'
import { addressOfList } from './saved.tsx'
import {
  dropFilter,
  KeepFilter,
  keepFilter,
  listSavedFilters,
  openKeepFilter,
  type SavedFilter,
} from './saved-filters.server.ts'

export const keepFilterPage = form(
  openKeepFilter,
  keepFilter,
  {
    title: 'core.saved.title',
    body: (page) => {
      const { t, data } = page
      return (
        <div class="tv-narrow">
          <BackLink href={addressOfList(data.list, data.query)}>{t('ui.back')}</BackLink>
          <h1>{t('core.saved.keepTitle')}</h1>
          <p class="tv-lead">{t(data.query ? 'core.saved.keepLead' : 'core.saved.none')}</p>
          {data.query ? <Keep page={page} /> : null}
        </div>
      )
    },
  },
  ({ list, query }) => ({ to: addressOfList(list, query), said: 'core.saved.kept' }),
)

function Keep({ page }: { page: PageContext<Pick<SavedFilter, 'list' | 'query'>> }) {
  const { t, data } = page
  return (
    <Form page={page}>
      <input type="hidden" name="list" value={data.list} />
      <input type="hidden" name="query" value={data.query} />
      <Field page={page} of={KeepFilter} name="name" width={20} />
      <Button>{t('core.saved.keep')}</Button>
    </Form>
  )
}

export const savedFiltersPage = get(listSavedFilters, {
  title: 'core.saved.title',
  body: (page) => {
    const { t, data } = page
    return (
      <div class="tv-narrow">
        <h1>{t('core.saved.title')}</h1>
        <Table
          caption={t('core.saved.title')}
          captionLook="hidden"
          rows={data}
          empty={<p>{t('core.saved.none')}</p>}
          columns={[
            {
              name: t('core.saved.name'),
              head: true,
              cell: (one) => <a href={addressOfList(one.list, one.query)}>{one.name}</a>,
            },
            { name: t('core.saved.list'), cell: (one) => t(`core.saved.list.${one.list}`) },
            {
              name: t('core.saved.order'),
              cell: (one) => (
                <form method="post" action={`/filters/${one.id}/drop`}>
                  <Tokens page={page} />
                  <Button kind="secondary">
                    {t('core.saved.drop')}
                    <span class="govuk-visually-hidden">: {one.name}</span>
                  </Button>
                </form>
              ),
            },
          ]}
        />
      </div>
    )
  },
})

export const dropFilterAction = action(dropFilter, () => ({ to: '/filters', said: 'core.saved.dropped' }))
