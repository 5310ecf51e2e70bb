// What of the entry of a visit is known once somebody has said that it is over? Said once, for the page and for the device.
import type { Way } from '../visit/visit.ts'

type Ended = { inAt: Date | null; beginsAt: Date; endedAt: Date; channel: string | null }

const ways: Record<string, Way> = { call: 'phone', text: 'other', email: 'other' }

/** How, and how long it took, by five minutes; from when she was there, or else from when it was to begin. */
export function tookOf({ inAt, beginsAt, endedAt, channel }: Ended): { minutes: number; way: Way } {
  const took = (endedAt.getTime() - (inAt ?? beginsAt).getTime()) / 60_000
  return { minutes: Math.min(1440, Math.max(5, Math.round(took / 5) * 5)), way: ways[channel ?? ''] ?? 'meeting' }
}
