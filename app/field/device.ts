// What is a device that keeps something where there is no network, and how is it called?
import { z } from 'zod'
import { choice, id } from '../core/form/fields.ts'

export const kinds = ['phone', 'tablet', 'computer'] as const
export type DeviceKind = (typeof kinds)[number]

export const MakeDevice = z.object({ kind: choice(kinds, { label: 'field.kind', prefix: 'field.kind' }) })
export const OneDevice = z.object({ device: id() })

export type Device = {
  id: string
  kind: DeviceKind
  madeAt: Date
  contactedAt: Date
  revokedAt: Date | null
  /** When it heard that it must forget everything. */
  emptiedAt: Date | null
}
export type DeviceState = 'keeps' | 'silent' | 'revoked' | 'empty'

const days = 86_400_000

/** From when on nothing is on it: it has said so, or has been silent for as long as it keeps anything. */
const emptyFrom = ({ emptiedAt, contactedAt }: Device, keepDays: number): number =>
  Math.min(emptiedAt?.getTime() ?? Number.POSITIVE_INFINITY, contactedAt.getTime() + keepDays * days)

/** On the list for as long as something may be on it, and so many days more (as `field_forget` forgets it). */
export const isListed = (device: Device, { keepDays, listDays }: { keepDays: number; listDays: number }, now: Date) =>
  emptyFrom(device, keepDays) + listDays * days >= now.getTime()

/** `silent` has not been heard of for so long that it has emptied itself; `revoked` will, as soon as it hears of it or has been silent for as long. */
export function stateOf(device: Device, keepDays: number, now: Date): DeviceState {
  if (device.emptiedAt) return 'empty'
  const silent = now.getTime() - device.contactedAt.getTime() > keepDays * days
  if (silent) return device.revokedAt ? 'empty' : 'silent'
  return device.revokedAt ? 'revoked' : 'keeps'
}
