// What may be typed into a form, said once: label, help, limits and message, for screen, operation and import alike.
import { z } from 'zod'
import type { Key } from '../../i18n/i18n.ts'
import { isKey } from '../../i18n/i18n.ts'
import { Invalid, type Message } from '../errors.ts'
import { readPersonalCode } from './personal-code.ts'
import { readClock } from './read-clock.ts'
import { readDate } from './read-date.ts'

export type FieldKind =
  | 'text'
  | 'long'
  | 'email'
  | 'tel'
  | 'date'
  | 'number'
  | 'money'
  | 'choice'
  | 'choices'
  | 'yes'
  | 'hidden'
  | 'password'
  | 'file'
export type Option = { value: string; label: Key }

export type FieldMeta = {
  kind?: FieldKind
  label?: Key
  hint?: Key
  max?: number
  optional?: boolean
  options?: Option[]
}

// Here a label is any string: zod spreads what it finds over the members of a union, for each schema there is, and the
// keys are a union of thousands, so that the types of one form would ask more of the compiler than it grants.
declare module 'zod' {
  interface GlobalMeta {
    kind?: FieldKind
    label?: string
    hint?: string
    max?: number
    optional?: boolean
    options?: { value: string; label: string }[]
  }
}

/** What is said about a field. */
export const fieldMeta = (schema: z.ZodType): FieldMeta => (schema.meta() ?? {}) as FieldMeta

type Base = { label: Key; hint?: Key }
type Ctx = z.core.$RefinementCtx

const blank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && /^[\s\p{Cf}]*$/u.test(value))
const tidy = (value: unknown) => (typeof value === 'string' ? value.normalize('NFC').trim() : value)

function fail(ctx: Ctx, key: Key, args: Record<string, string | number> = {}) {
  ctx.addIssue({ code: 'custom', message: key, params: args })
  return z.NEVER
}

// A browser leaves out what was not ticked or chosen; `optional()` lets an absent name come as far as our own sentence.

/** A field read by `read`; blank gives `undefined` when optional and a sentence of its own when not. */
function field<V>(meta: FieldMeta, missing: Key, read: (text: string, ctx: Ctx) => V) {
  return z
    .unknown()
    .optional()
    .transform((raw, ctx): V => {
      if (blank(raw)) return fail(ctx, missing)
      const value = tidy(raw)
      if (typeof value !== 'string') return fail(ctx, 'core.error.malformed')
      return read(value, ctx)
    })
    .meta(meta)
}

/** The same field, but it may be left empty. */
export function optional<S extends z.ZodType>(schema: S) {
  const meta = schema.meta() ?? {}
  return z
    .preprocess((raw) => (blank(raw) ? undefined : raw), schema.optional())
    .optional()
    .meta({ ...meta, optional: true }) as unknown as z.ZodType<z.output<S> | undefined>
}

/** Left out where another answer does not ask for it; where one does, whoever reads the form misses it – so it is not called optional. */
export const whenAsked = <S extends z.ZodType>(schema: S) =>
  optional(schema).meta({ ...schema.meta(), optional: false }) as z.ZodType<z.output<S> | undefined>

export function text(meta: Base & { max?: number; kind?: FieldKind }) {
  const max = meta.max ?? 200
  return field({ kind: 'text', ...meta, max }, 'core.error.missing', (value, ctx) =>
    value.length > max ? fail(ctx, 'core.error.long', { max, length: value.length }) : value,
  )
}

export function longText(meta: Base & { max?: number }) {
  return text({ max: 2000, ...meta, kind: 'long' })
}

export function email(meta: Base) {
  return field({ kind: 'email', ...meta, max: 200 }, 'core.error.missing', (value, ctx) =>
    /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:"]+$/.test(value) && value.length <= 200
      ? value.toLowerCase()
      : fail(ctx, 'core.error.email', { value }),
  )
}

/** An Estonian personal code; what is wrong is said without repeating it. */
export function personalCode(meta: Base) {
  return field({ kind: 'text', ...meta, max: 20 }, 'core.error.missing', (value, ctx) => {
    const read = readPersonalCode(value)
    return 'fault' in read ? fail(ctx, 'core.error.personalCode') : read
  })
}

/** `28.02.2026` (or the ISO form a program sends) → `2026-02-28`. */
export function date(meta: Base) {
  return field({ kind: 'date', ...meta }, 'core.error.dateMissing', (value, ctx) => {
    const read = readDate(value)
    return 'iso' in read ? read.iso : fail(ctx, read.problem, { value })
  })
}

/** `9`, `9.30`, `9:30` or `09.30` → `09:30`; `wrong` is what is said of anything else. */
export function clock({ wrong, ...meta }: Base & { wrong: Key }) {
  return field(
    { kind: 'text', ...meta, max: 5 },
    'core.error.missing',
    (value, ctx) => readClock(value) ?? fail(ctx, wrong),
  )
}

export function number(meta: Base & { min: number; max: number }) {
  const { min, max, ...rest } = meta
  return field({ kind: 'number', ...rest }, 'core.error.numberMissing', (value, ctx) => {
    const read = Number(value.replace(/\s/g, '').replace(',', '.'))
    if (!Number.isInteger(read)) return fail(ctx, 'core.error.number', { value })
    return read < min || read > max ? fail(ctx, 'core.error.range', { min, max }) : read
  })
}

/** Euros as typed (`12,50`) → whole cents. */
export function money(meta: Base & { maxCents?: number }) {
  const { maxCents = 500_000, ...rest } = meta
  return field({ kind: 'money', ...rest }, 'core.error.numberMissing', (value, ctx) => {
    const plain = value.replace(/[\s\u00a0€]/g, '').replace(',', '.')
    if (!/^\d+(\.\d{1,2})?$/.test(plain)) return fail(ctx, 'core.error.money', { value })
    const cents = Math.round(Number(plain) * 100)
    return cents > maxCents ? fail(ctx, 'core.error.moneyRange', { max: maxCents / 100 }) : cents
  })
}

/** One of these; the words are the keys `prefix.value`, or given one by one. */
export function choice<const V extends string>(values: readonly V[], meta: Base & { prefix: string }) {
  const { prefix, ...rest } = meta
  return field(
    { kind: 'choice', ...rest, options: optionsOf(values, prefix) },
    'core.error.choose',
    (value, ctx): V => ((values as readonly string[]).includes(value) ? (value as V) : fail(ctx, 'core.error.choose')),
  )
}

/** Any number of these; nothing ticked is an empty list. */
export function choices<const V extends string>(values: readonly V[], meta: Base & { prefix: string; min?: number }) {
  const { prefix, min = 0, ...rest } = meta
  return z
    .unknown()
    .optional()
    .transform((raw, ctx): V[] => {
      const list = blank(raw) ? [] : Array.isArray(raw) ? raw : [raw]
      const known = list.filter((value): value is V => (values as readonly unknown[]).includes(value))
      if (known.length !== list.length || known.length < min) return fail(ctx, 'core.error.choose')
      return [...new Set(known)]
    })
    .meta({ kind: 'choices', ...rest, optional: min === 0, options: optionsOf(values, prefix) })
}

/** A box that is ticked or not. */
export function yes(meta: Base) {
  return z
    .unknown()
    .optional()
    .transform((raw) => raw === true || raw === 'yes' || raw === 'on' || raw === 'true')
    .meta({ kind: 'yes', ...meta, optional: true })
}

/** A box that must be ticked. */
export function mustTick(meta: Base) {
  return z
    .unknown()
    .optional()
    .transform((raw, ctx) => raw === true || raw === 'yes' || raw === 'on' || fail(ctx, 'core.error.mustTick'))
    .meta({ kind: 'yes', ...meta })
}

/** Any number of boxes ticked in a list that the page offers, each of this shape. */
export function ticked(shape: z.ZodType<string>, meta: Base & { min?: number }) {
  const { min = 0, ...rest } = meta
  return z
    .unknown()
    .optional()
    .transform((raw, ctx): string[] => {
      const list = blank(raw) ? [] : Array.isArray(raw) ? raw : [raw]
      const known = list.flatMap((value) => shape.safeParse(value).data ?? [])
      return known.length !== list.length || known.length < min ? fail(ctx, 'core.error.choose') : [...new Set(known)]
    })
    .meta({ kind: 'choices', ...rest, optional: min === 0 })
}

/**
 * An identifier from a URL or a list: anything malformed does not exist. In small letters, as the database writes it: one that is the same to it and
 * another to whoever compares texts would pass by the log, by a lock, and by the question whether it is oneself.
 */
export const id = (error = 'core.error.choose') => z.uuid({ error }).toLowerCase()

/** Any number of identifiers ticked in such a list. */
export const idsFrom = (meta: Base & { min?: number }) => ticked(id(), meta)

/** An identifier chosen from a list that the page offers. */
export function idFrom(meta: Base) {
  return field(
    { kind: 'choice', ...meta },
    'core.error.choose',
    (value, ctx) => id().safeParse(value).data ?? fail(ctx, 'core.error.choose'),
  )
}

function optionsOf(values: readonly string[], prefix: string): Option[] {
  return values.map((value) => {
    const label = `${prefix}.${value}`
    if (!isKey(label)) throw new Error(`no such message: ${label}`)
    return { value, label }
  })
}

/** Zod's issues as one sentence per field. */
export function invalid(error: z.ZodError): Invalid {
  const fields: Record<string, Message> = {}
  for (const issue of error.issues) {
    const name = issue.path.join('.')
    const params = 'params' in issue ? (issue.params as Message['args']) : undefined
    fields[name] ??= isKey(issue.message) ? { key: issue.message, args: params } : { key: 'core.error.malformed' }
  }
  return new Invalid(fields)
}
