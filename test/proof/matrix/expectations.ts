// What must this request come to? Said from the lists of roles that the operations carry, and from the rules written here.
import type { Page } from '../../../app/core/page.tsx'
import type { Actor } from './actors.ts'
import type { Place } from './places.ts'

/** `open`: for everybody; `may`: shown, done, or said at the field what is missing. */
export type Expected = 'open' | 'sign-in' | 'keys' | 'prove' | 'refused' | 'missing' | 'may'
export type Cell = { address: string; method: string; page: Page; open: boolean; who: Actor; place: Place }

/** Where one shows again who one is, if that was long ago: looks, files, keys, delegation, and every change of rights. */
const provedAgain: [method: 'POST' | 'both', at: RegExp][] = [
  [
    'both',
    /^\/cases\/:id\/(reveal\/.+|key|plan\/look|sharing\/proof\/.+)$|^\/volunteers\/:id\/code$|^\/assignments\/:id\/look\//,
  ],
  [
    'both',
    /^\/meetings\/:id\/minutes\/send$|^\/(reports\/:id|reach\/capacity)\/documents\/|^\/imports\/:id\/returned$/,
  ],
  ['both', /^\/papers\/:paper\/(documents\/:kind|signed)$/],
  ['both', /^\/expenses\/(payments\/document|:expense\/receipt)$/],
  // Who guides reads what is written of those she guides.
  ['both', /^\/volunteers\/:id\/supervisor$|^\/supervision\/deputies$/],
  ['both', /^\/break-glass\/(new|:id\/(reveal\/.+|answer|judge))$|^\/watch\/:id\/judge$|^\/questionnaire\/new$/],
  [
    'both',
    /^\/account\/(password|codes|factor|calendar|passkeys\/(new|options|:id|:id\/remove)|name|identity(\/go|\/confirm|\/unlink)?)$/,
  ],
  ['both', /^\/substitution\/(new|ask|:id\/begin|:id\/confirm)$/],
  [
    'both',
    /^\/people\/(new|:id\/(roles\/.+|invite(\/void)?|recover|email|name|identity|identity\/unlink|disable|enable))$/,
  ],
  ['POST', /^\/(confirmations(\/:id)?|settings\/asked\/:id|account\/recovery\/stop|account\/(email|name)\/:id\/keep)$/],
  ['both', /^\/confirmations\/:id\/refuse$|^\/settings\/(:name\/edit|asked\/:id\/refuse)$/],
  ['both', /^\/erasures\/(new|due|:id|:id\/refuse)$|^\/walls\/:id\/(ask|lift|keep)$/],
]

const asksAgain = ({ address, method, who }: Cell) =>
  // That somebody else is away.
  (address === '/supervision/away' && who.role === 'coordinator') ||
  // No to what two others wanted; what is one's own one ends without it.
  (address === '/substitution/:id/end' && who.role === 'admin') ||
  provedAgain.some(([how, at]) => at.test(address) && (how === 'both' || method === 'POST'))

// Nobody has set up a provider in this world.
const withoutProvider = /^\/account\/(prove\/oidc|identity\/go)$/
// Forms about one's own keys, and the way back from a desk at which one does not sit: they tell nothing, and do nothing without a role.
const aboutOneself = /^\/(account\/(passkeys\/(first|new)|password|identity\/confirm)|substitution\/back)$/

export function expectedOf(cell: Cell): Expected {
  const { who, place, open, page, method } = cell
  if (open) return 'open'
  if (who.standing === 'none') return 'sign-in'
  if (who.standing === 'keyless')
    return /^\/account\/(passkeys\/(first|new|options)|prove(\/options)?)$/.test(cell.address) ||
      (who.who === 'keyless volunteer' && /^\/account\/(identity(\/(go|confirm))?|prove\/oidc)$/.test(cell.address))
      ? 'open'
      : 'keys'
  if (who.standing === 'stale' && asksAgain(cell)) return 'prove'
  if (withoutProvider.test(cell.address)) return 'missing'
  if (who.role === null && aboutOneself.test(cell.address)) return 'open'
  if (!fits(page, method, cell.address, who)) return 'refused'
  return place.may(who) ? 'may' : 'missing'
}

/** Does the role fit? A form is shown to those who may send it; of the first page everybody has their own. */
function fits(page: Page, method: string, address: string, who: Actor): boolean {
  const may = ({ roles, inPerson }: Page['operations'][number]) =>
    who.role !== null && roles.includes(who.role) && !(inPerson && who.desk !== null)
  const { operations } = page
  if (operations.length === 0) return true
  if (address === '/') return operations.some(may)
  return method === 'POST' ? may(operations.at(-1) as (typeof operations)[number]) : operations.every(may)
}

/** What is wrong with the answer, or null. */
export function faultOf(cell: Cell, expected: Expected, status: number, to: string): string | null {
  if (status >= 500) return `${status}`
  const good = {
    open: status < 500,
    'sign-in': status === 303 && /^\/sign-in(\?|$)/.test(to),
    keys: status === 303 && /^\/account\/passkeys\/first(\?to=|$)/.test(to),
    // A program is told so, a person is led there.
    prove: (status === 303 && /^\/account\/prove\?to=/.test(to)) || (status === 403 && /options$/.test(cell.address)),
    // A form for others about what is not there: either is true.
    refused: status === 403 || (status === 404 && !cell.place.may(cell.who)),
    // Or the page of the form is for others anyway.
    missing:
      status === 404 || (status === 403 && cell.method === 'POST' && !fits(cell.page, 'GET', cell.address, cell.who)),
    may: may(cell.method, status, to),
  }[expected]
  return good ? null : `${expected}, but ${status}${to && ` ${to}`}`
}

function may(method: string, status: number, to: string): boolean {
  if (/^\/(sign-in|account\/prove)(\?to|$)/.test(to)) return false
  // Not now is an answer as well: it says why, and shows nothing.
  return (method === 'POST' ? [200, 303, 409, 422, 429] : [200, 303, 409]).includes(status)
}
