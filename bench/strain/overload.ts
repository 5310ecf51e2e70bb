// What do people get when more ask at once than can be served – help, or a bare error?
import { load, type Measured, sound } from '../load/load.ts'
import { inTurn, look } from '../load/people.ts'
import { atLeast, atMost, type Row, told } from '../rows.ts'
import type { Session } from '../session.ts'

const helpNumber = /116.?006/

/**
 * 400 connections at once on two pools of eight; before them as many as the pools can serve, to see what is left of that for those who are
 * let in, and a few afterwards, to see that all is well again.
 */
export async function measureOverload({ crowd, product, options, say }: Session): Promise<Row[]> {
  const guest = inTurn(crowd.network)
  const seconds = options.quick ? 6 : 15
  const next = () => look(guest(), '/cases')
  const served = await load({ origin: product.origin, connections: 16, seconds, expect: 200, next })
  const looking = watchRefusals(product.origin, next().headers, seconds)
  const flood = await load({ origin: product.origin, connections: 400, seconds, expect: 200, next })
  const seen = await looking
  const bare = flood.failed + countBesides(flood.wrong, ['503'])
  const calm = await load({ origin: product.origin, connections: 5, seconds: 10, expect: 200, next })
  const after = calm.answers > 0 ? calm.failed + countBesides(calm.wrong, []) : Number.NaN
  say(`overload: ${flood.answers} answers, ${flood.wrong['503'] ?? 0} shed`)
  const [calmly, flooded] = [pagesOf(served), pagesOf(flood)]
  return [
    // Without the flood everybody is served; in it whoever is not has to be told so.
    atLeast('overload: pages a second under the flood, against none', sound(flooded / calmly, served), 0.5, {
      floor: calmly,
      product: flooded,
      note: `pages/s; ${Math.round(flood.perSecond / calmly)} × as many requests as can be served; without the flood in the column of the floor`,
    }),
    told('overload, 400 connections: shed with 503', flood.wrong['503'] ?? 0, {
      unit: '',
      note: `of ${flood.answers} answers`,
    }),
    atMost('overload: answers that are neither a page nor 503', flood.answers ? bare : Number.NaN, 0, {
      ...{ unit: '', steady: 'exactly' },
      note: JSON.stringify(flood.wrong),
    }),
    // Where some were shed, at least one of them must have been read.
    atMost(
      'overload: 503 without Retry-After or help numbers',
      flood.wrong['503'] && !seen.refused ? Number.NaN : seen.bare,
      0,
      { unit: '', note: `${seen.refused} looked at`, steady: 'exactly' },
    ),
    atMost('overload: errors right afterwards', after, 0, {
      ...{ unit: '', steady: 'exactly' },
      note: `${calm.answers} answers, ${JSON.stringify(calm.wrong)}`,
    }),
  ]
}

// Only whole pages count: whoever is sent away quickly has not been served.
const pagesOf = ({ answers, wrong, perSecond }: Measured) =>
  answers === 0 ? 0 : (perSecond * (answers - countBesides(wrong, []))) / answers

const countBesides = (counts: Record<string, number>, fine: string[]) =>
  Object.entries(counts).reduce((sum, [status, count]) => sum + (fine.includes(status) ? 0 : count), 0)

// Ten at once, for whoever is let in may wait for a page nearly as long as the flood lasts.
async function watchRefusals(origin: string, headers: Record<string, string>, seconds: number) {
  const seen = { refused: 0, bare: 0 }
  const end = Date.now() + seconds * 1000
  const watch = async () => {
    while (Date.now() < end) {
      const answer = await fetch(`${origin}/cases`, { headers }).catch(() => null)
      const text = await answer?.text()
      if (answer?.status === 503) {
        seen.refused++
        if (!answer.headers.get('retry-after') || !helpNumber.test(text ?? '')) seen.bare++
      }
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  await Promise.all(Array.from({ length: 10 }, watch))
  return seen
}
