// Why not this volunteer, and what would follow for everybody else if she were chosen?
import { get, type PageContext } from '../../core/page.tsx'
import { BackLink, ButtonLink } from '../../ui/buttons.tsx'
import { Callout } from '../../ui/panel.tsx'
import { Summary } from '../../ui/summary.tsx'
import { LinkPanel } from '../links/panel.tsx'
import type { Alternative, Price } from '../plan.ts'
import { differences, priceText, reasonText, whyText } from '../words.ts'
import { openWhy, type Why } from './board.server.ts'
import { loadOf, needText, VolunteerName } from './parts.tsx'

type Props = { page: PageContext<Why> }

export const whyPage = get(openWhy, { title: 'matching.title', body: (page) => <WhyNot page={page} /> })

function WhyNot({ page }: Props) {
  const { t, data } = page
  const { need, volunteer, option, row } = data
  const chosen = option.answer.kind === 'chosen'
  return (
    <div class="tv-narrow">
      <BackLink href={`/matching/${need.id}`}>{t('matching.board.need', { number: need.number })}</BackLink>
      <h1>{t(chosen ? 'matching.why.yes' : 'matching.why.not', { volunteer: volunteer.code })}</h1>
      <Summary
        rows={[
          { name: t('matching.column.need'), value: `${need.number} · ${needText(t, data.counties, need)}` },
          { name: t('matching.column.volunteer'), value: <VolunteerName t={t} volunteer={volunteer} /> },
          { name: t('matching.column.load'), value: loadOf(t, option) },
          chosen ? { name: t('matching.column.why'), value: whyText(t, row.why) } : null,
        ]}
      />
      <Answer page={page} />
      <LinkPanel page={page} link={data.link} need={need.id} volunteer={volunteer.id} />
      {option.answer.kind === 'hard' ? null : (
        <ButtonLink href={`/matching/${need.id}/assign/${volunteer.id}`}>{t('matching.assign.open')}</ButtonLink>
      )}
    </div>
  )
}

function Answer({ page }: Props) {
  const { t, data } = page
  const { answer } = data.option
  if (answer.kind === 'chosen') return <SecondBest page={page} second={data.alternative} />
  if (answer.kind === 'price') return <Consequences page={page} price={answer.price} />
  return (
    <Callout kind="attention" title={t('matching.why.hard')}>
      <ul>
        {answer.reasons.map((reason) => (
          <li>{reasonText(t, reason)}</li>
        ))}
      </ul>
    </Callout>
  )
}

function SecondBest({ page: { t }, second }: Props & { second: Alternative | null }) {
  if (!second) return null
  const price = priceText(t, second.price)
  return (
    <p>
      {second.volunteer
        ? t('matching.why.second', { volunteer: second.volunteer, price })
        : t('matching.second.nobody', { price })}
    </p>
  )
}

/** What the best matching would look like with this pair held fast. */
function Consequences({ page, price }: Props & { price: Price }) {
  const { t, data } = page
  const { lost, gained } = price
  const moved = price.moved.filter(({ need }) => need !== data.need.number)
  const same = differences(t, price).length === 0
  const said = [
    ...differences(t, price),
    ...lost.map((need) => t('matching.why.lost', { need })),
    ...gained.map((need) => t('matching.why.gained', { need })),
    ...moved.map((one) => t('matching.why.moved', one)),
  ]
  return (
    <>
      {same ? <p>{t('matching.why.same')}</p> : null}
      {said.length > 0 ? <h2>{t('matching.why.then')}</h2> : null}
      {said.length > 0 ? (
        <ul>
          {said.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
