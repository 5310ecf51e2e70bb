// How does a real installation get its first administrator? Prints an invitation, this once: a link and a code.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { makeFirstAdmin } from '../app/access/door.server.ts'
import { newInvitation } from '../app/access/invitation/invitations.server.ts'
import { bilingual } from '../app/i18n/bilingual.ts'
import { readConfig } from '../app/process/config.server.ts'
import { openInstallation } from '../app/process/installation.server.ts'

const Wanted = z.object({ email: z.email(), name: z.string().trim().min(2).max(120) })

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { email: { type: 'string' }, name: { type: 'string' } } })
  const wanted = Wanted.safeParse(values)
  if (!wanted.success) throw new Error(bilingual('access.first.usage'))
  const config = readConfig()
  const installation = await openInstallation(config)
  try {
    const { path, code, kept } = newInvitation(null)
    const made = await makeFirstAdmin(wanted.data.email, wanted.data.name, kept)
    if (!made) throw new Error(bilingual('access.first.already'))
    console.log(bilingual('access.first.made', { address: `${config.origin}${path}`, code }))
  } finally {
    await installation.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
