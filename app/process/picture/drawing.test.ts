// Does whoever draws a picture hold nothing, reach nothing, and end when it must?
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pictureOf } from '../../../test/pictures.ts'
import { readReceipt } from '../../papers/receipt/receipt.server.ts'
import { draw } from './draw.ts'
import { drawnApart, picturesAreDrawn } from './drawing.server.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tugivork-drawing-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Another program in its place, as if a picture had taken it over. */
function instead(text: string): string {
  const path = join(folder, `${crypto.randomUUID()}.mjs`)
  writeFileSync(path, text)
  return path
}

test('it draws what is drawn within the process', async () => {
  const photo = await pictureOf('jpeg', { turned: 6 })
  expect(await drawnApart(photo)).toEqual(await draw(photo))
  expect(await drawnApart(Buffer.from('no picture'))).toBeNull()
  expect(await picturesAreDrawn()).toBe(true)
})

test('it has no environment, writes no file, reads none but the program, and starts nothing', async () => {
  process.env.TUGIVORK_TRIED = 'secret'
  const program = instead(`
    import { spawnSync } from 'node:child_process'
    import { readFileSync, writeFileSync } from 'node:fs'
    import { Worker } from 'node:worker_threads'
    const tried = (does) => { try { does(); return 'done' } catch (error) { return error.code } }
    console.log(JSON.stringify({
      env: Object.keys(process.env),
      write: tried(() => writeFileSync(${JSON.stringify(join(folder, 'written'))}, 'x')),
      inside: tried(() => writeFileSync(${JSON.stringify(join(import.meta.dirname, 'written'))}, 'x')),
      read: tried(() => readFileSync('/etc/passwd')),
      beside: tried(() => readFileSync(${JSON.stringify(join(import.meta.dirname, '../../../README.md'))})),
      environment: tried(() => readFileSync('/proc/' + process.ppid + '/environ')),
      spawn: tried(() => spawnSync('true')),
      worker: tried(() => new Worker('', { eval: true })),
    }))`)
  const told = JSON.parse(String(await drawnApart(Buffer.from('x'), program)))
  const denied = 'ERR_ACCESS_DENIED'
  delete process.env.TUGIVORK_TRIED
  expect(told).toEqual({
    ...{
      env: [],
      write: denied,
      inside: denied,
      read: denied,
      beside: denied,
      environment: denied,
      spawn: denied,
      worker: denied,
    },
  })
  expect(existsSync(join(folder, 'written'))).toBe(false)
})

test.each([
  ['hangs', 'setInterval(() => undefined, 1000)'],
  ['never stops reckoning', 'for (;;);'],
  ['ignores being told to end', "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"],
])('one that %s is ended, and the next picture is drawn', async (_, text) => {
  const program = instead(`process.stdout.write(' '); ${text}`)
  const begun = performance.now()
  const first = drawnApart(Buffer.from('x'), program, 1000)
  const next = drawnApart(await pictureOf('png'))
  expect(await first).toBeNull()
  expect(performance.now() - begun).toBeGreaterThan(900)
  expect(await next).not.toBeNull()
})

test('where many wait already, nobody else is kept waiting, and afterwards pictures are drawn again', async () => {
  const hangs = instead('setInterval(() => undefined, 1000)')
  const many = Array.from({ length: 8 }, () => drawnApart(Buffer.from('x'), hangs, 300))
  const photo = await pictureOf('png')
  expect(await drawnApart(photo)).toBe('busy')
  await expect(readReceipt(photo)).rejects.toMatchObject({ fields: { file: { key: 'papers.receipt.silent' } } })
  expect(await Promise.all(many)).toEqual(many.map(() => null))
  expect(Buffer.isBuffer(await drawnApart(photo))).toBe(true)
})

test('one that says too much, falls, or does not wait for the picture, gives none', async () => {
  const much = Buffer.alloc(9_000_000)
  expect(await drawnApart(much, instead(`process.stdout.write(Buffer.alloc(20_000_000, 'x'))`))).toBeNull()
  expect(await drawnApart(much, instead(`process.stdout.write('x'); process.abort()`))).toBeNull()
  expect(await drawnApart(much, instead('process.exit(0)'))).toBeNull()
  expect(await drawnApart(much, join(folder, 'missing.mjs'))).toBeNull()
})
