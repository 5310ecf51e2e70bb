// Who says to have signed, when, and which files – as it stands in the XML of a signature?
// A reader of our own, because no XML reader is among our packages. It reads less than XML is: no definitions, no entities but the five of the
// language and numbers, nothing that leads elsewhere; a tag that it cannot follow is refused.
import { X509Certificate } from 'node:crypto'

export type Reference = { uri: string; algorithm: string; digest: string }
export type Signature = {
  /** As the certificate says, `null` where there is none that can be read. */
  signer: { name: string; code: string | null } | null
  /** The time that the signer's own machine claims. */
  claimedAt: string | null
  references: Reference[]
}

const limits = { depth: 60, tags: 20_000, signatures: 20, references: 60 }

/** The XML is not what we read. */
export class Unreadable extends Error {}

const tag = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function plain(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{1,8});/gi, (_, name: string) => {
    const code = name.startsWith('#') ? Number(name.replace(/^#x/i, '0x').replace(/^#/, '')) : null
    const letter = code === null ? entities[name] : code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined
    if (letter === undefined) throw new Unreadable()
    return letter
  })
}

type Element = { path: string[]; attributes: Record<string, string>; text: string }

/** Every element when it ends, with the text right within it. */
function* elementsOf(xml: string): Generator<Element> {
  const open: Element[] = []
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0
  for (let tags = 0; at < xml.length; tags++) {
    const next = xml.indexOf('<', at)
    const last = open.at(-1)
    if (last) last.text += plain(xml.slice(at, next < 0 ? undefined : next))
    if (next < 0) break
    if (tags > limits.tags) throw new Unreadable()
    at = skipped(xml, next)
    if (at > next) continue
    tag.lastIndex = next
    const found = tag.exec(xml)
    if (!found) throw new Unreadable()
    at = tag.lastIndex
    const [, ends, name = '', attributes = '', alone] = found
    const local = name.slice(name.indexOf(':') + 1)
    if (ends) {
      const done = open.pop()
      if (done?.path.at(-1) !== local) throw new Unreadable()
      yield done
      continue
    }
    const begun = { path: [...(last?.path ?? []), local], attributes: attributesOf(attributes), text: '' }
    if (begun.path.length > limits.depth) throw new Unreadable()
    if (alone) yield begun
    else open.push(begun)
  }
  if (open.length > 0) throw new Unreadable()
}

/** Past a comment or the first line; a definition or anything else of that kind is refused. */
function skipped(xml: string, at: number): number {
  const end = xml.startsWith('<!--', at) ? '-->' : xml.startsWith('<?xml ', at) ? '?>' : null
  if (end === null) {
    if (xml[at + 1] === '!' || xml[at + 1] === '?') throw new Unreadable()
    return at
  }
  const close = xml.indexOf(end, at)
  if (close < 0) throw new Unreadable()
  return close + end.length
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(attribute)]
  return Object.fromEntries(found.map(([, name = '', one, other]) => [name, plain(one ?? other ?? '')]))
}

/** Every signature of one `META-INF/signatures*.xml`; throws `Unreadable`. */
export function signaturesIn(xml: string): Signature[] {
  const found: Signature[] = []
  let now: Signature = { signer: null, claimedAt: null, references: [] }
  let algorithm = ''
  let digest = ''
  for (const { path, attributes, text } of elementsOf(xml)) {
    const name = path.at(-1)
    const within = (...outer: string[]) => outer.every((one) => path.includes(one))
    if (name === 'DigestMethod' && within('SignedInfo')) algorithm = attributes.Algorithm ?? ''
    if (name === 'DigestValue' && within('SignedInfo')) digest = text.replaceAll(/\s/g, '')
    if (name === 'Reference' && within('SignedInfo')) {
      const uri = attributes.URI ?? ''
      if (uri !== '' && !uri.startsWith('#')) now.references.push({ uri: fileNamed(uri), algorithm, digest })
    }
    if (name === 'SigningTime') now.claimedAt = instantFrom(text)
    if (name === 'X509Certificate' && within('KeyInfo')) now.signer ??= signerFrom(text)
    if (name !== 'Signature') continue
    found.push(now)
    now = { signer: null, claimedAt: null, references: [] }
    if (found.length > limits.signatures) throw new Unreadable()
  }
  if (found.some(({ references }) => references.length > limits.references)) throw new Unreadable()
  return found
}

function fileNamed(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    throw new Unreadable()
  }
}

function instantFrom(text: string): string | null {
  const time = Date.parse(text.trim())
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Name and code as an Estonian certificate has them: given name, surname, `PNOEE-` and eleven digits. */
function signerFrom(text: string): Signature['signer'] {
  try {
    const { subject } = new X509Certificate(Buffer.from(text, 'base64')).toLegacyObject()
    const part = (name: string) => [Reflect.get(subject, name)].flat()[0]
    const names = [part('GN'), part('SN')].filter((one) => typeof one === 'string')
    const code = /(?:^|-)(\d{11})$/.exec(String(part('serialNumber') ?? ''))?.[1] ?? null
    // Without both, the common name: it is shown as it stands, but for the code at its end.
    const common = String(part('CN') ?? '')
      .replace(/[,\s]*\d{11}$/, '')
      .replaceAll(',', ' ')
    const name = (names.length === 2 ? names.join(' ') : common).trim().slice(0, 120)
    return name === '' ? null : { name, code }
  } catch {
    return null
  }
}
