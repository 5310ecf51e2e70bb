import { appendFileSync, writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { openHunt } from './proof/authorization/mutants/hunt.ts'
import { allMutants } from './proof/authorization/mutants/mutant.ts'
import { openWorld } from './proof/authorization/world/world.ts'
const env = process.env
test('hunt', { timeout: 7_200_000 }, async () => {
  const seed = Number(env.Z_SEED ?? 4)
  const out = env.Z_OUT ?? '/tmp/own/mutants-hunt.out'
  writeFileSync(out, '')
  const size = { people: 2, volunteers: 8, casesEach: 5 }
  const worlds = []
  for (let more = 0; more < Number(env.Z_WORLDS ?? 2); more++)
    worlds.push(await openWorld(seed + more, { ...size, oneAuditor: more % 2 === 1 }))
  const hunts = worlds.map((world) => openHunt(world, seed, Number(env.Z_ROUNDS ?? 6)))
  const all = await allMutants((worlds[0] as any).owner, env.Z_UNSEEN === '1')
  const only = new RegExp(env.Z_ONLY ?? '')
  const list = env.Z_LIST ? new Set((await import('node:fs')).readFileSync(env.Z_LIST, 'utf8').split('\n')) : null
  const mine = all.filter((m) => (env.Z_ALL === '1' || m.bounds) && only.test(m.name) && (!list || list.has(m.name)))
  appendFileSync(out, `# ${all.length} in all, ${all.filter((m) => m.bounds).length} bounds, ${mine.length} tried\n`)
  if (env.Z_DRY) { for (const m of mine) appendFileSync(out, `${m.name}\t${m.tables.length}\n`); return }
  let further: ReturnType<typeof openHunt>[] | null = null
  for (const mutant of mine) {
    const begun = performance.now()
    let told: string | null = null
    let at = 0
    try {
      for (const hunt of hunts) { at++; told = await hunt.noticed(mutant); if (told) break }
      if (!told && env.Z_FURTHER) {
        further ??= worlds.map((world) => openHunt(world, seed + 100, 12))
        for (const hunt of further) { at++; told = await hunt.noticed(mutant); if (told) break }
      }
    } catch (error) { told = `ERROR ${(error as Error).message}` }
    appendFileSync(out, `${told ? 'seen' : 'UNSEEN'}\t${at}\t${Math.round(performance.now() - begun)}\t${mutant.name}\t${told ?? ''}\n`)
  }
  for (const world of worlds) await world.close()
})
