// How does a form ask for places beside home: 15 counties and, within them, 79 municipalities?
import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import { fieldMeta } from '../../core/form/fields.ts'
import type { FormPage } from '../../core/form/form.tsx'
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import type { County, Places } from '../../partners/places.server.ts'
import { Checkboxes, type Option } from '../../ui/choices.tsx'

type Names = 'areaCounties' | 'areaMunicipalities'
type Shape<N extends string> = { shape: Record<N, z.ZodType> }
export type Ticked<N extends string> = { page: FormPage; of: Shape<N>; known: { [name in N]?: unknown } }

/** Folded away, for most volunteers stay near home. */
export function Elsewhere(props: Ticked<Names> & { places: Places; summary: string }): Child {
  const { page, of, known, places, summary } = props
  const { t } = page
  const counties = places.counties.map(({ code }) => ({ value: code, label: shortCounty(places.counties, code) }))
  const municipalities = ticked({ page, known }, 'areaMunicipalities')
  const open = ticked({ page, known }, 'areaCounties').length + municipalities.length > 0
  const wrong = page.errors.areaCounties ?? page.errors.areaMunicipalities
  const { label } = fieldMeta(of.shape.areaMunicipalities)
  return (
    <details class="govuk-details" open={open || wrong !== undefined || undefined}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{summary}</span>
      </summary>
      <div class="govuk-details__text">
        <Ticks page={page} of={of} known={known} name="areaCounties" options={counties} />
        <h3 id="areaMunicipalities">{label ? t(label) : null}</h3>
        {places.counties.map((county) => (
          <Municipalities t={t} county={county} places={places} values={municipalities} />
        ))}
      </div>
    </details>
  )
}

type PartProps = { t: T; county: County; places: Places; values: string[] }

function Municipalities({ t, county, places, values }: PartProps) {
  const inside = places.municipalities.filter((one) => one.county === county.code)
  return (
    <details class="govuk-details" open={inside.some((one) => values.includes(one.code)) || undefined}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{county.name}</span>
      </summary>
      <div class="govuk-details__text">
        <Checkboxes
          t={t}
          id={`areaMunicipalities-${county.code}`}
          name="areaMunicipalities"
          label={county.name}
          small
          options={inside.map((one) => ({ value: one.code, label: one.name }))}
          values={values}
        />
      </div>
    </details>
  )
}

function ticked<N extends string>({ page, known }: Omit<Ticked<N>, 'of'>, name: N): string[] {
  // A form that was sent without a box means that the box was left empty.
  const typed = page.values[name] ?? ('_csrf' in page.values ? [] : (known[name] ?? []))
  return (Array.isArray(typed) ? typed : [typed]).map(String)
}

/** A long list of boxes, set close. */
export function Ticks<N extends string>(props: Ticked<N> & { name: N; options: Option[] }) {
  const { page, of, known, name, options } = props
  const { label, hint } = fieldMeta(of.shape[name])
  return (
    <Checkboxes
      t={page.t}
      id={name}
      name={name}
      label={label ? page.t(label) : name}
      hint={hint ? page.t(hint) : undefined}
      error={page.errors[name]}
      optional
      small
      options={options}
      values={ticked({ page, known }, name)}
    />
  )
}
