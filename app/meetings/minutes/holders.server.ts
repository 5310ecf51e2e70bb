// Who holds a file of the minutes, and hears when its mark changes?
import type { Outgoing } from '../../cases/outgoing/outgoing.ts'
import type { Db } from '../../core/db.server.ts'
import { mailOutside } from '../../process/mail.server.ts'

/** Whoever was given one of these files; once, however many they have (R26). */
export async function tellHolders(db: Db, files: readonly Outgoing[]): Promise<void> {
  for (const to of new Set(files.flatMap(({ to }) => to?.email ?? [])))
    await mailOutside(db, { to, locale: 'et', kind: 'mark-changed' })
}
