// Which places outside this house keep how the log stood, and do they belong to different people?
import { statSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'

export type AnchorPlace =
  | { kind: 'file'; name: string; holder: string; folder: string }
  | { kind: 'web'; name: string; holder: string; url: string }
  | { kind: 'mail'; name: string; holder: string; to: string }

const address = /^[^\s@,<>"]+@([^\s@,<>"]+)$/

/** Reads `file:/srv/anchors, https://archive.example/tugivork/, mailto:akt@example.ee`; null where one of them cannot be read. */
export function readAnchorPlaces(text: string): AnchorPlace[] | null {
  const places = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(readPlace)
  return places.every((place) => place !== null) ? places : null
}

/** How many different people hold them: a host, a mail domain or a folder each. */
export function holderCount(places: readonly AnchorPlace[]): number {
  return new Set(places.map((place) => place.holder)).size
}

/**
 * How many can keep how the log stood without one being able to change all of it: two folders on one disk are one holder, for whoever owns that
 * disk writes both – also where one is a link to the other, or both are the same. `shared` names those that count as one.
 */
export function holdersOf(places: readonly AnchorPlace[]): { count: number; shared: string[] } {
  const holders = Map.groupBy(places, (place) => (place.kind === 'file' ? diskOf(place.folder) : place.holder))
  const shared = [...holders.values()].filter((group) => group.length > 1).flat()
  return { count: holders.size, shared: shared.map((place) => place.name) }
}

/** The disk on which a folder or file lies; of one that is not there yet, that of the folder above it. */
export function diskOf(path: string): string {
  try {
    return `disk ${statSync(path).dev}`
  } catch {
    const above = dirname(path)
    return above === path ? 'disk' : diskOf(above)
  }
}

/** A folder of the machine itself, for a demonstration. */
export const folderPlace = (folder: string): AnchorPlace => ({
  kind: 'file',
  name: `file:${folder}`,
  holder: resolve(folder),
  folder,
})

function readPlace(text: string): AnchorPlace | null {
  if (text.startsWith('file:')) {
    const folder = text.slice(5).replace(/^\/\/(?=\/)/, '')
    return isAbsolute(folder) ? folderPlace(folder) : null
  }
  if (text.startsWith('mailto:')) {
    const to = text.slice(7)
    const domain = address.exec(to)?.[1]
    return domain ? { kind: 'mail', name: text, holder: domain.toLowerCase(), to } : null
  }
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  // A user name and password in the address are for that place alone; it is called by the rest.
  const name = `${url.protocol}//${url.host}${url.pathname}`
  return { kind: 'web', name, holder: url.hostname, url: url.href }
}
