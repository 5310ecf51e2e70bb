// In which words is it said what is to be found, and how far it is?
import type { T } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import type { County } from '../../partners/places.server.ts'
import { Tag, type TagKind } from '../../ui/tag.tsx'
import { standingOf, stillMissing, type Target, type TargetStanding } from './target.ts'

type Counties = readonly Pick<County, 'code' | 'name'>[]

/** "Leida 3 inimest: vene; Harjumaa, Ida-Virumaa". */
export function whatText(t: T, counties: Counties, target: Pick<Target, 'kind' | 'people' | 'languages' | 'counties'>) {
  return t(`recruitment.target.what.${target.kind}`, {
    people: target.people,
    spoken: target.languages.map((code) => t(`cases.language.${code}`)).join(', '),
    where: target.counties.map((code) => shortCounty(counties, code)).join(', '),
  })
}

/** "1 leitud, 2 teel, 2 puudu". */
export const howFar = (t: T, target: Target): string =>
  t(`recruitment.target.far.${target.kind}`, {
    ...{ found: target.found, coming: target.coming, missing: stillMissing(target) },
  })

const looks: Record<TargetStanding, TagKind> = { ended: 'neutral', reached: 'ok', late: 'attention', running: 'wait' }

export function StandingTag({ t, target, today }: { t: T; target: Target; today: string }) {
  const standing = standingOf(target, today)
  return <Tag kind={looks[standing]}>{t(`recruitment.target.is.${standing}`)}</Tag>
}
