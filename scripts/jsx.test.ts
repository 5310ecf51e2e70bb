// Is a page in JSX read as it stands in its file, each time, and is a mistake in it found at its line?
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const hook = join(import.meta.dirname, 'jsx.mjs')
// In the tree, for what a page is turned into names files of ours.
const beside = join(import.meta.dirname, '../.build')

function newPage(): string {
  mkdirSync(beside, { recursive: true })
  const folder = mkdtempSync(join(beside, 'page-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'näidis.tsx')
}

async function shown(page: string, source: string): Promise<string> {
  writeFileSync(page, source)
  return (await promisify(execFile)(process.execPath, ['--import', hook, page])).stdout.trim()
}

test('a page that was changed is read anew, and one that was changed back as it was', async () => {
  const page = newPage()
  const saying = (text: string) => `const Line = ({ of }: { of: string }) => <p>{of}</p>
    console.log(String(<Line of="${text}" />))`
  for (const text of ['esimene', 'teine', 'esimene']) expect(await shown(page, saying(text))).toBe(`<p>${text}</p>`)
})

test('a mistake is told at the line where it was written, the second time as well', async () => {
  const page = newPage()
  const source = `type Never = {
      a: string
    }
    const Line = (_: Never) => <p>a</p>

    String(<Line a="a" />)
    console.log(new Error('siin').stack)`
  for (const _ of ['made', 'kept']) expect(await shown(page, source)).toContain('näidis.tsx:7:')
})

test('many that begin at once each read it whole', async () => {
  const page = newPage()
  const source = `console.log(String(<p>${'a'.repeat(50_000)}</p>).length)`
  writeFileSync(page, source)
  const begun = Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, ['--import', hook, page]))
  expect((await Promise.all(begun)).map(({ stdout }) => stdout.trim())).toEqual(Array(6).fill('50007'))
})

test('a page finds the files and packages it names, whatever their signs, and what is not there is told by its name', async () => {
  const page = newPage()
  writeFileSync(join(dirname(page), 'õde 100%.tsx'), `export const Sister = () => <b>õde</b>`)
  const source = `import { raw } from 'hono/html'
    import { Sister } from './õde 100%25.tsx'
    console.log(String(<p>{raw('&amp;')}<Sister /></p>))`
  for (const _ of ['made', 'kept']) expect(await shown(page, source)).toBe('<p>&amp;<b>õde</b></p>')
  await expect(shown(page, `import './puudub.tsx'`)).rejects.toThrow('puudub.tsx')
  await expect(shown(page, `import 'no-such-package'`)).rejects.toThrow('no-such-package')
})
