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

/** On the list for as long as something may be on it, and two months more. */
export const isNews = ({ state, contactedAt }: Device & { state: DeviceState }, now: Date): boolean =>
  state === 'keeps' || state === 'revoked' || now.getTime() - contactedAt.getTime() < 60 * days

/** `silent` has not been heard of for so long that it has emptied itself; `revoked` will, as soon as it hears of it or has been silent for as long. */
export function stateOf(device: Device, keepDays: number, now: Date): DeviceState {
  if (device.emptiedAt) return 'empty'
  const silent = now.getTime() - device.contactedAt.getTime() > keepDays * days
  if (silent) return device.revokedAt ? 'empty' : 'silent'
  return device.revokedAt ? 'revoked' : 'keeps'
}
