// Which words may leave the house? A letter is one of a closed list of sentences and an address of ours; nothing else can be written into one.
import { type Key, type Locale, locales, translator } from '../i18n/i18n.ts'

/** Every e-mail there is. Its words are `core.mail.<kind>`; none says whom or what it is about, and none takes a word from outside. */
export const mailKinds = [
  ...(['new-task', 'reminder', 'urgent', 'drill', 'message'] as const),
  ...([
    'invitation',
    'recovery',
    'recovery-begun',
    'recovered',
    'new-way-in',
    'way-changed',
    'card-again',
    'new-browser',
  ] as const),
  // To whose letters shall go to another address; a changed one is told at both. And to who shall be called otherwise.
  ...(['email-asked', 'email-changed', 'email-kept', 'name-asked', 'name-changed', 'name-kept'] as const),
  // To whoever brought a case and does not see it: that it arrived, and that there is an answer.
  ...(['referral-received', 'referral-answered'] as const),
] as const
export type MailKind = (typeof mailKinds)[number]

/**
 * Letters to those who have no account: thanks, an answer, a question, word of a paper they hold. Only the question leads somewhere. And to an address
 * of which it is not agreed yet whose it is: that somebody wants her letters there, and that nothing came of it.
 */
export const outsideKinds = [
  ...(['application', 'application-no', 'reference', 'mark-changed'] as const),
  ...(['email-asked-new', 'email-kept-new'] as const),
] as const
export type OutsideKind = (typeof outsideKinds)[number]

/**
 * The only letter with something in it that is not a sentence of ours: once a week, how much waits of each of these, in this order. By whom it is
 * and whom it is about no number tells.
 */
export const weekKind = 'week'
export const weekLines = ['entries', 'reports', 'concerns', 'talks'] as const

/**
 * What stands on a lock screen, in a list of letters or in a calendar is read by whoever looks over the shoulder: none of these words, nor the
 * product's own name, goes there – and no name of ours in an address either.
 */
export const telltale =
  /tugi(võrk|vork|isi)|marac|ohvri|kannatan|vägi?val|vagival|turvakod|naiste|juhtum|victim|violen|abus|shelter|support (person|net)|\bcases?\b|насил|жертв|потерпев|опорн|приют|случа/i

/** A letter that was composed here. The mark cannot be written by hand: what was not composed is not sent. */
export type Letter = { readonly to: string; readonly subject: string; readonly text: string; readonly [mark]: true }
declare const mark: unique symbol
const composed = new WeakSet<object>()

// The one thing in a letter that is not a sentence of ours: a link whose only names are drawn by lot.
const drawn = '[A-Za-z0-9_-]{43}'
const links: Partial<Record<MailKind | OutsideKind, RegExp>> = {
  invitation: new RegExp(`^/invitation/${drawn}$`),
  recovery: new RegExp(`^/invitation/${drawn}$`),
  'new-browser': new RegExp(`^/sign-in/browser/${drawn}$`),
  reference: new RegExp(`^/reference/${drawn}$`),
}

/** Something was to be sent that is not on the list. Nothing of it is repeated here: the log leaves the house too. */
export class NotALetter extends Error {
  constructor(what: 'kind' | 'locale' | 'link' | 'address' | 'note' | 'letter' | 'counts') {
    super(`not a letter: ${what}`)
  }
}

const marked = (letter: { to: string; subject: string; text: string }): Letter => {
  const made = Object.freeze(letter) as Letter
  composed.add(made)
  return made
}

// One recipient and no line of a header besides.
const address = /^[^\s<>,;:"]+@[^\s<>,;:"]+$/

type Composed = {
  kind: string
  to: string
  locale: string
  home: string
  path: string
  counts?: readonly number[] | null
}

/** The letter of a kind to one address; `home` is where we are, `path` a page of ours. */
export function letterOf(of: Composed): Letter {
  if (of.kind === weekKind) return weekLetter(of)
  if (of.counts) throw new NotALetter('counts')
  const outside = outsideKinds.find((one) => one === of.kind)
  const kind = outside ?? mailKinds.find((one) => one === of.kind)
  if (!kind) throw new NotALetter('kind')
  const locale = addressed(of)
  if (of.path !== '' && !links[kind]?.test(of.path)) throw new NotALetter('link')
  // Whoever has no account is led to a page of their own, or nowhere: the first one is not for them.
  if (kind === 'reference' && of.path === '') throw new NotALetter('link')
  const t = translator(locale)
  const words: Key = `core.mail.${kind}`
  return marked({
    to: of.to,
    subject: t('core.mail.subject'),
    text: `${t(words)}${outside && of.path === '' ? '' : `\n\n${of.home}${of.path}`}\n`,
  })
}

/** The language to write in, once the address is one. */
function addressed(of: Pick<Composed, 'to' | 'locale'>): Locale {
  const locale = locales.find((one): one is Locale => one === of.locale)
  if (!locale) throw new NotALetter('locale')
  if (!address.test(of.to)) throw new NotALetter('address')
  return locale
}

const isCount = (count: number) => Number.isInteger(count) && count >= 0 && count < 10_000

// A line for each of which something waits; where nothing does there is no letter.
function weekLetter({ counts, ...of }: Composed): Letter {
  const t = translator(addressed(of))
  if (counts?.length !== weekLines.length || !counts.every(isCount) || !counts.some(Boolean))
    throw new NotALetter('counts')
  if (of.path !== '') throw new NotALetter('link')
  const lines = weekLines.flatMap((line, at) =>
    counts[at] ? [`– ${t(`core.week.${line}`, { count: counts[at] })}`] : [],
  )
  const text = [t('core.mail.week'), lines.join('\n'), t('core.week.off'), of.home].join('\n\n')
  return marked({ to: of.to, subject: t('core.mail.subject'), text: `${text}\n` })
}

// A checkpoint of the log: its name, how many events, their hash, when, the checkpoint before, and signatures – figures all of them.
const note =
  /^([^\s@]{1,200})\n(\d{1,16})\n[A-Za-z0-9+/]{43}=\ntime [0-9T:.Z+-]{10,40}\nprevious (?:-|[A-Za-z0-9+/]{43}=)\n\n(?:— [^\s+]{1,200} [A-Za-z0-9+/=]{40,400}\n?)+$/

/** A checkpoint to whoever keeps it. */
export function checkpointLetter(to: string, text: string): Letter {
  const [, origin, size] = note.exec(text) ?? []
  if (!origin || !size) throw new NotALetter('note')
  if (!address.test(to)) throw new NotALetter('address')
  return marked({ to, subject: `${origin} ${size}`, text })
}

/** The last gate before the wire. */
export function mustBeLetter(letter: object): asserts letter is Letter {
  if (!composed.has(letter)) throw new NotALetter('letter')
}
