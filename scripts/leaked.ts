// Which of the passwords that others have lost would be long enough for us, and are not refused already? Reads lists, one a line; writes app/access/leaked.bin.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leakedMark, passwordProblem } from '../app/access/password.ts'

const files = process.argv.slice(2)
if (files.length === 0) throw new Error('name the lists: npm run leaked -- FILE…')
const all = files.flatMap((file) => readFileSync(file, 'utf8').split(/\r?\n/))
const wanted = all.filter((one) => {
  const problem = passwordProblem(one, [])
  return problem === null || problem.key === 'access.password.leaked'
})
const marks = [...new Set(wanted.map(leakedMark))].sort()
writeFileSync(join(import.meta.dirname, '../app/access/leaked.bin'), Buffer.from(marks.join(''), 'hex'))
console.log(`${marks.length} of ${all.length}`)
