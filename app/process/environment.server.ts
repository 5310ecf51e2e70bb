// How does the process learn what opens the house, without keeping it where whatever runs inside it could read it?
import { closeSync, readFileSync } from 'node:fs'

/** What opens something that the pages never need: the owner's database, the letter box, the state's sign-in, the stores of checkpoints. */
const secret = ['DATABASE_URL', 'SMTP_URL', 'TUGIVORK_OIDC_CLIENT_SECRET', 'TUGIVORK_ANCHORS'] as const

/**
 * The environment as it was given. What opens something is taken out of it: `npm start` hands it over beside the environment (scripts/run.mjs),
 * so that it does not stand in `/proc/self/environ` either; a process started by hand at least forgets it, and no child inherits it.
 */
export function takeEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string | undefined> {
  const given = { ...env, ...handedOver(env.TUGIVORK_HANDED) }
  for (const name of [...secret, 'TUGIVORK_HANDED']) delete env[name]
  return given
}

function handedOver(place: string | undefined): Record<string, string> {
  if (place === undefined) return {}
  const from = Number(place)
  const text = readFileSync(from, 'utf8')
  closeSync(from)
  return JSON.parse(text) as Record<string, string>
}
