// What is a passkey to its owner, and what does a browser send of it?
import { z } from 'zod'
import { id, text } from '../../core/form/fields.ts'
import type { Person } from '../../core/user.ts'

export const PasskeyName = z.object({
  name: text({ label: 'access.keys.name', hint: 'access.keys.nameHint', max: 60 }),
})
export const RenamePasskey = PasskeyName.extend({ id: id() })

export type Passkey = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null; backedUp: boolean }

/** How many keys somebody who administers has: one may be lost, and nobody else can come to help at once. */
export const keysOfAdmin = 2

/** The page that leads an administrator to the two, and somebody who only helps to her first. */
export const firstPlace = '/account/passkeys/first'
/** And the one that, after the first, speaks of another. */
export const morePlace = '/account/passkeys/more'

/** An address with the place to which it leads on. */
export const onTo = (path: string, to: string): string => (to === '/' ? path : `${path}?to=${encodeURIComponent(to)}`)

type Owing = Pick<Person, 'owes' | 'roles'>

/** Somebody who only helps and came in by a password that does not count with her. */
export const helperOwes = (me: Owing): boolean => me.owes !== null && !me.roles.includes('admin')

/** The address before every other one, or null: for whoever owes keys only the pages that lead to them are open; a card takes the place of a helper's. */
export function keysFirst(me: Owing, path: string): string | null {
  if (!me.owes || /^\/account\/(passkeys\/(first|new|options)|prove(\/options)?)$/.test(path)) return null
  if (!helperOwes(me)) return firstPlace
  return /^\/account\/(identity(\/(go|confirm))?|prove\/oidc)$/.test(path) ? null : onTo(firstPlace, path)
}

const bytes = z.string().regex(/^[\w-]{1,8000}$/)
const answer = { id: bytes, rawId: bytes, type: z.literal('public-key'), clientExtensionResults: z.object({}).loose() }

/** What `credential.toJSON()` gives after a key was made. What it is worth, the ceremony decides. */
export const Made = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
})
/** And after one was shown. */
export const Shown = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
})

/** The answer of a key as the hidden field of a form brings it, or null where it is none. */
export function readAnswer<S extends typeof Made | typeof Shown>(schema: S, sent: unknown): z.output<S> | null {
  if (typeof sent !== 'string' || sent.length > 20_000) return null
  try {
    const read = schema.safeParse(JSON.parse(sent))
    return read.success && onItsOwn(read.data.response.clientDataJSON) ? (read.data as z.output<S>) : null
  } catch {
    return null
  }
}

// Our pages stand in nobody's frame, so an answer given within one was not given to us.
function onItsOwn(clientData: string): boolean {
  const said: unknown = JSON.parse(Buffer.from(clientData, 'base64url').toString())
  return typeof said === 'object' && said !== null && !('crossOrigin' in said && said.crossOrigin)
}
