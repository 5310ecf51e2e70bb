// Which fields of a form, and which names in the query of a page, hold identifiers? Asked of their schemas, so that a new one is tried by itself.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Operation } from '../../../app/core/operation.server.ts'
import type { Page } from '../../../app/core/page.tsx'
import { fieldsOf } from '../../hostile-forms.ts'
import { namedParts } from '../matrix/places.ts'

export function read(schema: z.ZodType, value: unknown): unknown {
  try {
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : undefined
  } catch {
    // A file is read while the form is, which takes its time.
    return undefined
  }
}

const holds = (read: unknown, value: string): boolean =>
  read === value || (Array.isArray(read) && read.some((one) => one === value))

// As long as one, and of nothing that a word of any other kind could not be made of.
const none = 'nimetu_nimetu-nimetu_nimetu-nimetu_nim'.slice(0, 36)

/** It takes an identifier as it is, and nothing that is none. */
export function isIdField(schema: z.ZodType): boolean {
  const id = randomUUID()
  return holds(read(schema, id), id) && !holds(read(schema, none), none)
}

/** It takes several at once. */
export const isIdList = (schema: z.ZodType): boolean => {
  const [one, other] = [randomUUID(), randomUUID()]
  const both = read(schema, [one, other])
  return holds(both, one) && holds(both, other)
}

/** What is typed of a case: a number that says which one it is, and is no secret less than its identifier. */
const isNumber = (name: string) => name === 'number'

export type IdField = { name: string; list: boolean; number: boolean }

const idsIn = (operation: Operation, address: string): IdField[] =>
  fieldsOf(operation.input)
    .filter(([name, schema]) => !namedParts(address).includes(name) && (isIdField(schema) || isNumber(name)))
    .map(([name, schema]) => ({ name, list: isIdList(schema), number: isNumber(name) }))

/** The fields with identifiers of the form that is sent here. */
export const bodyIds = (page: Page, address: string): IdField[] => {
  const command = page.operations.at(-1)
  return command ? idsIn(command, address) : []
}

/** The names with identifiers that the address of this page may carry; a form opened by a link is filled in from it. */
export const queryIds = (page: Page, address: string): IdField[] => {
  const all = page.operations.flatMap((operation) => idsIn(operation, address))
  return [...new Map(all.map((field) => [field.name, field])).values()]
}

/** Whether a file can be sent here. */
export const fileIn = (page: Page): string | undefined =>
  fieldsOf(page.operations.at(-1)?.input ?? z.object({})).find(([, schema]) => schema.meta()?.kind === 'file')?.[0]
